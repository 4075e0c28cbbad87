/* The photos in a browser's copy of the form: it may know them under other numbers than the page that is drawn now. */

import { draw } from "./entry.js";

const NAME = /^pictures-(\d+)-(\w+)$/;

function numbers() {
  const entries = [...document.querySelectorAll("[data-photo-list] > [data-photo]")];
  return new Map(entries.map((entry) => [entry.dataset.photo, NAME.exec(entry.querySelector("[name$='-key']").name)[1]]));
}

/* The fields with the numbers of this page; a photo it does not have gets the next. Left out is what has no key yet, and
   what was taken out and is not here. */
export function renumbered(fields) {
  const here = numbers();
  const next = () => String(Math.max(-1, ...here.values()) + 1);
  const pairs = Object.entries(fields).map(([name, value]) => {
    const [, number, part] = NAME.exec(name) ?? [];
    if (number === undefined) return [name, value];
    const key = fields[`pictures-${number}-key`];
    if (!key || (fields[`pictures-${number}-remove`] && !here.has(key))) return null;
    if (!here.has(key)) here.set(key, next());
    return [`pictures-${here.get(key)}-${part}`, value];
  });
  return Object.fromEntries(pairs.filter(Boolean));
}

/* The keys of photos that are in the fields and not on the page, in the order of their numbers. */
export function missing(fields) {
  const here = numbers();
  const found = Object.entries(fields).map(([name, value]) => [...(NAME.exec(name) ?? []), value]);
  return found.filter(([, , part, key]) => part === "key" && !here.has(key))
    .sort(([, one], [, other]) => one - other).map(([, , , key]) => key);
}

/* Draws them; the server is asked how far they are. */
export function drawMissing(fields) {
  const list = document.querySelector("[data-photo-list]");
  for (const key of missing(fields)) draw(list, { key }).is("waiting");
}
