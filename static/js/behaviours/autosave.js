/* Saves a form on the server while it is being typed, and in the browser until the server has said so. */

import { drop, fieldsOf, keep } from "./keep.js";
import { restore } from "./restore.js";
import { say } from "./say.js";

const [EVERY, SLOWEST] = [3000, 60000];

class Autosave {
  constructor(form) {
    Object.assign(this, { form, timer: null, wait: EVERY, isBusy: false, isDirty: false });
    this.isStale = "autosaveStale" in form.dataset; // the server has just refused this text as the older one
    this.sequence = Number(form.dataset.autosaveSequence ?? 0);
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.changed());
    form.addEventListener("submit", () => this.sent());
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.isDirty && !this.isSent && this.save({ keepalive: true }));
    addEventListener("pageshow", (event) => { if (event.persisted) this.isSent = false; });
    restore(this);
  }

  changed() {
    this.isDirty = true;
    keep(this.form, this.sequence, { isStale: this.isStale });
    this.later();
  }

  /* From here the form itself carries the text, as the next save; the copy stays until a page says it arrived. */
  sent() {
    keep(this.form, ++this.sequence, { isStale: this.isStale });
    this.isSent = true;
    this.asking?.abort();
    this.form.elements.sequence.value = this.sequence;
  }

  later() { if (!this.timer && !this.isStale) this.timer = setTimeout(() => this.save(), this.wait); }

  async save(options = {}) {
    this.timer = clearTimeout(this.timer) ?? null;
    if (this.isStale || this.isSent || !this.isDirty || (this.isBusy && !options.keepalive)) return;
    Object.assign(this, { isBusy: true, isDirty: false, asking: new AbortController() });
    keep(this.form, ++this.sequence); // with its number: the page may be gone before the answer comes
    const body = JSON.stringify({ ...fieldsOf(this.form), sequence: this.sequence });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrf_token.value };
    try {
      const sending = { method: "POST", headers, body, signal: this.asking.signal, ...options };
      const answer = await fetch(this.form.dataset.autosaveUrl, sending);
      this.answered(answer.status, await answer.json().catch(() => ({})));
    } catch {
      if (!this.isSent) this.failed();
    }
    this.isBusy = false;
    if (this.isDirty) this.later();
  }

  answered(status, told) {
    if (status === 200) return this.saved(told);
    if (status >= 500 || status === 429) return this.failed();
    this.isStale = status === 409;
    if (this.isStale) this.sequence = 0; // pressing "save" must be refused too, and say why
    keep(this.form, this.sequence, { isStale: this.isStale });
    const isOut = status < 404 && !told.errors;
    say(this.form, this.isStale ? "stale" : isOut ? "signed-out" : "refused", Object.values(told.errors ?? {}).flat()[0]);
  }

  saved({ sequence, saved_at: at, edit_url: url }) {
    Object.assign(this, { wait: EVERY, sequence: Math.max(this.sequence, sequence ?? 0) });
    drop(this.form.elements.form_id.value);
    if (url && new URL(url, location.href).pathname !== location.pathname) history.replaceState(null, "", url);
    if (this.isDirty || this.isSent) keep(this.form, this.sequence);
    say(this.form, "saved", at);
  }

  failed() {
    Object.assign(this, { isDirty: true, wait: Math.min(this.wait * 2, SLOWEST) });
    say(this.form, "failed");
  }
}

export default (form) => new Autosave(form);
