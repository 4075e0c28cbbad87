/* Presets the language from a guess on the text, until the author chooses one, and tells the form what it took it for. */

const ENOUGH = 20;
const PAUSE = 1200;
const MOST = 2000;

export default function guess(form) {
  const choice = form.elements[form.dataset.guessField ?? "language"];
  const source = form.elements[form.dataset.guessFrom ?? "body"];
  if (!choice || !source) return;
  let timer = null;
  let asked = "";
  let isChosen = "guessChosen" in form.dataset;

  async function ask() {
    const text = [...source.value.trim()].slice(0, MOST).join("");
    if (text === asked || [...text].length <= ENOUGH) return;
    const body = new FormData();
    body.set("text", text);
    try {
      const headers = { "X-CSRFToken": form.elements.csrf_token.value };
      const answer = await fetch(form.dataset.guessUrl, { method: "POST", headers, body });
      if (!answer.ok) return;
      const { language } = await answer.json();
      const isOffered = [...choice.options].some((option) => option.value === language);
      asked = text;
      if (isOffered && !isChosen && choice.value !== language) {
        choice.value = language;
        form.dispatchEvent(new Event("change")); // the form's own: the author has not chosen
      }
      form.dispatchEvent(new CustomEvent("guessed", { detail: language }));
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
