/* New photos: each is looked at in a dialog first, then it stands in the list and is sent. */

import { choosing } from "./choosing.js";
import { draw } from "./entry.js";
import { words } from "./wording.js";

/* What is needed only where there are photos comes when somebody begins to write, before the connection may be lost. */
const LATER = ["asking", "carrying", "covering", "fitting", "placing"];

export class Adding {
  constructor(photos) {
    const { form, group, find } = photos;
    Object.assign(this, { photos, text: form.elements.body });
    choosing(group, this.text, (files, isForText) => this.take(files, isForText));
    form.addEventListener("focusin", () => this.prepare().catch(() => {}), { once: true });
    this.text.addEventListener("focus", () => { this.isWrittenIn = true; }, { once: true });
    find("ways").hidden = false;
  }

  prepare() { return Promise.all(LATER.map((name) => import(`./${name}.js`))); }

  async asking() {
    const { Asking } = await import("./asking.js");
    return this.dialog ??= new Asking(this.photos.find("dialog"));
  }

  async take(files, isForText) {
    const { photos } = this;
    const told = photos.find("told");
    if (!files.length || photos.find("dialog").open) return;
    try {
      const [asking] = await Promise.all([this.asking(), this.prepare()]);
      const { fitting } = await import("./fitting.js");
      const chosen = fitting(files, photos.room - asking.queue.length, told);
      const begun = this.placing(isForText);
      asking.each(chosen, (photo, areas) => this.send(photo, { areas, begun }));
    } catch {
      told.textContent = words("refused"); // the code did not come: no connection
    }
  }

  /* What happens when the server knows one of those that were chosen together: they go into the text as they are sent. */
  placing(isForText) {
    let behind = "";
    return async (key) => {
      const { put } = await import("./placing.js");
      if (isForText) put(this.text, key, { behind, isWrittenIn: this.isWrittenIn });
      behind = key;
    };
  }

  send({ file, src }, options) {
    const { photos } = this;
    if (photos.room <= 0) return;
    // The form has room for twelve, those that were taken out among them.
    if (photos.list.children.length >= 12) photos.entries.find((entry) => entry.isTakenOut)?.element.remove();
    photos.carry(draw(photos.list, { name: file.name, src }), file, options);
    photos.changed();
  }
}
