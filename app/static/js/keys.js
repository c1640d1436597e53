/* 1…9 choose an option, the arrows move between options that are ticked one by one, Enter answers.
   Single keys disturb people who speak to their computer, so they can be switched off, for good. */

export function enhance(form) {
  const inputs = [...form.querySelectorAll(".option input")];
  const keys = form.querySelector("button.keys");
  let on = localStorage.getItem("keys") !== "off";

  function show() {
    keys.ariaPressed = String(on);
  }
  keys.addEventListener("click", () => {
    on = !on;
    localStorage.setItem("keys", on ? "on" : "off");
    show();
  });
  show();

  document.addEventListener("keydown", function press(event) {
    if (!form.isConnected) return document.removeEventListener("keydown", press);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (!form.checkVisibility()) return;
    const input = on && inputs[Number(event.key) - 1];
    if (input) {
      input.focus();
      input.click();
      event.preventDefault();
      return;
    }
    const here = inputs.indexOf(event.target);
    if (here < 0) return;
    if (event.key === "Enter") {
      form.requestSubmit();
      event.preventDefault();
    } else if (event.target.type === "checkbox" && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      inputs[(here + step + inputs.length) % inputs.length].focus();
      event.preventDefault();
    }
  });
}

function typing(target) {
  return target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
}
