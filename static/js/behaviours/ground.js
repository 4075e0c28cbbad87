/* Puts the words of a ground into the explanation, in its author's language; opens what a clause about the law needs. */

export default function ground(form) {
  const choice = form.elements.ground;
  const explanation = form.elements.explanation;
  const law = form.querySelector("[data-illegal]");
  const illegal = new Set(law?.dataset.illegal.split(" "));
  const words = new Map(
    [...form.querySelectorAll("template[data-ground]")].map((one) => [one.dataset.ground, one.content.textContent.trim()]),
  );
  if (!choice || !explanation) return;

  function put(text) {
    explanation.value = text;
    explanation.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Only over nothing, or over the words of another ground: what somebody typed is theirs. */
  choice.addEventListener("change", () => {
    const typed = explanation.value.trim();
    const isUntouched = !typed || [...words.values()].includes(typed);
    if (isUntouched) put(words.get(choice.value) ?? "");
    if (law && illegal.has(choice.value)) law.open = true;
  });

  form.querySelector("[name=template]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const typed = explanation.value.trim();
    const added = words.get(choice.value) ?? "";
    if (added && !typed.includes(added)) put([typed, added].filter(Boolean).join("\n\n"));
    explanation.focus();
  });
}
