/* The order of the photos: by their buttons, or dragged by the grip. Their places are what the form sends. */

import { announce, words } from "./wording.js";

const EDGE = 80; // pixels from the end of the window where dragging scrolls it
const part = (entry, name) => entry.querySelector(`[data-photo-${name}]`);
const place = (entry) => entry.querySelector("[name$='-place']");

export class Order {
  constructor(list) {
    this.list = list;
    list.addEventListener("click", (event) => this.press(event.target.closest("[data-photo-move]")));
    list.addEventListener("pointerdown", (event) => this.grip(event));
  }

  get entries() { return [...this.list.children]; }

  /* As the places say, which may have been put back into the form. */
  sort() {
    const sorted = this.entries.sort((one, other) => place(one).value - place(other).value);
    if (sorted.some((entry, number) => entry !== this.list.children[number])) this.list.append(...sorted);
    this.number();
  }

  number() {
    const { entries } = this;
    for (const [number, entry] of entries.entries()) {
      place(entry).value = number + 1;
      entry.querySelector("[data-photo-move='-1']").ariaDisabled = String(number === 0);
      entry.querySelector("[data-photo-move='1']").ariaDisabled = String(number === entries.length - 1);
    }
  }

  settle(entry) {
    this.number();
    place(entry).dispatchEvent(new Event("change", { bubbles: true }));
    const values = { name: part(entry, "name").textContent, place: place(entry).value, number: this.entries.length };
    announce(words("moved", values));
  }

  press(button) {
    const entry = button?.closest("[data-photo]");
    const isUp = button?.dataset.photoMove === "-1";
    const other = isUp ? entry?.previousElementSibling : entry?.nextElementSibling;
    if (!other) return;
    if (isUp) other.before(entry);
    else other.after(entry);
    button.focus();
    this.settle(entry);
  }

  grip(event) {
    const handle = event.target.closest("[data-photo-grip]");
    if (!handle || event.button) return;
    event.preventDefault();
    const entry = handle.closest("[data-photo]");
    const before = this.entries;
    const drag = (move) => this.drag(entry, move);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", drag);
    entry.dataset.dragged = "";
    handle.addEventListener("lostpointercapture", () => {
      handle.removeEventListener("pointermove", drag);
      delete entry.dataset.dragged;
      if (this.entries.some((one, number) => one !== before[number])) this.settle(entry);
    }, { once: true });
  }

  /* The others are moved around it: the one that is held would lose the pointer. */
  drag(entry, { clientY: y }) {
    const [above, below] = [entry.previousElementSibling, entry.nextElementSibling];
    const middle = (one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; };
    if (above && y < middle(above)) entry.after(above);
    else if (below && y > middle(below)) entry.before(below);
    if (y < EDGE || y > innerHeight - EDGE) scrollBy(0, y < EDGE ? -EDGE / 4 : EDGE / 4);
  }
}
