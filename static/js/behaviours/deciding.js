/* What keys.js does to the decision form: choose, and go on to what is missing. */

const NEEDS_GROUND = new Set(["refuse", "hide", "lock"]);
const NEEDS_WORDS = new Set([...NEEDS_GROUND, "return"]);

/* An outcome to which nothing is missing is sent at once: it can be undone for ten seconds. */
export function choose(radio) {
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  if (NEEDS_WORDS.has(radio.value)) settle(radio);
  else radio.form.requestSubmit(sender(radio.form));
  return true;
}

export function chooseGround(choice, number) {
  if (!choice?.options[number] || !choice.checkVisibility()) return false;
  choice.selectedIndex = number;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  const radio = choice.form.querySelector("[name=outcome]:checked");
  if (radio) settle(radio);
  return true;
}

/* The focus goes to what is missing: a ground (by a number key), the law, the words; then to the button. */
function settle(radio) {
  const { ground, legal_ground: law, explanation } = radio.form.elements;
  const isAboutLaw = law.checkVisibility() && !law.value.trim();
  if (NEEDS_GROUND.has(radio.value) && !ground.value) radio.focus();
  else if (NEEDS_GROUND.has(radio.value) && isAboutLaw) law.focus();
  else (explanation.value.trim() ? sender(radio.form) : explanation).focus();
}

function sender(form) {
  return form.querySelector("button:not([name])");
}
