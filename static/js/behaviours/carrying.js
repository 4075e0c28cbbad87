/* Carries a photo from this device into the list: sent, two at a time, then prepared. */

import { prepared } from "./preparing.js";
import { Sending } from "./sending.js";
import { Another, Refused } from "./uploading.js";
import { announce, words } from "./wording.js";

const AT_ONCE = 2;
const waiting = [];
let underway = 0;

async function inTurn(act) {
  if (underway < AT_ONCE) underway += 1;
  else await new Promise((go) => { waiting.push(go); });
  try {
    return await act();
  } finally {
    if (waiting.length) waiting.shift()();
    else underway -= 1;
  }
}

export class Carrying {
  /* `begun` is called when the server has given it a key. */
  constructor(entry, file, { key, areas, token, begun = () => {} }) {
    const heard = (what, detail) => this.hear(what, detail);
    Object.assign(this, { entry, begun, sending: new Sending(file, { key, areas, token, heard }), isGoing: false });
  }

  stop() { this.sending.stop(); }

  async go() {
    this.sending.start();
    if (this.isGoing) return;
    this.isGoing = true;
    this.entry.is("queued");
    try {
      if (await inTurn(() => this.sending.run())) await prepared(this.entry);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const isAnother = error instanceof Another;
      this.stand(isAnother ? "unfinished" : "stopped", isAnother ? error.message : words("stopped", { reason: error.message }));
    } finally {
      this.isGoing = false;
    }
  }

  stand(state, said) {
    if (this.entry.state === state && this.entry.find("state").textContent === said) return;
    this.entry.is(state, said);
    announce(words("failed", { name: this.entry.name, reason: said }));
  }

  hear(what, detail) {
    const { entry } = this;
    if (what === "arriving") entry.arrives(detail);
    else if (what === "begun") {
      entry.begin(detail);
      this.begun(detail);
    } else this.stand("lost", detail || words("lost"));
  }
}
