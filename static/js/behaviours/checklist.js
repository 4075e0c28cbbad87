/* Ticks off what is there: an item names its controls (data-check), how long they are (data-check-least), what else has
   to be there for it to matter (data-check-if) and which box takes a control out (data-check-unless, the end of a
   name in a list). An item without controls is not shown. */

function isFilled(control, least) {
  return control.type === "checkbox" ? control.checked : [...control.value.trim()].length >= least;
}

export default function checklist(list) {
  const form = list.closest("form");
  const doubt = list.querySelector("[data-check-doubt]");
  let likely = null;

  function isLeftOut({ name }, ending) {
    return Boolean(ending && form.elements[name.replace(/[^-]+$/, ending)]?.checked);
  }

  function tick(item) {
    const { check, checkLeast: least = 1, checkIf: other, checkUnless: ending } = item.dataset;
    const controls = [...form.querySelectorAll(check)].filter((one) => !isLeftOut(one, ending));
    const isInDoubt = item.contains(doubt) && !doubt.hidden;
    const isDone = !isInDoubt && controls.every((one) => isFilled(one, Number(least)));
    item.hidden = !controls.length || Boolean(other && !form.querySelector(other));
    item.dataset.isDone = isDone;
    item.querySelector("[data-check-said]").textContent = isDone ? list.dataset.done : list.dataset.open;
  }

  /* A guess is no verdict: it only asks for a second look. */
  function wonder() {
    const choice = form.elements.language;
    const name = (code) => [...choice.options].find((option) => option.value === code)?.text;
    doubt.hidden = !likely || !name(likely) || likely === choice.value;
    if (doubt.hidden) return;
    doubt.textContent = doubt.dataset.checkDoubt.replace("{chosen}", name(choice.value)).replace("{likely}", name(likely));
  }

  function look() {
    wonder();
    for (const item of list.querySelectorAll("[data-check]")) tick(item);
  }

  form.addEventListener("guessed", ({ detail }) => { likely = detail; look(); });
  for (const kind of ["input", "change", "filled"]) form.addEventListener(kind, look);
  look();
}
