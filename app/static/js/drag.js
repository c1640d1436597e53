/* Something follows the pointer that drags it; near the upper or lower edge of the window the page moves along. */

const SLACK = 5; // pixels that are still a click
const EDGE = 72;

/* zone: where a drag may begin; with touch only on what `grips` selects, so that elsewhere the page still scrolls.
   found(target): what is dragged, or nothing. Called then: moved(element, event), and dropped(element, event) or
   stopped(element). The element goes where `place(element, dx, dy)` puts it. */
export function draggable(zone, { grips, found, place, moved, dropped, stopped }) {
  zone.addEventListener("pointerdown", (down) => {
    if (down.button || !down.isPrimary) return;
    const element = found(down.target);
    if (!element || (down.pointerType !== "mouse" && !down.target.closest(grips))) return;
    follow(element, down, { place, moved, dropped, stopped });
  });
}

function follow(element, down, { place, moved, dropped, stopped }) {
  const start = { x: down.clientX + scrollX, y: down.clientY + scrollY };
  let last = down;
  let begun = false;
  let frame = 0;

  function move(event) {
    if (event.pointerId !== down.pointerId) return;
    last = event;
    if (!begun && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < SLACK) return;
    if (!begun) begin();
    event.preventDefault();
    update();
  }
  function begin() {
    begun = true;
    element.classList.add("is-dragged");
    getSelection().removeAllRanges();
    frame = requestAnimationFrame(scroll);
  }
  function update() {
    place(element, last.clientX + scrollX - start.x, last.clientY + scrollY - start.y);
    moved(element, last);
  }
  function scroll() {
    const below = Math.max(0, last.clientY - (innerHeight - EDGE));
    const above = Math.max(0, covered() + EDGE - last.clientY);
    const step = last.clientY > down.clientY ? below : -above; // whoever begins near an edge may mean the other way
    if (step) {
      scrollBy({ top: step / 5, behavior: "instant" });
      update();
    }
    frame = requestAnimationFrame(scroll);
  }
  function end(finish) {
    for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener, true);
    cancelAnimationFrame(frame);
    if (!begun) return;
    addEventListener("click", swallow, true); // the click that ends a drag is none
    setTimeout(() => removeEventListener("click", swallow, true));
    finish();
    element.classList.remove("is-dragged");
  }
  const listeners = {
    pointermove: move,
    pointerup: (event) => event.pointerId === down.pointerId && end(() => dropped(element, event)),
    pointercancel: (event) => event.pointerId === down.pointerId && end(() => stopped(element)),
    keydown: (event) => event.key === "Escape" && end(() => stopped(element)),
  };
  for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener, true);
}

/* On a narrow window the case stays at the top, and rows go under it. */
function covered() {
  const box = document.querySelector(".vignette")?.getBoundingClientRect();
  return box && box.width >= innerWidth - 1 ? Math.max(0, box.bottom) : 0;
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

/* An element that has just been put elsewhere glides there from where it was. */
export function glide(element, dx, dy) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  element.animate([{ translate: `${dx}px ${dy}px` }, { translate: "0 0" }], { duration: 160, easing: "ease-out" });
}

/* "Number {place} of {total}" with its values. */
export function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
