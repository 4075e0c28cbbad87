/* The dialog in which each photo is looked at, and covered, before any of it leaves the device. */

import { Brush } from "./brush.js";
import { announce, worded, words } from "./wording.js";

export class Asking {
  constructor(dialog) {
    const [line, before] = ["photo", "before"].map((name) => dialog.querySelector(`[data-covering-${name}]`));
    const brush = new Brush(dialog.querySelector("[data-brush]"));
    Object.assign(this, { dialog, line, before, brush, queue: [], answer: null });
    dialog.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-covering]");
      if (button) this.answer?.(button.dataset.covering);
    });
    dialog.addEventListener("close", () => { if (!dialog.open) this.answer?.("stop"); });
  }

  /* What is pressed for one picture: one of the buttons, or "stop" when the dialog is closed. */
  async look(src, said, buttons) {
    for (const button of this.dialog.querySelectorAll("[data-covering]")) {
      button.hidden = !buttons.includes(button.dataset.covering);
    }
    this.before.hidden = buttons.includes("cover");
    this.line.textContent = said;
    if (!this.dialog.open) this.dialog.showModal();
    const pressed = new Promise((answer) => { this.answer = answer; });
    this.line.focus();
    await this.brush.show(src);
    return pressed;
  }

  close() {
    this.answer = null;
    this.dialog.close();
  }

  /* One after the other; `send` gets each that is sent, with its areas. More may come while one is looked at. */
  async each(photos, send) {
    this.queue.push(...photos.map((photo) => ({ ...photo, send })));
    if (this.answer || !this.queue.length) return;
    for (let place = 1; this.queue.length; place += 1) {
      const one = this.queue[0];
      const values = { place, number: place + this.queue.length - 1, name: one.file.name };
      const buttons = ["send", "skip", ...(this.queue.length > 1 ? ["all"] : [])];
      const pressed = await this.look(one.src, worded(this.line, "words", values), buttons);
      this.queue.shift();
      if (pressed === "send" || pressed === "all") one.send(one, this.brush.areas);
      else URL.revokeObjectURL(one.src);
      if (pressed === "all") for (const other of this.queue.splice(0)) other.send(other, []);
      if (pressed === "stop") this.stop();
    }
    this.close();
  }

  stop() {
    for (const { src } of this.queue.splice(0)) URL.revokeObjectURL(src);
    announce(words("not-sent"));
  }
}
