/* Holds the form back while photos are on their way, and says so; pressed again, it goes off as a draft without them. */

import { words } from "./wording.js";

const SENT = new Set(["queued", "arriving", "lost"]);
const STUCK = new Set(["stopped", "unfinished", "failed", "gone"]);

class Hold {
  constructor(form, list) {
    Object.assign(this, { form, list, place: form.querySelector("[data-photos-held]"), button: null, isOff: false });
    // On the document and first: whoever listens at the form hears only of what goes off.
    document.addEventListener("submit", (event) => event.target === form && this.submit(event), true);
    for (const kind of ["photo", "change"]) list.addEventListener(kind, () => this.look());
    addEventListener("beforeunload", (event) => { if (!this.isOff && this.isUnderway()) event.preventDefault(); });
    addEventListener("pageshow", () => this.release());
  }

  get states() {
    const meant = [...this.list.children].filter((entry) => !entry.querySelector("[name$='-remove']").checked);
    return meant.map((entry) => entry.dataset.state);
  }

  /* A draft needs no photo to be prepared. */
  isUnderway(button) {
    return this.states.some((state) => SENT.has(state) || (state === "waiting" && button?.value === "submit"));
  }

  /* A story is never sent without a photo its author believes to be in it. */
  isStuck(button) { return button?.value === "submit" && this.states.some((state) => STUCK.has(state)); }

  submit(event) {
    const isStuck = this.isStuck(event.submitter);
    if (this.isOff || !(this.button || isStuck || this.isUnderway(event.submitter))) return;
    event.preventDefault();
    event.stopPropagation();
    if (isStuck) return void this.release(words("not-all"));
    // Later: while a form is being submitted, it cannot be submitted.
    if (this.button) return void setTimeout(() => this.send(this.form.querySelector("button[name=action][value=save]")));
    this.button = event.submitter;
    this.button?.setAttribute("aria-busy", "true");
    this.place.textContent = words("held");
  }

  look() {
    if (!this.button || this.isUnderway(this.button)) return;
    if (this.isStuck(this.button)) this.release(words("not-all"));
    else this.send(this.button);
  }

  send(button) {
    this.release();
    this.isOff = true;
    this.form.requestSubmit(button);
  }

  release(said = "") {
    this.button?.removeAttribute("aria-busy");
    Object.assign(this, { button: null, isOff: false });
    this.place.textContent = said;
  }
}

export const hold = (form, list) => new Hold(form, list);
