/* Says how the saving stands, in words the template gives: data-saved="Saved {time}", data-failed, data-stale,
   data-signed-out, data-refused="Not saved: {reason}". A good state is silent for screen readers, a bad one is read out. */

export function say(form, state, detail = "") {
  const place = form.querySelector("[data-autosave-state]") ?? document.querySelector("[data-autosave-state]");
  if (!place) return;
  const words = place.getAttribute(`data-${state}`) ?? "";
  place.setAttribute("aria-live", state === "saved" ? "off" : "polite");
  place.dataset.state = state;
  place.textContent = words.replace("{time}", clock(state === "saved" && detail)).replace("{reason}", detail);
  for (const way of document.querySelectorAll("[data-autosave-when]")) {
    way.hidden = way.dataset.autosaveWhen !== state;
    if (!way.hidden) leadBack(way);
  }
}

/* The address may have changed since the page was drawn: a new story has its own once it is saved. */
function leadBack(link) {
  const address = new URL(link.href, location.href);
  if (address.searchParams.has("next")) address.searchParams.set("next", location.pathname);
  link.href = address.href;
}

function clock(at) {
  const when = at ? new Date(at) : new Date();
  return when.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}
