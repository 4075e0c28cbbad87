/* Says how many words a text has and how long one reads it, once the typing stops; screen readers hear of it then. */

import { readable, readingMinutes, wordCount } from "./words.js";

const PAUSE = 1000;

export default function measure(place) {
  const field = document.getElementById(place.dataset.measureFor);
  const spoken = document.documentElement.lang;
  const number = new Intl.NumberFormat(spoken);
  const minutes = new Intl.NumberFormat(spoken, { style: "unit", unit: "minute", unitDisplay: "long" });
  let timer = null;

  function show() {
    const text = readable(field.value);
    const words = wordCount(text, field.form.elements.language?.value);
    const said = words ? place.dataset.measureText : "";
    place.textContent = said.replace("{words}", number.format(words))
      .replace("{time}", minutes.format(readingMinutes(text)));
  }

  function later() {
    place.setAttribute("aria-live", "off");
    clearTimeout(timer);
    timer = setTimeout(() => {
      place.setAttribute("aria-live", "polite");
      show();
    }, PAUSE);
  }

  field.addEventListener("input", later);
  field.form.elements.language?.addEventListener("change", later);
  field.form.addEventListener("filled", show);
  show();
}
