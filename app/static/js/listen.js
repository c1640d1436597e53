/* Reads a transcript aloud, with voices that live on this device: what is read goes nowhere. */

export function enhance(page) {
  const synth = window.speechSynthesis;
  const box = page.querySelector(".listening");
  if (!synth || !box) return;
  const button = box.querySelector("[data-listen]");
  const label = button.textContent;
  const language = (tag) => tag.toLowerCase().split(/[-_]/)[0];
  const shown = (turn) => turn.getClientRects().length > 0;
  let queue = [];
  let speaking = null;

  const voices = () =>
    synth.getVoices().filter((voice) => voice.localService && language(voice.lang) === language(page.dataset.lang));
  const offer = () => {
    box.hidden = voices().length === 0;
    if (box.hidden && speaking) stop();
  };
  offer();
  synth.addEventListener?.("voiceschanged", offer);

  function stop() {
    queue = [];
    speaking = null;
    synth.cancel();
    button.textContent = label;
    page.querySelector(".is-spoken")?.classList.remove("is-spoken");
  }

  /* From the line at the top of the window on; what is still hidden is not read. */
  function start() {
    const turns = [...page.querySelectorAll(".turn")].filter(shown);
    const here = turns.findIndex((turn) => turn.getBoundingClientRect().bottom > 140);
    queue = turns.slice(Math.max(here, 0));
    button.textContent = button.dataset.stop;
    next();
  }

  function next() {
    page.querySelector(".is-spoken")?.classList.remove("is-spoken");
    const turn = queue.shift();
    const found = voices();
    /* Without a voice of its own choosing the browser takes its default, which may send the text away. */
    if (!turn || !shown(turn) || !found.length) return stop();
    const told = [...turn.querySelectorAll(".said > p:not(.speaker)")].map((part) => part.textContent).join(" ");
    const speech = new SpeechSynthesisUtterance(`${turn.querySelector(".speaker span").textContent}: ${told}`);
    const second = turn.querySelector(".by-client") !== null;
    speech.voice = found[second && found.length > 1 ? 1 : 0];
    speech.lang = speech.voice.lang;
    if (second && found.length < 2) speech.pitch = 1.25;
    speech.rate = 0.95;
    /* The end of a line that was stopped may be told when another is being read. */
    speech.onend = () => { if (speaking === speech) next(); };
    speech.onerror = () => { if (speaking === speech) stop(); };
    speaking = speech;
    turn.classList.add("is-spoken");
    turn.scrollIntoView({ block: "center" });
    synth.speak(speech);
  }

  button.addEventListener("click", () => (button.textContent === label ? start() : stop()));
  addEventListener("pagehide", stop);
}
