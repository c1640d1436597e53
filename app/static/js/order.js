/* Steps are dragged, or moved by their arrows or by the keyboard. Places are written into the lists that are sent. */

import { draggable, filled, glide } from "./drag.js";

export function enhance(form) {
  const box = form.querySelector(".ordering");
  const list = box.querySelector(".steps");
  const status = box.querySelector("[role=status]");
  const untouched = box.querySelector(".untouched");
  let lifted = null; // {row, from}: picked up by a key, and where it was then
  let touched = false;

  const rows = () => [...list.children];
  const at = (row) => rows().indexOf(row);
  const select = (row) => row.querySelector("select");

  function say(words, row) {
    const values = { place: at(row) + 1, total: rows().length, text: row.querySelector(".step-text").textContent };
    status.textContent = filled(words, values);
  }

  function number() {
    for (const [index, row] of rows().entries()) {
      select(row).value = String(index + 1);
      row.querySelector(".step-number").textContent = index + 1;
      row.querySelector("[data-by='-1']").ariaDisabled = String(index === 0);
      row.querySelector("[data-by='1']").ariaDisabled = String(index === rows().length - 1);
    }
  }

  /* The others move round it: what has the focus, or the pointer, stays in the page. */
  function put(row, place) {
    const tops = new Map(rows().map((one) => [one, one.offsetTop]));
    const to = Math.max(0, Math.min(rows().length - 1, place));
    if (to === at(row)) return false;
    while (at(row) > to) row.after(row.previousElementSibling);
    while (at(row) < to) row.before(row.nextElementSibling);
    touched = true;
    untouched.hidden = true;
    number();
    for (const [one, top] of tops) {
      if (one.offsetTop !== top && !one.matches(".is-dragged")) glide(one, 0, top - one.offsetTop);
    }
    return true;
  }

  function move(row, place) {
    put(row, place);
    say(box.dataset.moved, row);
    row.scrollIntoView({ block: "nearest" });
  }

  function lift(row) {
    lifted = { row, from: at(row) };
    mark(row, true);
    say(box.dataset.lifted, row);
  }

  function lay(words) {
    const { row } = lifted;
    lifted = null;
    mark(row, false);
    if (words) say(words, row);
  }

  function mark(row, on) {
    row.classList.toggle("is-lifted", on);
    row.querySelector(".grip").ariaPressed = String(on);
  }

  list.addEventListener("click", (event) => {
    const row = event.target.closest(".step");
    const by = event.target.closest("[data-by]")?.dataset.by;
    if (by) move(row, at(row) + Number(by));
    else if (event.target.closest(".grip")) lifted ? lay(box.dataset.dropped) : lift(row);
  });

  list.addEventListener("keydown", (event) => {
    if (!event.target.matches(".grip") || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest(".step");
    const places = { ArrowUp: at(row) - 1, ArrowDown: at(row) + 1, Home: 0, End: rows().length - 1 };
    if (event.key in places) move(row, places[event.key]);
    else if (event.key === "Escape" && lifted) {
      put(row, lifted.from);
      lay(box.dataset.returned);
    } else return;
    event.preventDefault();
  });

  list.addEventListener("focusout", () => lifted && lay(""));

  let from = 0;
  let grabbed = 0; // where in the list the dragged row's upper edge was
  draggable(list, {
    grips: ".grip",
    found(target) {
      const row = target.closest(".step-moves") ? null : target.closest(".step");
      if (row) [from, grabbed] = [at(row), row.offsetTop];
      return row;
    },
    place(row, dx, dy) {
      const top = Math.max(-8, Math.min(list.clientHeight - row.offsetHeight + 8, grabbed + dy));
      row.style.translate = `0 ${top - row.offsetTop}px`;
      row.dataset.top = top;
    },
    moved(row) {
      const middle = Number(row.dataset.top) + row.offsetHeight / 2;
      const centre = (one) => one.offsetTop + one.offsetHeight / 2;
      const { previousElementSibling: above, nextElementSibling: below } = row;
      if (above && middle < centre(above)) put(row, at(row) - 1);
      else if (below && middle > centre(below)) put(row, at(row) + 1);
      row.style.translate = `0 ${Number(row.dataset.top) - row.offsetTop}px`;
    },
    dropped(row) {
      settle(row);
      say(box.dataset.moved, row);
    },
    stopped(row) {
      put(row, from);
      settle(row);
      say(box.dataset.returned, row);
    },
  });

  function settle(row) {
    row.style.translate = "";
    glide(row, 0, Number(row.dataset.top) - row.offsetTop);
    delete row.dataset.top;
  }

  form.addEventListener("submit", (event) => {
    if (touched || !untouched.hidden) return;
    event.preventDefault();
    untouched.hidden = false;
    untouched.scrollIntoView({ block: "nearest" });
  });

  const entered = rows().filter((row) => select(row).value);
  if (entered.length) {
    touched = true;
    list.append(...rows().sort((one, other) => (select(one).value || 99) - (select(other).value || 99)));
  }
  number();
  box.classList.add("is-ready");
}
