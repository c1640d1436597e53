/* A player elsewhere, put into the page when somebody asks for it, and not before. */

export function enhance(film) {
  const asking = film.querySelector(".film-ask");
  asking.querySelector("[data-play]").addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = film.dataset.title;
    frame.referrerPolicy = "no-referrer";
    frame.allow = "fullscreen; picture-in-picture";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation");
    frame.src = film.dataset.address;
    asking.replaceWith(frame);
    frame.focus();
  });
}
