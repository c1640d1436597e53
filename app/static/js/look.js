/* The colour while one types or picks it: asks for the page as it would be in it, and takes its preview. */

const PAUSE = 150;
const WHOLE = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;

export function enhance(form) {
  const field = form.querySelector("[name=colour]");
  const picker = form.querySelector(".look-picker");
  const wheel = picker.querySelector("input");
  let timer = 0;
  let asked = null;

  async function show() {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(location.href);
    address.search = new URLSearchParams({ colour: field.value.trim() });
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector("[data-preview]").replaceChildren(...page.querySelector("[data-preview]").childNodes);
    } catch {
      /* The button does the same, and says what is wrong. */
    }
  }

  function soon() {
    clearTimeout(timer);
    if (WHOLE.test(field.value.trim())) timer = setTimeout(show, PAUSE);
  }

  picker.hidden = false;
  wheel.addEventListener("input", () => {
    field.value = wheel.value;
    soon();
  });
  field.addEventListener("input", () => {
    const typed = field.value.trim().replace(/^#?/, "#");
    if (typed.length === 7 && WHOLE.test(typed)) wheel.value = typed;
    soon();
  });
}
