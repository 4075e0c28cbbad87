/* Sends a file to its end, whatever becomes of the connection: waits, asks what has arrived, and goes on from there. */

import { Passing, Refused, Upload } from "./uploading.js";

const [FIRST_WAIT, LONGEST_WAIT] = [1000, 30000];

function pause(time) {
  return new Promise((go) => {
    const timer = setTimeout(end, time);
    function end() {
      clearTimeout(timer);
      removeEventListener("online", end);
      go();
    }
    addEventListener("online", end);
  });
}

export class Sending {
  /* `heard` is told of "begun" (the key), "arriving" (how much, 0 to 1) and "lost" (why, where the server says it). */
  constructor(file, { key = "", areas = [], token, heard }) {
    Object.assign(this, { upload: new Upload(file, { key, areas, token }), heard, isStopped: false });
  }

  stop() {
    this.isStopped = true;
    this.upload.stop();
  }

  start() { this.isStopped = false; }

  /* Whether all of it is there; not when it was stopped. Raises Refused. */
  async run() {
    for (let wait = FIRST_WAIT; !this.isStopped; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const before = this.upload.offset;
      try {
        await this.goOn();
        return true;
      } catch (error) {
        if (this.isStopped) return false;
        if (error instanceof Refused) throw error;
        if (this.upload.offset > before) wait = FIRST_WAIT;
        this.heard("lost", error instanceof Passing ? error.message : "");
      }
      await pause(wait);
    }
    return false;
  }

  async goOn() {
    const { upload } = this;
    if (upload.key) await upload.measure();
    else {
      await upload.begin();
      this.heard("begun", upload.key);
    }
    while (upload.part < 1) {
      this.heard("arriving", upload.part);
      await upload.add();
    }
  }
}
