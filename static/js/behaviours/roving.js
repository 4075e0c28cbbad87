/* One stop for the Tab key in a bar of buttons; from there the arrow keys go, mirrored where the writing is. */

export function rove(bar) {
  const buttons = () => [...bar.querySelectorAll("button:enabled")].filter((one) => one.checkVisibility());

  function choose(chosen) {
    for (const button of buttons()) button.tabIndex = button === chosen ? 0 : -1;
  }

  bar.addEventListener("focusin", (event) => choose(event.target.closest("button")));
  bar.addEventListener("keydown", (event) => {
    const forth = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const all = buttons();
    const here = all.indexOf(event.target.closest("button"));
    const place = { ArrowLeft: here - 1, ArrowRight: here - 1, [forth]: here + 1, Home: 0, End: -1 }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    all.at(place % all.length).focus();
  });
  choose(buttons()[0]);
}
