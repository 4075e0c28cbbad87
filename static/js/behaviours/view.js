/* Shows the photos of a page one at a time, large. Arrow keys and swipes go the way the page is read; Escape, and giving
   the focus back to the photo it was opened from, are the dialog's own. */

const SWIPE = 48; // px across, before a touch counts as one
const PHOTOS = "a[data-view]";

class Viewer {
  constructor(dialog) {
    this.dialog = dialog;
    this.isMirrored = getComputedStyle(dialog).direction === "rtl";
    this.numbers = new Intl.NumberFormat(document.documentElement.lang);
    document.addEventListener("click", (event) => this.open(event));
    dialog.addEventListener("keydown", (event) => this.press(event));
    dialog.addEventListener("click", (event) => this.click(event.target));
    dialog.addEventListener("pointerdown", (event) => { this.start = event; });
    dialog.addEventListener("pointerup", (event) => this.swipe(event));
  }

  /* A press that asks for a new tab or window gets it. */
  open(event) {
    const link = event.target.closest(PHOTOS);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.links = [...document.querySelectorAll(PHOTOS)];
    for (const button of this.dialog.querySelectorAll("[data-view-step]")) button.hidden = this.links.length < 2;
    this.dialog.showModal(); // first, for what is said in a closed one is not heard
    this.show(this.links.indexOf(link));
  }

  show(place) {
    this.place = (place + this.links.length) % this.links.length;
    const figure = this.links[this.place].closest("figure");
    const photo = figure.querySelector(".photo").cloneNode(true);
    for (const one of photo.querySelectorAll("[sizes]")) one.sizes = "100vw";
    const image = photo.querySelector(".photo-image");
    image.loading = "eager";
    // The hint's shape is nearly the photo's, and would look out behind it.
    image.decode().then(() => photo.querySelector(".photo-hint")?.remove(), () => {});
    this.one("stage").replaceChildren(photo);
    this.say(this.one("caption-here"), figure.querySelector("[data-view-caption]"));
    this.say(this.one("alt"), image, image.alt);
    const [report, own] = [this.one("report"), figure.querySelector(".photo-report")];
    report.hidden = !own;
    report.href = own?.href ?? "";
    this.one("count").textContent = this.dialog.dataset.viewWords
      .replace("{number}", this.numbers.format(this.place + 1))
      .replace("{total}", this.numbers.format(this.links.length));
  }

  say(place, from, words = from?.textContent ?? "") {
    place.textContent = words;
    place.toggleAttribute("lang", Boolean(from?.lang));
    if (from?.lang) place.lang = from.lang;
  }

  press(event) {
    const forward = this.isMirrored ? "ArrowLeft" : "ArrowRight";
    const back = this.isMirrored ? "ArrowRight" : "ArrowLeft";
    const places = { [forward]: this.place + 1, [back]: this.place - 1, Home: 0, End: this.links.length - 1 };
    if (!(event.key in places) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.show(places[event.key]);
  }

  click(target) {
    const button = target.closest("[data-view-step]");
    if (button) this.show(this.place + Number(button.dataset.viewStep));
    if (target.closest("[data-view-close]") || target.matches("[data-view-stage]")) this.dialog.close();
  }

  swipe(event) {
    const [across, down] = [event.clientX - this.start?.clientX, event.clientY - this.start?.clientY];
    if (event.pointerType === "mouse" || !(Math.abs(across) > Math.max(SWIPE, Math.abs(down)))) return;
    this.show(this.place + (across < 0 === this.isMirrored ? -1 : 1));
  }

  one(name) { return this.dialog.querySelector(`[data-view-${name}]`); }
}

export default (dialog) => new Viewer(dialog);
