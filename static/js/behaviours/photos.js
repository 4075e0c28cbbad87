/* The photos of the writing page: what the page brought with it, and what is pressed beside each of them. */

import { Adding } from "./adding.js";
import { Entry } from "./entry.js";
import { hold } from "./holding.js";
import { Order } from "./ordering.js";
import { press } from "./pressing.js";

const MOST = 12;

class Photos {
  constructor(group) {
    const list = group.querySelector("[data-photo-list]");
    const find = (name) => group.querySelector(`[data-photos-${name}]`);
    const form = group.closest("form");
    const token = form.elements.csrf_token.value;
    Object.assign(this, { group, list, find, form, token, order: new Order(list), carried: new Map() });
    this.adding = new Adding(this);
    list.addEventListener("click", (event) => press(this, event));
    list.addEventListener("change", ({ target }) => target.name.endsWith("-remove") && this.takeOut(target));
    find("again").addEventListener("change", ({ target }) => this.goOn(target));
    form.addEventListener("filled", () => this.adopt());
    form.addEventListener("guessed", () => this.changed());
    form.elements.language.addEventListener("change", () => this.changed());
    hold(form, list);
    list.dataset.isLive = "";
    this.adopt();
  }

  get entries() { return [...this.list.children].map((element) => new Entry(element)); }

  get room() { return MOST - this.entries.filter((entry) => !entry.isTakenOut).length; }

  /* What the page, or this browser's copy of it, has brought. */
  adopt() {
    this.order.sort();
    for (const entry of this.entries.filter(({ element }) => !this.carried.has(element))) {
      this.carried.set(entry.element, null);
      if (entry.state === "waiting") import("./preparing.js").then(({ prepared }) => prepared(entry));
      if (entry.state === "arriving") entry.is("unfinished");
    }
    this.changed();
  }

  /* Beside each photo is written in the story's language: that is what spelling goes by. */
  changed() {
    const { value: lang } = this.form.elements.language;
    for (const entry of this.entries) for (const name of ["alt", "caption"]) Object.assign(entry.field(name), { lang });
    this.order.number();
    this.find("add").hidden = !this.room;
  }

  async carry(entry, file, options) {
    const { Carrying } = await import("./carrying.js");
    this.carried.set(entry.element, new Carrying(entry, file, { ...options, token: this.token }));
    this.carried.get(entry.element).go();
  }

  /* The rest of a photo that was under way when the page was left. */
  goOn({ entry, files: [file] }) {
    if (file) this.carry(entry, file, { key: entry.key });
  }

  takeOut({ checked, parentElement }) {
    const carrying = this.carried.get(parentElement.closest("[data-photo]"));
    if (["queued", "arriving", "lost"].includes(carrying?.entry.state)) carrying[checked ? "stop" : "go"]();
    this.changed();
  }
}

export default (group) => new Photos(group);
