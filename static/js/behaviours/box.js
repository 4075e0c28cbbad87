/* One area over a picture: a button that the arrow keys move and, with Shift, enlarge. In ten-thousandths of the picture. */

import { percent, worded } from "./wording.js";

export const WHOLE = 10000;
const [SMALLEST, STEP] = [50, 100];
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (number, least, most) => Math.round(Math.min(Math.max(number, least), most));

export class Box {
  constructor() {
    this.element = Object.assign(document.createElement("button"), { type: "button", className: "brush-box" });
    this.element.append(Object.assign(document.createElement("span"), { className: "brush-handle" }));
    this.at = [0, 0, SMALLEST, SMALLEST];
  }

  put(x, y, width, height) {
    const size = [within(width, SMALLEST, WHOLE), within(height, SMALLEST, WHOLE)];
    this.at = [within(x, 0, WHOLE - size[0]), within(y, 0, WHOLE - size[1]), ...size];
    const [start, top, wide, high] = this.at.map((part) => `${(part * 100) / WHOLE}%`);
    Object.assign(this.element.style, { insetInlineStart: start, insetBlockStart: top, inlineSize: wide, blockSize: high });
  }

  between([x, y], [toX, toY]) {
    this.put(Math.min(x, toX), Math.min(y, toY), Math.abs(toX - x), Math.abs(toY - y));
  }

  /* From its upper left corner on, not beyond the edge of the picture. */
  stretch(width, height) {
    const [x, y] = this.at;
    this.put(x, y, Math.min(width, WHOLE - x), Math.min(height, WHOLE - y));
  }

  /* Whether the key meant something. */
  press({ key, shiftKey }) {
    const [dx, dy] = (KEYS[key] ?? []).map((way) => way * STEP);
    if (dx === undefined) return false;
    const [x, y, width, height] = this.at;
    if (shiftKey) this.stretch(width + dx, height + dy);
    else this.put(x + dx, y + dy, width, height);
    return true;
  }

  /* Its spoken name is short; where it is, is said when it has moved. */
  name(place, number) {
    this.element.ariaLabel = worded(place, "area", { number });
    const [left, top, width, height] = this.at.map((part) => percent(part / WHOLE));
    return worded(place, "area-at", { number, left, top, width, height });
  }
}
