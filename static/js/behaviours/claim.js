/* Takes the text that is open for its reader, says how long it is theirs, and lets it go when the page is left. */

const A_MINUTE = 60;
const A_PAGE = 5000; // the next one has come by then, or nothing was sent

class Claim {
  constructor(box) {
    Object.assign(this, { box, until: 0, isLeaving: true, said: null });
    this.take = box.querySelector("[data-claim-take]");
    this.letGo = box.querySelector("[data-claim-let-go]");
    this.clock = box.querySelector("[data-claim-clock]");
    this.token = this.take.elements.csrf_token.value;
    this.take.addEventListener("submit", (event) => { event.preventDefault(); this.ask(); });
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (event) => { if (event.persisted) this.ask(); });
    // A form that is sent decides or keeps by itself; the page that follows takes the text again.
    document.addEventListener("submit", () => {
      this.isLeaving = false;
      setTimeout(() => { this.isLeaving = true; }, A_PAGE);
    });
    document.addEventListener("visibilitychange", () => this.open());
    setInterval(() => this.show(), 1000);
    this.open();
  }

  /* A tab that nobody looks at yet takes nothing. */
  open() {
    if (!document.hidden && !this.until) this.ask();
  }

  async ask() {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    try {
      const answer = await fetch(this.box.dataset.claimUrl, { method: "POST", headers, body: "{}" });
      const told = await answer.json();
      if (!answer.ok) return this.lost(told.message);
      this.until = Date.now() + told.seconds * 1000;
      this.letGo.hidden = false;
      const button = this.take.querySelector("button");
      button.firstChild.textContent = button.dataset.wordsAgain;
      return this.show();
    } catch {
      return undefined; // without a connection it stays as it was; the button tries again
    }
  }

  lost(words) {
    this.until = 0;
    if (words) this.clock.textContent = this.box.querySelector("[data-claim-said]").textContent = words;
    this.box.classList.add("claim-held");
  }

  show() {
    if (!this.until) return;
    const seconds = Math.round((this.until - Date.now()) / 1000);
    if (seconds <= 0) return this.lost(this.box.dataset.wordsOver);
    const time = `${Math.floor(seconds / A_MINUTE)}:${String(seconds % A_MINUTE).padStart(2, "0")}`;
    this.clock.textContent = this.box.dataset.wordsLeft.replace("{time}", time);
    this.say(Math.ceil(seconds / A_MINUTE));
  }

  /* Read out when a minute is over, not every second. */
  say(minutes) {
    if (minutes === this.said) return;
    this.said = minutes;
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    const words = this.box.dataset.wordsMinutes.replace("{number}", numbers.format(minutes));
    this.box.querySelector("[data-claim-said]").textContent = words;
  }

  leave() {
    if (!this.until || !this.isLeaving) return;
    const body = new FormData(this.letGo);
    body.set("is_leaving", "1");
    navigator.sendBeacon(this.box.dataset.claimRelease, body);
  }
}

export default (box) => new Claim(box);
