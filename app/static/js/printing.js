/** The buttons that print the page they stand on. Without scripts they are not shown. */
export function enhance(page) {
  for (const button of page.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
}
