/* One photo in the list of the writing page. Its data-state is queued, arriving, lost, stopped, unfinished, waiting,
   ready, failed or gone; each change is an event "photo". */

import count from "./count.js";
import { percent, words } from "./wording.js";

export class Entry {
  constructor(element) { this.element = element; }

  find(part) { return this.element.querySelector(`[data-photo-${part}]`); }

  field(name) { return this.element.querySelector(`[name$="-${name}"]`); }

  get key() { return this.element.dataset.photo; }

  get state() { return this.element.dataset.state; }

  get name() { return this.find("name").textContent; }

  get isTakenOut() { return this.field("remove").checked; }

  is(state, said = words(state)) {
    this.element.dataset.state = state;
    this.find("state").textContent = said;
    this.element.dispatchEvent(new CustomEvent("photo", { bubbles: true }));
  }

  /* The server knows it by this key from now on, and the form sends it along. */
  begin(key) {
    this.element.dataset.photo = key;
    this.find("areas").href = `/photos/${key}/areas`;
    const field = this.field("key");
    field.value = key;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  arrives(part) {
    this.find("progress").value = part;
    this.is("arriving", words("arriving", { part: percent(part) }));
  }

  /* The picture on this device until the server's is here; nothing where the browser cannot read it. */
  show(src) {
    const image = Object.assign(new Image(), { className: "photo-image", alt: "", src });
    image.addEventListener("error", () => image.remove());
    this.find("picture").replaceChildren(image);
    if (this.src) URL.revokeObjectURL(this.src);
    this.src = src.startsWith("blob:") ? src : "";
  }
}

function nextNumber(list) {
  const names = [...list.querySelectorAll("[name$='-key']")].map(({ name }) => Number(name.split("-")[1]));
  return Math.max(-1, ...names) + 1;
}

/* A new one at the end of the list. */
export function draw(list, { key = "", name = "", src = "" }) {
  const mould = document.querySelector("[data-photo-mould]");
  list.insertAdjacentHTML("beforeend", mould.innerHTML.replaceAll("pictures-N-", `pictures-${nextNumber(list)}-`));
  const entry = new Entry(list.lastElementChild);
  for (const place of entry.element.querySelectorAll("[data-behaviour=count]")) count(place);
  if (name) entry.find("name").textContent = name;
  if (src) entry.show(src);
  if (key) entry.begin(key);
  return entry;
}
