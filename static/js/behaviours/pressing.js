/* What is pressed beside a photo of the writing page. The code of each act comes when it is needed. */

import { Entry } from "./entry.js";

async function put(photos, entry) {
  const placing = await import("./placing.js");
  const { text, isWrittenIn } = photos.adding;
  placing.put(text, entry.key, { isWrittenIn, isAsked: true });
}

async function cover(photos, entry, link) {
  try {
    const covering = await import("./covering.js");
    await covering.cover(entry, await photos.adding.asking(), photos.token);
  } catch {
    location.assign(link.href); // the page that does the same
  }
}

export function press(photos, event) {
  const button = event.target.closest("button, a");
  if (!button || event.ctrlKey || event.metaKey) return;
  const entry = new Entry(button.closest("[data-photo]"));
  if (button.matches("[data-photo-again]")) photos.carried.get(entry.element)?.go();
  if (button.matches("[data-photo-choose]")) Object.assign(photos.find("again"), { entry, value: "" }).click();
  if (button.matches("[data-photo-put]")) put(photos, entry);
  if (button.matches("[data-photo-areas]")) {
    event.preventDefault();
    cover(photos, entry, button);
  }
}
