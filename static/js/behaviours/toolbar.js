/* The buttons above a text and their keys. Every button in the bar joins the arrow keys; data-mark says what one sets. */

import { isLined, line, nextLine } from "./lining.js";
import { isLinked, link } from "./linking.js";
import { isMarked, mark } from "./marking.js";
import { rove } from "./roving.js";
import { hint, meant } from "./shortcuts.js";
import { type } from "./typing.js";

const INLINE = new Set(["bold", "italic"]);

function editFor(name, at) {
  if (name === "link") return link(at);
  return INLINE.has(name) ? mark(name, at) : line(name, at);
}

function isSet(name, at) {
  if (name === "link") return isLinked(at);
  return INLINE.has(name) ? isMarked(name, at) : isLined(name, at);
}

export default function toolbar(bar) {
  const field = document.getElementById(bar.dataset.toolbarFor);
  const marks = bar.querySelectorAll("[data-mark]");

  function here() {
    const { value: text, selectionStart: start, selectionEnd: end, form } = field;
    return { text, start, end, language: form?.elements.language?.value };
  }

  function show() {
    const at = here();
    for (const button of marks) button.ariaPressed = String(isSet(button.dataset.mark, at));
  }

  function press(button) {
    const edit = editFor(button.dataset.mark, here());
    if (edit) type(field, edit);
    show();
  }

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const button = meant(bar, event);
    const isEnter = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    const edit = isEnter ? nextLine(here()) : null;
    if (button || edit) event.preventDefault();
    if (button) press(button);
    if (edit) type(field, edit);
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (button) press(button);
  });
  bar.addEventListener("keydown", (event) => event.key === "Escape" && field.focus());
  document.addEventListener("selectionchange", () => document.activeElement === field && show());
  for (const button of marks) hint(button, bar.dataset.toolbarControl);
  bar.hidden = false;
  rove(bar);
}
