/* Sends a form once, however often its button is pressed; the server counts only one in any case. */

export default function once(form) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) return event.preventDefault();
    isSent = true;
    event.submitter?.setAttribute("aria-busy", "true");
    return undefined;
  });
  addEventListener("pageshow", () => {
    isSent = false;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });
}
