/* The browser's own copy of what is being typed. autosave.js says when to keep and when to drop it;
   a copy belongs to one member and one page, and goes when the server has acknowledged its text. */

const LIFETIME = 30 * 24 * 3600 * 1000;
const SKIPPED = new Set(["csrf_token", "action"]);

/* What is typed and chosen, a list where several boxes have one name; files go their own way. */
export function fieldsOf(form) {
  const pairs = [...new FormData(form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string");
  const fields = {};
  for (const [name, value] of pairs) fields[name] = name in fields ? [fields[name], value].flat() : value;
  return fields;
}

function read(key) {
  return JSON.parse(localStorage.getItem(key));
}

function pathKey(path) {
  return `draft-at:${path}`;
}

export function keep(form, sequence, extra = {}) {
  const copy = {
    fields: fieldsOf(form), sequence, path: location.pathname, at: Date.now(),
    owner: form.dataset.keepOwner ?? "", ...extra,
  };
  try {
    localStorage.setItem(`draft:${copy.fields.form_id}`, JSON.stringify(copy));
    localStorage.setItem(pathKey(copy.path), copy.fields.form_id);
    return true;
  } catch {
    return false; // private windows and full disks: the server's copy has to do
  }
}

export function drop(formId) {
  try {
    const copy = read(`draft:${formId}`);
    if (copy && localStorage.getItem(pathKey(copy.path)) === formId) localStorage.removeItem(pathKey(copy.path));
    localStorage.removeItem(`draft:${formId}`);
  } catch {
    // storage is shut: nothing was kept
  }
}

/* The copy for this page, if it is this member's and recent. */
export function kept(form) {
  try {
    const here = localStorage.getItem(pathKey(location.pathname));
    const copy = read(`draft:${form.elements.form_id.value}`) ?? read(`draft:${here}`);
    const isOurs = copy && copy.owner === (form.dataset.keepOwner ?? "") && Date.now() - copy.at < LIFETIME;
    return isOurs ? copy : null;
  } catch {
    return null;
  }
}
