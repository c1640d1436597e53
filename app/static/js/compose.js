/* Counts what is written, says so to a screen reader only near the end, saves with Ctrl+Enter, and copies an own line. */

const NEAR = 100;
const STEP = 20;

export function enhance(form) {
  const area = form.querySelector("textarea");
  if (area) count(form, area);
  const words = form.querySelector("[data-copy]");
  if (words && navigator.clipboard) copy(form, words);
}

function count(form, area) {
  const most = area.maxLength;
  const shown = form.querySelector("[data-count]");
  form.querySelector("#line-most").hidden = true;
  shown.hidden = false;

  function show() {
    const left = most - area.value.length;
    shown.firstElementChild.textContent = String(area.value.length);
    shown.classList.toggle("is-near", left <= NEAR);
    if (left <= NEAR && left % STEP === 0) form.querySelector("[data-left]").textContent = shown.textContent;
  }
  area.addEventListener("input", show);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  show();
}

function copy(form, words) {
  const told = form.querySelector("[data-copied]");
  const button = form.querySelector("button");
  button.closest(".actions").hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.textContent);
    told.textContent = told.dataset.copied;
  });
}
