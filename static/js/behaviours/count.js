/* Says how many characters are left, once it begins to matter. Counts code points, as the server does. */

const SHARE = 0.2;

export default function count(place) {
  const field = document.getElementById(place.dataset.countFor);
  const most = Number(field?.dataset.most ?? field?.maxLength ?? 0);
  if (!field || most <= 0) return;
  const numbers = new Intl.NumberFormat(document.documentElement.lang);

  function show() {
    const left = most - [...field.value].length;
    place.hidden = left > most * SHARE;
    place.textContent = place.dataset.countText.replace("{number}", numbers.format(left));
  }

  field.addEventListener("input", show);
  field.form?.addEventListener("filled", show);
  show();
}
