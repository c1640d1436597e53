/* Answers are dragged to where they belong, or one chooses an answer and then its line, or a line and then its answer.
   What stands where is kept in the lists that are sent. */

import { draggable, filled } from "./drag.js";

export function enhance(form) {
  const box = form.querySelector(".matching");
  const status = box.querySelector("[role=status]");
  const missing = box.querySelector(".untouched");
  const rows = [...box.querySelectorAll(".match-row")];
  const chips = [...box.querySelectorAll(".chip")].map(toButton);
  const reuse = "reuse" in box.dataset;
  let held = null; // the answer or the line that was chosen first

  const select = (row) => row.querySelector("select");
  const slot = (row) => row.querySelector(".slot");
  const chipOf = (id) => chips.find((chip) => chip.dataset.answer === id);
  const text = (chip) => chip.textContent.trim();

  function say(words, row, chip) {
    const values = { answer: chip && text(chip), prompt: row?.querySelector(".match-prompt").textContent.trim() };
    status.textContent = filled(words, values);
  }

  function show() {
    const used = rows.map((row) => select(row).value);
    for (const row of rows) {
      const chip = chipOf(select(row).value);
      const place = slot(row).querySelector(".slot-answer");
      place.replaceChildren(...(chip ? [...chip.cloneNode(true).childNodes] : [place.dataset.empty]));
      row.classList.toggle("is-filled", Boolean(chip));
      slot(row).ariaPressed = String(held === row);
    }
    for (const chip of chips) {
      const gone = !reuse && used.includes(chip.dataset.answer);
      chip.classList.toggle("is-used", gone);
      chip.disabled = gone;
      chip.ariaPressed = String(held === chip);
    }
    box.classList.toggle("is-holding", chips.includes(held));
    box.classList.toggle("is-waiting", rows.includes(held));
    if (rows.every((row) => select(row).value)) missing.hidden = true;
  }

  function hold(what) {
    held = what;
    show();
  }

  function put(row, chip) {
    for (const other of rows) {
      if (!reuse && select(other).value === chip.dataset.answer) select(other).value = "";
    }
    select(row).value = chip.dataset.answer;
    hold(null);
    say(box.dataset.placed, row, chip);
  }

  function clear(row) {
    const chip = chipOf(select(row).value);
    select(row).value = "";
    hold(null);
    if (chip) say(box.dataset.cleared, row, chip);
  }

  function release() {
    hold(null);
    say(box.dataset.released);
  }

  /* By keyboard the focus goes where the other half is chosen; by pointer only the page follows. */
  function lead(element, keyed) {
    if (keyed) element?.focus();
    else element?.scrollIntoView({ block: "nearest" });
  }

  function chooseChip(chip, keyed) {
    if (rows.includes(held)) {
      const row = held;
      put(row, chip);
      return lead(slot(row), keyed);
    }
    if (held === chip) return release();
    hold(chip);
    say(box.dataset.held, null, chip);
    if (keyed) slot(rows.find((row) => !select(row).value) ?? rows[0]).focus();
  }

  function chooseRow(row, keyed) {
    if (chips.includes(held)) {
      put(row, held);
      return keyed && (chips.find((chip) => !chip.disabled) ?? slot(row)).focus();
    }
    if (held === row) return release();
    hold(row);
    say(box.dataset.waiting, row);
    lead(chips.find((chip) => !chip.disabled), keyed);
  }

  box.addEventListener("click", (event) => {
    const row = event.target.closest(".match-row");
    const chip = event.target.closest("button.chip");
    const keyed = event.detail === 0;
    if (chip) chooseChip(chip, keyed);
    else if (event.target.closest(".clear")) {
      clear(row);
      slot(row).focus();
    } else if (event.target.closest(".slot")) chooseRow(row, keyed);
    else if (row && chips.includes(held)) put(row, held);
  });

  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest(".match-row");
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (step && event.target.matches("button.chip, .slot")) {
      const group = event.target.matches(".slot") ? rows.map(slot) : chips.filter((chip) => !chip.disabled);
      group[(group.indexOf(event.target) + step + group.length) % group.length].focus();
    } else if (event.key === "Escape" && held) {
      const back = rows.includes(held) ? slot(held) : held;
      release();
      back.focus();
    } else if (["Delete", "Backspace"].includes(event.key) && row) clear(row);
    else return;
    event.preventDefault();
  });

  let source = null; // the line that what is dragged comes from
  const rowAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest(".match-row");
  const stop = (element) => {
    element.style.translate = "";
    for (const row of rows) row.classList.remove("is-over");
  };
  draggable(box, {
    grips: ".chip-grip",
    found(target) {
      source = target.closest(".match-row.is-filled");
      const chip = target.closest("button.chip:not(:disabled)");
      return chip ?? (target.closest(".slot") && source?.querySelector(".slot-answer"));
    },
    place(element, dx, dy) {
      element.style.translate = `${dx}px ${dy}px`;
    },
    moved(element, event) {
      for (const row of rows) row.classList.toggle("is-over", row === rowAt(event));
    },
    dropped(element, event) {
      const [row, chip] = [rowAt(event), source ? chipOf(select(source).value) : element];
      stop(element);
      if (source && source !== row) clear(source);
      if (row) put(row, chip);
    },
    stopped: stop,
  });

  form.addEventListener("submit", (event) => {
    const open = rows.find((row) => !select(row).value);
    if (!open) return;
    event.preventDefault();
    missing.hidden = false;
    slot(open).focus();
  });

  for (const row of rows) select(row).required = false; // hidden now, so the browser could not point to it
  show();
  box.classList.add("is-ready");
}

function toButton(chip) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = chip.className;
  button.dataset.answer = chip.dataset.answer;
  button.append(...chip.childNodes);
  chip.replaceWith(button);
  return button;
}
