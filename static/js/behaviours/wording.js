/* What is said of photos: the template gives the sentences (data-<name>), names and numbers are filled in here. */

export function worded(place, name, values = {}) {
  return (place.getAttribute(`data-${name}`) ?? "").replace(/\{(\w+)\}/g, (whole, one) => values[one] ?? whole);
}

export function words(name, values) {
  return worded(document.querySelector("[data-photo-words]"), name, values);
}

/* For those who do not see the list: nothing is shown. */
export function announce(said) {
  document.querySelector("[data-photos-said]").textContent = said;
}

export function percent(part) {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(part);
}
