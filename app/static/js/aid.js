/* An aid: print it, clear it, and bring back what was cleared. Nothing is stored, nothing is sent. */

export function enhance(aid) {
  const fields = [...aid.querySelectorAll("textarea, input[type=checkbox]")];
  const clear = aid.querySelector("[data-clear]");
  const told = aid.querySelector("[data-told]");
  const label = clear.textContent;
  let cleared = null;

  aid.querySelector("[data-print]").addEventListener("click", () => print());

  clear.addEventListener("click", () => {
    const back = cleared;
    cleared = back ? null : fields.map((field) => (field.type === "checkbox" ? field.checked : field.value));
    fields.forEach((field, place) => {
      if (field.type === "checkbox") field.checked = back ? back[place] : false;
      else field.value = back ? back[place] : "";
    });
    clear.textContent = cleared ? clear.dataset.cleared : label;
    told.textContent = cleared ? told.dataset.gone : told.dataset.back;
  });

  /* Whoever writes again has done with what was there before. */
  aid.addEventListener("input", () => {
    cleared = null;
    clear.textContent = label;
    told.textContent = "";
  });
}
