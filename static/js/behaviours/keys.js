/* The desk by single keys. They press what is in the page; nothing here can be done only with them. Never while somebody
   types, never with a modifier, and they can be turned off (WCAG 2.2, 2.1.4). */

import { choose, chooseGround } from "./deciding.js";

const OFF = "desk-keys-off";
const TYPED_IN = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const ROWS = "[data-review] a[href^='/moderation/reviews/']";
const REPEATABLE = new Set(["j", "k"]);

const find = (selector) => document.querySelector(selector);

/* The Latin letter or digit of a key, whatever script the keyboard writes: Arabic, Persian and Thai digits end as ours do. */
function letter(event) {
  if (/^[٠-٩۰-۹๐-๙]$/.test(event.key)) return String(event.key.codePointAt(0) & 15);
  if (/^[a-z0-9?]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code === "Slash" && event.shiftKey) return "?";
  return /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1].toLowerCase() ?? "";
}

function stored(value) {
  try {
    if (value !== undefined) localStorage.setItem(OFF, value);
    return localStorage.getItem(OFF) === "1";
  } catch {
    return value === "1"; // storage is shut: the switch holds for this page
  }
}

class Keys {
  constructor(place) {
    Object.assign(this, { dialog: place.querySelector("dialog"), isOff: stored() });
    const [opener, change] = [place.querySelector("[data-keys-open]"), place.querySelector("[data-keys-switch]")];
    opener.hidden = false;
    opener.addEventListener("click", () => this.dialog.showModal());
    change.checked = !this.isOff;
    change.addEventListener("change", () => { this.isOff = stored(change.checked ? "0" : "1"); });
    document.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const key = letter(event);
    const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    const isTyping = event.target.matches?.(TYPED_IN) || this.dialog.open;
    if (!key || this.isOff || isHeld || isTyping || (event.repeat && !REPEATABLE.has(key))) return;
    if (this.act(key)) event.preventDefault();
  }

  /* Whether the key meant something here. */
  act(key) {
    if (key === "?") this.dialog.showModal();
    if (key === "?" || REPEATABLE.has(key)) return key === "?" || this.step(key === "j" ? 1 : -1);
    if (/^[1-9]$/.test(key)) return chooseGround(find("[data-grounds]"), Number(key));
    const button = find(`[data-key="${key}"]`);
    if (button?.checkVisibility()) button.click();
    else find(`[data-focus-key="${key}"]`)?.focus();
    return Boolean(button ?? find(`[data-focus-key="${key}"]`)) || choose(find(`[data-outcome-key="${key}"]:enabled`));
  }

  step(by) {
    const rows = [...document.querySelectorAll(ROWS)];
    const line = document.activeElement.closest("[data-review]");
    const here = rows.findIndex((row) => (line ? line.contains(row) : row.ariaCurrent === "page"));
    const next = rows[Math.min(Math.max(here + by, 0), rows.length - 1)];
    next?.focus();
    return Boolean(next);
  }
}

export default (place) => new Keys(place);
