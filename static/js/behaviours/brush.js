/* Areas over a picture: added, chosen, moved and removed. drawing.js does it with a pointer, box.js is one of them. */

import { Box, WHOLE } from "./box.js";
import { drawing } from "./drawing.js";
import { worded } from "./wording.js";

const MOST = 30;
const FIRST = [WHOLE * 0.4, WHOLE * 0.45, WHOLE * 0.2, WHOLE * 0.1];
const PAUSE = 400; // a key that is held down is not read out all the way

export class Brush {
  constructor(place) {
    const find = (name) => place.querySelector(`[data-brush-${name}]`);
    Object.assign(this, { place, find, stage: find("stage"), picture: find("picture"), boxes: [], chosen: null });
    find("add").addEventListener("click", () => this.add(FIRST)?.element.focus());
    find("remove").addEventListener("click", () => this.remove(this.chosen));
    this.stage.addEventListener("keydown", (event) => this.press(event));
    this.stage.addEventListener("focusin", ({ target }) => this.choose(this.boxOf(target)));
    this.endDrawing = drawing(this);
  }

  get areas() { return this.boxes.map((box) => box.at); }

  boxOf(element) { return this.boxes.find((box) => box.element.contains(element)) ?? null; }

  /* Whether this browser can show it. */
  async show(src) {
    this.endDrawing();
    for (const box of this.boxes.splice(0)) box.element.remove();
    this.choose(null);
    this.picture.src = src;
    const isSeen = await this.picture.decode().then(() => true, () => false);
    for (const name of ["help", "stage", "tools"]) this.find(name).hidden = !isSeen;
    this.find("blind").hidden = isSeen;
    return isSeen;
  }

  add(at) {
    if (this.boxes.length >= MOST) return void this.say(worded(this.place, "full"));
    const box = new Box();
    this.boxes.push(box);
    this.stage.append(box.element);
    box.put(...at);
    box.name(this.place, this.boxes.length);
    return box;
  }

  remove(box) {
    if (!box) return;
    const number = this.boxes.indexOf(box);
    this.boxes.splice(number, 1);
    box.element.remove();
    for (const [place, other] of this.boxes.entries()) other.name(this.place, place + 1);
    this.choose(null);
    (this.boxes[Math.min(number, this.boxes.length - 1)]?.element ?? this.find("add")).focus();
    this.say(worded(this.place, "removed"));
  }

  choose(box) {
    this.chosen = box;
    this.find("remove").ariaDisabled = String(!box);
  }

  press(event) {
    const box = this.boxOf(event.target);
    if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.find("add").focus();
    else if (["Delete", "Backspace"].includes(event.key)) this.remove(box);
    else if (box.press(event)) this.tell(box);
    else return;
    event.preventDefault();
  }

  tell(box) { this.say(box.name(this.place, this.boxes.indexOf(box) + 1)); }

  say(words) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.find("said").textContent = words; }, PAUSE);
  }
}
