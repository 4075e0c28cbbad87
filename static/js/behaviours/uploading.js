/* One upload as the server takes it: begun, measured, added to. The protocol is tus 1.0 (tus.io/protocols). */

import { words } from "./wording.js";

const UPLOADS = "/photos/uploads";
const BYTES = "application/offset+octet-stream";
const PIECE = 512 * 1024;
const PATIENCE = 120000;
const PASSING = new Set([408, 409, 423, 425, 429, 500, 502, 503, 504]);

/* Trying again by itself would not help; the message is for whoever sends. */
export class Refused extends Error {}
export class Another extends Refused {}
/* It would; the message is what the server says, and may be empty. */
export class Passing extends Error {}

const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function reason(status, told) {
  if (status === 400 || status === 401) return words("signed-out"); // or the page is older than the sign-in
  if (status === 404) return words("gone");
  return told.message || Object.values(told.errors ?? {}).flat()[0] || "";
}

export class Upload {
  constructor(file, { key, areas, token }) { Object.assign(this, { file, key, areas, token, offset: 0 }); }

  get part() { return this.offset / this.file.size; }

  stop() { this.asking?.abort(); }

  /* The areas stand first: nothing may ever cut them off. */
  async begin() {
    const metadata = { areas: JSON.stringify(this.areas), filename: this.file.name.slice(0, 120) };
    const answer = await this.ask("POST", UPLOADS, {
      "Upload-Length": `${this.file.size}`,
      "Upload-Metadata": Object.entries(metadata).map(([name, value]) => `${name} ${encoded(value)}`).join(","),
    });
    Object.assign(this, { key: (await answer.json()).key, offset: 0 });
  }

  async measure() {
    const { headers } = await this.ask("HEAD", `${UPLOADS}/${this.key}`);
    if (Number(headers.get("Upload-Length")) !== this.file.size) throw new Another(words("another"));
    this.offset = Number(headers.get("Upload-Offset"));
  }

  async add() {
    const read = this.file.slice(this.offset, this.offset + PIECE).arrayBuffer();
    const bytes = await read.catch(() => { throw new Refused(words("unreadable")); });
    const headers = { "Content-Type": BYTES, "Upload-Offset": `${this.offset}` };
    const answer = await this.ask("PATCH", `${UPLOADS}/${this.key}`, headers, bytes);
    this.offset = Number(answer.headers.get("Upload-Offset"));
  }

  async ask(method, url, headers, body) {
    this.asking = new AbortController();
    const { signal } = this.asking;
    const timer = setTimeout(() => this.stop(), PATIENCE);
    const own = { "Tus-Resumable": "1.0.0", "X-CSRFToken": this.token };
    const answer = await fetch(url, { method, headers: { ...own, ...headers }, body, signal })
      .finally(() => clearTimeout(timer));
    if (answer.ok) return answer;
    if (answer.status === 404) this.key = ""; // pressed again, it begins anew
    const said = reason(answer.status, await answer.json().catch(() => ({})));
    throw PASSING.has(answer.status) ? new Passing(said) : new Refused(said || words("refused"));
  }
}
