/* An answer in one request: it is sent from where one is, and the page that comes back takes this one's place. What
   was entered stays until the server has said that it is saved. */

import { enhance as enhanceAll } from "./app.js";

const PATIENCE = 20_000;
const SOON = 700;

export function enhance(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    tell(form, "");
    const slow = setTimeout(() => tell(form, "sending"), SOON);
    send(form)
      .catch(() => "unreached")
      .then((outcome) => tell(form, outcome ?? ""))
      .finally(() => {
        clearTimeout(slow);
        delete form.dataset.sent;
      });
  });
}

/* Beside the button: what becomes of the answer, or, with nothing to tell, the words that stood there before. */
function tell(form, outcome) {
  for (const words of form.querySelectorAll("[data-told]")) words.hidden = words.dataset.told !== outcome;
}

/* Undefined: the server's page is shown. Otherwise why it is not. */
async function send(form, again = true) {
  const response = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (leadsToSignIn(form, response)) return "signed-out";
  if (response.ok || response.status === 422) return show(response.url, parsed(await response.text()));
  return response.status === 400 && again ? renew(form) : "refused";
}

/* Signing out and in again in another tab makes this page's token stale; the page as it is now has a new one. */
async function renew(form) {
  const response = await ask(location.pathname);
  if (leadsToSignIn(form, response)) return "signed-out";
  const page = parsed(await response.text());
  const token = page.querySelector("form.ask [name=csrf_token]");
  if (!token) return response.ok ? show(response.url, page) : "refused";
  form.elements.csrf_token.value = token.value;
  return send(form, false);
}

function ask(address, options = {}) {
  const headers = { "X-Requested-With": "fetch" };
  return fetch(address, { ...options, headers, signal: AbortSignal.timeout(PATIENCE) });
}

function leadsToSignIn(form, response) {
  return new URL(response.url).pathname === form.querySelector("[data-told] a").pathname;
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

async function show(address, page) {
  if (!page.querySelector("main.asking")) return location.assign(address);
  const moving = document.startViewTransition && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (moving) await document.startViewTransition(() => replace(page)).updateCallbackDone;
  else replace(page);
  const place = document.querySelector("#fault, #verdict");
  history.replaceState(null, "", place?.id === "verdict" ? `${address}#verdict` : address);
  place?.scrollIntoView();
  place?.focus({ preventScroll: true });
}

function replace(page) {
  document.title = page.title;
  document.querySelector(".flashes")?.remove();
  document.querySelector("main").replaceWith(...page.querySelectorAll(".flashes, main"));
  enhanceAll(document.querySelector("main"));
}
