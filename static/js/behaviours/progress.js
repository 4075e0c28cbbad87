/* Says how many of a form's places are filled in while they are being filled. */

export default function progress(words) {
  const places = [...document.querySelectorAll(words.dataset.progressOf)];
  const bar = words.parentElement.querySelector("progress");
  const numbers = new Intl.NumberFormat(document.documentElement.lang);

  function show() {
    const done = places.filter((place) => place.querySelector("input:not([type=hidden]), textarea")?.value.trim()).length;
    words.textContent = words.dataset.progressText.replace("{done}", numbers.format(done));
    if (bar) bar.value = done;
  }

  const form = words.closest("form");
  for (const kind of ["input", "filled"]) form.addEventListener(kind, show);
  show();
}
