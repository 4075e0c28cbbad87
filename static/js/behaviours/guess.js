/* Presets the language from a guess on the text, until the author chooses one. */

const ENOUGH = 20;
const PAUSE = 1200;

export default function guess(form) {
  const choice = form.elements[form.dataset.guessField ?? "language"];
  const source = form.elements[form.dataset.guessFrom ?? "body"];
  if (!choice || !source || "guessChosen" in form.dataset) return;
  let timer = null;
  let isChosen = false;

  async function ask() {
    const text = source.value.trim();
    if (isChosen || [...text].length <= ENOUGH) return;
    const body = new FormData();
    body.set("text", text.slice(0, 2000));
    try {
      const headers = { "X-CSRFToken": form.elements.csrf_token.value };
      const answer = await fetch(form.dataset.guessUrl, { method: "POST", headers, body });
      const { language } = answer.ok ? await answer.json() : {};
      const isOffered = [...choice.options].some((option) => option.value === language);
      if (isOffered && !isChosen) choice.value = language;
    } catch {
      // only a preset: without an answer the author chooses
    }
  }

  choice.addEventListener("change", () => { isChosen = true; });
  form.addEventListener("filled", () => { isChosen = true; });
  source.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
