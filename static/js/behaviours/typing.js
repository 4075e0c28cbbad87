/* Changes a text as typing does: the browser can undo it, and whoever listens for input hears of it.
   An edit says what to put (text) between from and to, and what is selected after it (start, end). */

export function type(field, { from, to, text, start, end }) {
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated, and the only way into the browser's own history of undoing.
  const isDone = text ? document.execCommand("insertText", false, text) : from === to || document.execCommand("delete");
  if (!isDone) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}

/* Where the lines begin and end that a selection touches. */
export function linesAround(text, start, end = start) {
  const from = start === 0 ? 0 : text.lastIndexOf("\n", start - 1) + 1;
  const isPastLine = end > start && text[end - 1] === "\n"; // nothing of the last line is selected
  const to = text.indexOf("\n", isPastLine ? end - 1 : end);
  return [from, to < 0 ? text.length : to];
}
