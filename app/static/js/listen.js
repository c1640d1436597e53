/* Reads a transcript aloud, with voices that live on this device: what is read goes nowhere. */

export function enhance(page) {
  const synth = window.speechSynthesis;
  const box = page.querySelector(".listening");
  if (!synth || !box) return;
  const button = box.querySelector("[data-listen]");
  const label = button.textContent;
  let queue = [];

  const voices = () =>
    synth.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(page.dataset.lang.slice(0, 2)));
  const offer = () => { box.hidden = voices().length === 0; };
  offer();
  synth.addEventListener?.("voiceschanged", offer);

  function stop() {
    queue = [];
    synth.cancel();
    button.textContent = label;
    page.querySelector(".is-spoken")?.classList.remove("is-spoken");
  }

  /* From the line at the top of the window on; what is still hidden is not read. */
  function start() {
    const shown = [...page.querySelectorAll(".turn")].filter((turn) => turn.checkVisibility());
    const here = shown.findIndex((turn) => turn.getBoundingClientRect().bottom > 140);
    queue = shown.slice(Math.max(here, 0));
    button.textContent = button.dataset.stop;
    next();
  }

  function next() {
    page.querySelector(".is-spoken")?.classList.remove("is-spoken");
    const turn = queue.shift();
    if (!turn || !turn.checkVisibility()) return stop();
    const told = [...turn.querySelectorAll(".said > p:not(.speaker)")].map((part) => part.textContent).join(" ");
    const speech = new SpeechSynthesisUtterance(`${turn.querySelector(".speaker span").textContent}: ${told}`);
    const found = voices();
    const second = turn.classList.contains("by-client");
    speech.voice = found[second && found.length > 1 ? 1 : 0];
    speech.lang = speech.voice?.lang ?? page.dataset.lang;
    if (second && found.length < 2) speech.pitch = 1.25;
    speech.rate = 0.95;
    speech.onend = () => { if (button.textContent !== label) next(); };
    speech.onerror = stop;
    turn.classList.add("is-spoken");
    turn.scrollIntoView({ block: "center" });
    synth.speak(speech);
  }

  button.addEventListener("click", () => (button.textContent === label ? start() : stop()));
  addEventListener("pagehide", stop);
}
