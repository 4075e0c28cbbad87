/* What comes from a word processor or a web page is put in as clean Markdown; an address over words links them. */

import { linkOver } from "./linking.js";
import { type } from "./typing.js";

const LONGEST = 4_000_000; // characters of HTML; more than this would keep the page from answering
const BLOCK = /\n|^(?:#{2,3}|>|-|\d+\.|\*) /;

/* Paragraphs, headings and lists stand apart from the words around them. */
function between(at, words) {
  const [before, after] = [at.text.slice(0, at.start), at.text.slice(at.end)];
  const isBlock = BLOCK.test(words);
  const gap = (ends) => "\n".repeat(isBlock && ends !== null ? Math.max(0, 2 - ends.length) : 0);
  const first = gap(before.trim() ? /\n*$/.exec(before)[0] : null);
  const last = gap(after.trim() ? /^\n*/.exec(after)[0] : null);
  const text = first + words + last;
  const end = at.start + text.length - last.length;
  return { from: at.start, to: at.end, text, start: end, end };
}

export default function paste(field) {
  const told = document.querySelector(`[data-paste-told="${field.id}"]`);
  let isPlain = false;
  let convert = null; // comes when somebody begins to write, so that reading the page does not wait for it

  const here = () => ({ text: field.value, start: field.selectionStart, end: field.selectionEnd });
  const converter = () => import("./pasted.js").then(({ pasted }) => { convert = pasted; });

  function editFor(html) {
    const found = convert(html);
    if (told) told.textContent = found?.pictures ? told.dataset.pictures : "";
    return found?.text ? between(here(), found.text) : null;
  }

  async function later(html, words) {
    const edit = await converter().then(() => editFor(html)).catch(() => null); // no connection: the words alone
    const { start, end } = here();
    type(field, edit ?? { from: start, to: end, text: words, start: start + words.length, end: start + words.length });
  }

  function put(event) {
    const { types } = event.clipboardData;
    const [html, words] = ["text/html", "text/plain"].map((kind) => event.clipboardData.getData(kind));
    const isMarkup = html && words.trim() && html.length < LONGEST && !types.includes("vscode-editor-data");
    const link = linkOver(here(), words);
    const isEarly = isMarkup && !link && !convert;
    const edit = link ?? (isMarkup && convert ? editFor(html) : null);
    if (edit || isEarly) event.preventDefault();
    if (edit) type(field, edit);
    if (isEarly) later(html, words.replace(/\r\n?/g, "\n"));
  }

  field.addEventListener("focus", () => converter().catch(() => {}), { once: true });
  // Browsers give only the words when these are asked for; this is for those that do not.
  field.addEventListener("keydown", ({ code, shiftKey, ctrlKey, metaKey }) => {
    isPlain = code === "KeyV" && shiftKey && (ctrlKey || metaKey);
  });
  field.addEventListener("paste", (event) => {
    if (!isPlain) put(event);
    isPlain = false;
  });
  for (const help of document.querySelectorAll("[data-paste-help]")) help.hidden = false;
}
