/* Registers behaviours: an element asks for one by name in data-behaviour, and only then is its module fetched.
   Every page works without this file. The address's query is passed on, so hashed names stay hashed. */

const own = new URL(import.meta.url);
const known = new Set([
  "areas", "autosave", "awaiting", "bulk", "changes", "checklist", "claim", "count", "countdown", "focus", "forget", "ground",
  "guess", "keys", "measure", "menu", "once", "paste", "photos", "preview", "progress", "reveal", "see", "toolbar",
  "view",
]);

async function start(element, name) {
  const module = await import(new URL(`behaviours/${name}.js${own.search}`, own).href);
  module.default(element);
}

for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of element.dataset.behaviour.split(/\s+/)) {
    if (known.has(name)) start(element, name);
  }
}
