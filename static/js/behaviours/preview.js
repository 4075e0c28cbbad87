/* Shows the text as the server will render it, a moment after the typing stops. */

const PAUSE = 700;

export default function preview(form) {
  const place = document.querySelector("[data-preview]");
  if (!place) return;
  let timer = null;
  let asking = null;

  async function show() {
    asking?.abort();
    asking = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.previewUrl, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrf_token.value },
        body: new FormData(form),
        signal: asking.signal,
      });
      if (answer.ok) place.innerHTML = await answer.text(); // rendered and cleaned by the page's own code
    } catch {
      return; // a newer question or no connection: the last preview stays
    } finally {
      place.removeAttribute("aria-busy");
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  }

  for (const kind of ["input", "change", "filled"]) form.addEventListener(kind, later);
  form.addEventListener("photo", ({ target }) => target.dataset.state === "ready" && later());
  const first = form.elements.body ?? form.elements.missing;
  if (first?.value.trim() && !place.querySelector(".prose")) later();
}
