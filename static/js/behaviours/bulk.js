/* Sends what is chosen five at a time and shows how far it is; then leads to the report of all of it. */

const AT_ONCE = 5;

export default function bulk(form) {
  const progress = form.querySelector("[data-bulk-progress]");
  const number = form.querySelector("[data-bulk-number]");
  const boxes = () => [...form.querySelectorAll("[name=chosen]:checked:not(:disabled)")];
  const needsWords = (outcome) => !form.elements.explanation && !["approve", "keep"].includes(outcome);
  let isSending = false;

  function count() {
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    if (number) number.textContent = number.dataset.bulkNumber.replace("{number}", numbers.format(boxes().length));
  }

  async function send(values, submitter) {
    const body = new FormData(form, submitter);
    body.delete("chosen");
    for (const value of values) body.append("chosen", value);
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
    if (!answer.ok || !answer.headers.get("Content-Type").includes("json")) throw new Error(`${answer.status}`);
    return answer.json();
  }

  async function sendAll(submitter) {
    const values = boxes().map((box) => box.value);
    const told = { done: [], left: [] };
    Object.assign(progress, { hidden: false, max: values.length, value: 0 });
    while (values.length) {
      const some = values.slice(0, AT_ONCE);
      const { done, left } = await send(some, submitter);
      values.splice(0, AT_ONCE);
      if (done) told.done.push(done);
      if (left) told.left.push(left);
      progress.value += some.length;
    }
    const report = new URL(form.action);
    for (const [name, all] of Object.entries(told)) if (all.length) report.searchParams.set(name, all.join(","));
    location.assign(report);
  }

  form.addEventListener("submit", (event) => {
    if (isSending) return event.preventDefault();
    const outcome = event.submitter?.name === "outcome" ? event.submitter.value : form.elements.outcome?.value;
    // Where words are missing, or nothing is chosen, the server's own page says so.
    if (boxes().length <= AT_ONCE || needsWords(outcome) || event.submitter?.name === "template") return undefined;
    event.preventDefault();
    isSending = true;
    // What was refused, or never arrived, is sent as it is: the page that comes back says what is wrong.
    return sendAll(event.submitter).catch(() => form.submit());
  });
  form.addEventListener("change", count);
  count();
}
