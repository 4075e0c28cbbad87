/* Puts a photo into the text: a line of its own after the paragraph the caret is in. */

import { linesAround, type } from "./typing.js";
import { announce, words } from "./wording.js";

const mark = (key) => `![](photo:${key})`;

function end(text, at) {
  const [from, to] = linesAround(text, at);
  if (!text.slice(from, to).trim()) return at;
  const blank = /\n[ \t]*(?:\n|$)/.exec(text.slice(to));
  return blank ? to + blank.index : text.length;
}

function editFor(text, at, key) {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const first = before.trim() ? "\n".repeat(Math.max(0, 2 - /\n*$/.exec(before)[0].length)) : "";
  const last = "\n".repeat(Math.max(0, 2 - /^\n*/.exec(after)[0].length));
  const next = at + first.length + mark(key).length + 2; // what is typed next begins a paragraph
  return { from: at, to: at, text: first + mark(key) + last, start: next, end: next };
}

/* After the photo `behind`, where that is in the text; else at the caret, or at the end of a text nobody was in.
   `isAsked` leads the writer to it, otherwise what they are at is left alone. */
export function put(field, key, { behind = "", isWrittenIn = false, isAsked = false } = {}) {
  const { value: text } = field;
  if (text.includes(mark(key))) {
    const at = text.indexOf(mark(key));
    field.focus();
    field.setSelectionRange(at, at + mark(key).length);
    return announce(words("put-already"));
  }
  const other = behind ? text.indexOf(mark(behind)) : -1;
  const caret = isWrittenIn ? field.selectionEnd : text.length;
  const edit = editFor(text, other < 0 ? end(text, caret) : other + mark(behind).length, key);
  if (isAsked || document.activeElement === field) type(field, edit);
  else {
    field.setRangeText(edit.text, edit.from, edit.to, "preserve");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return announce(words("put"));
}
