/* Asks every ten seconds what became of the lines in sight, unless nobody looks; says it in their own second line. */

const EVERY = 10000;
const MOST = 50;

class Changes {
  constructor(list) {
    Object.assign(this, { list, timer: null });
    this.url = new URL(list.dataset.changesUrl, location.href);
    document.addEventListener("visibilitychange", () => (document.hidden ? this.stop() : this.ask()));
    if (!document.hidden) this.later();
  }

  stop() { this.timer = clearTimeout(this.timer) ?? null; }

  later() {
    this.stop();
    this.timer = setTimeout(() => this.ask(), EVERY);
  }

  async ask() {
    this.stop();
    const lines = [...this.list.querySelectorAll("[data-review]:not([data-state=closed])")].slice(0, MOST);
    this.url.searchParams.set("ids", lines.map((line) => line.dataset.review).join(","));
    if (this.list.dataset.changesSince) this.url.searchParams.set("since", this.list.dataset.changesSince);
    try {
      const answer = await fetch(this.url, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) return; // signed out, or no longer of the desk: the next click says so
      const { items, new: arrived } = await answer.json();
      for (const line of lines) this.mark(line, items[line.dataset.review]);
      this.tell(arrived);
    } catch {
      // no connection: asked again when it is time
    }
    if (!document.hidden) this.later();
  }

  mark(line, item) {
    if (!item || (line.dataset.state ?? "open") === item.state) return;
    const place = line.querySelector("[data-line]");
    line.dataset.before ??= place.textContent;
    line.dataset.state = item.state;
    place.textContent = item.words || line.dataset.before;
    const box = line.querySelector("[name=chosen]");
    if (box && item.state === "closed") Object.assign(box, { checked: false, disabled: true });
  }

  tell({ number, words, url }) {
    const place = document.querySelector("[data-changes-new]");
    if (!place || !number || place.textContent === words) return;
    const link = Object.assign(document.createElement("a"), { href: url, textContent: words });
    place.replaceChildren(link);
  }
}

export default (list) => new Changes(list);
