/* Keys held with Ctrl, or with ⌘ on a Mac: which button one means (data-mark-key, data-mark-shift), and its name. */

const IS_MAC = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

/* Letters by what the key writes, or by its place where it writes another script; numbers by their place. */
function named({ key, code }) {
  return (/^[a-z]$/i.test(key) ? key : /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? "").toLowerCase();
}

export function meant(bar, event) {
  const isHeld = IS_MAC ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  const key = named(event);
  if (!isHeld || event.altKey || !key) return null;
  return [...bar.querySelectorAll(`[data-mark-key="${key}"]`)]
    .find((button) => "markShift" in button.dataset === event.shiftKey) ?? null;
}

/* Writes the key beside the button's name; `control` is what the key is called in the reader's language. */
export function hint(button, control) {
  const key = button.dataset.markKey.toUpperCase();
  const isShifted = "markShift" in button.dataset;
  const place = button.querySelector("kbd");
  if (place) place.textContent = `${IS_MAC ? "" : `${control}+`}${isShifted ? "⇧" : ""}${IS_MAC ? "⌘" : ""}${key}`;
  button.setAttribute("aria-keyshortcuts", `${IS_MAC ? "Meta" : "Control"}+${isShifted ? "Shift+" : ""}${key}`);
}
