/* The reading list while one types and chooses: asks for the page that the form would lead to, and takes its list. */

const PAUSE = 250;

export function enhance(form) {
  let timer = 0;
  let asked = null;

  function wish() {
    const given = [...new FormData(form)].filter(([name, value]) => value && !(name === "by" && value === "use"));
    const query = new URLSearchParams(given).toString();
    return form.action.split("#")[0] + (query && `?${query}`);
  }

  async function show() {
    asked?.abort();
    asked = new AbortController();
    const address = wish();
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"), address);
    } catch {
      /* The button does the same, and says what is wrong. */
    }
  }

  function put(page, address) {
    for (const part of ["[data-count]", "[data-list]"]) {
      document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
    }
    for (const select of form.querySelectorAll("select")) {
      page.getElementById(select.id).querySelectorAll("option").forEach((option, place) => {
        select.options[place].textContent = option.textContent;
      });
    }
    history.replaceState(history.state, "", address);
  }

  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(show, event.target.type === "search" ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show();
  });
}
