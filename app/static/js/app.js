/* Everything here only makes smoother what already works without it. */

const root = document.documentElement;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/* The choice of colours shows at once; the form tells the server, which sets the cookie. */
const theme = document.querySelector("form.theme");
theme?.addEventListener("submit", (event) => {
  const chosen = event.submitter;
  if (!chosen) return;
  event.preventDefault();
  const body = new FormData(theme, chosen);
  if (chosen.value) root.dataset.theme = chosen.value;
  else delete root.dataset.theme;
  document.querySelector("meta[name=color-scheme]").content = chosen.value || "light dark";
  for (const button of theme.querySelectorAll("button")) button.ariaPressed = String(button === chosen);
  fetch(theme.action, { method: "POST", body, redirect: "manual" });
});

/* After an answer the page lands on the verdict; the keyboard and the screen reader go there too. */
function land() {
  const place = location.hash === "#verdict" ? document.getElementById("verdict") : null;
  place?.focus({ preventScroll: true });
}
addEventListener("pageshow", land);

/* Nothing is sent twice by an impatient click; coming back with "back" makes the form usable again. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* What can do more with a script names the modules that help it: data-enhance="keys". */
export async function enhance(part) {
  for (const one of part.querySelectorAll("[data-enhance]")) {
    for (const name of one.dataset.enhance.split(" ")) (await import(`./${name}.js`)).enhance(one);
    one.dataset.enhanced = "yes";
  }
}
enhance(document);
