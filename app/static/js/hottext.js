/* A transcript is read with the arrow keys without marking on the way: the arrows move, Enter or space marks, and
   Enter on the line that is marked answers. */

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export function enhance(form) {
  const lines = [...form.querySelectorAll(".transcript input")];

  form.querySelector(".transcript").addEventListener("keydown", (event) => {
    const here = lines.indexOf(event.target);
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = place(event.key, here, lines.length);
    if (next !== undefined) {
      lines[next].focus();
    } else if (event.key === "Enter" && lines[here].checked) {
      form.requestSubmit();
    } else if (event.key === "Enter") {
      lines[here].click();
    } else {
      return;
    }
    event.preventDefault();
  });
}

function place(key, here, count) {
  if (key in STEPS) return Math.min(Math.max(here + STEPS[key], 0), count - 1);
  return { Home: 0, End: count - 1 }[key];
}
