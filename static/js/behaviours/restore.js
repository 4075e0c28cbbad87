/* Puts what this browser kept back into the form. Where newer text is on the server, the author chooses. */

import { drop, fieldsOf, kept } from "./keep.js";
import { drawMissing, missing, renumbered } from "./numbering.js";

function differs(form, fields) {
  const now = fieldsOf(form);
  return Object.keys({ ...now, ...fields }).some((name) => isTyped(form, name) && String(now[name]) !== String(fields[name]));
}

/* Hidden values belong to the page that carries them (versions, revisions), not to the typed text. */
function isTyped(form, name) {
  const control = form.elements[name];
  return Boolean(control) && control.type !== "hidden";
}

function fill(form, fields) {
  for (const control of form.elements) {
    if (control.type === "checkbox") control.checked = [fields[control.name] ?? []].flat().includes(control.value);
    else if (control.type === "radio") control.checked = fields[control.name] === control.value;
    else if (control.name in fields && isTyped(form, control.name)) control.value = fields[control.name];
  }
  if (fields.form_id) form.elements.form_id.value = fields.form_id;
  form.dispatchEvent(new CustomEvent("filled", { bubbles: true }));
}

export function restore(autosave) {
  const { form } = autosave;
  const copy = kept(form);
  if (!copy) return;
  copy.fields = renumbered(copy.fields);
  const isNewer = !copy.isStale && !autosave.isStale && copy.sequence >= autosave.sequence;
  if (isNewer) autosave.sequence = copy.sequence; // its last save may have arrived after this page was drawn
  if (!differs(form, copy.fields) && !missing(copy.fields).length) return void autosave.changed();
  const notice = document.querySelector("[data-keep-notice]");
  if (!notice) return;
  const before = fieldsOf(form);
  const use = notice.querySelector("[data-keep-use]");
  const take = () => {
    drawMissing(copy.fields);
    fill(form, copy.fields);
    autosave.sequence = Math.max(autosave.sequence, copy.sequence);
    if (use) use.hidden = true;
    autosave.changed();
  };
  use?.addEventListener("click", take);
  notice.querySelector("[data-keep-discard]").addEventListener("click", () => {
    drop(copy.fields.form_id);
    fill(form, before);
    autosave.changed();
    notice.hidden = true;
  });
  notice.hidden = false;
  if (isNewer) take();
}
