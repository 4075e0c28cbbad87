/* Counts the seconds of an undo, and takes the offer away when they are over. */

export default function countdown(box) {
  const place = box.querySelector("[data-countdown]");
  const end = Date.now() + Number(box.dataset.seconds) * 1000;
  const numbers = new Intl.NumberFormat(document.documentElement.lang);

  function show() {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    place.textContent = place.dataset.countdown.replace("{seconds}", numbers.format(Math.max(0, seconds)));
    if (seconds > 0) return;
    clearInterval(timer);
    if (box.contains(document.activeElement)) document.getElementById("main")?.focus();
    box.querySelector("form").hidden = true;
  }

  const timer = setInterval(show, 250);
  // The address would offer it again: a page that is loaded anew need not ask.
  const here = new URL(location.href);
  here.searchParams.delete("decided");
  history.replaceState(null, "", here);
}
