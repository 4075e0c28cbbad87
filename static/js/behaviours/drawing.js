/* Areas by mouse, pen or finger: drawn, dragged, and enlarged by their handle; two presses are two opposite corners. */

import { WHOLE } from "./box.js";
import { worded } from "./wording.js";

const SLIP = 5; // pixels a finger may move while it presses

/* Gives what ends a drawing that has only one corner yet. */
export function drawing(brush) {
  const { stage, picture } = brush;
  const marker = Object.assign(document.createElement("span"), { className: "brush-corner" });
  let act = null;
  let corner = null;

  function spot({ clientX, clientY }) {
    const { left, top, width, height } = picture.getBoundingClientRect();
    return [((clientX - left) / width) * WHOLE, ((clientY - top) / height) * WHOLE]
      .map((part) => Math.min(Math.max(part, 0), WHOLE));
  }

  function mark(at) {
    corner = at;
    marker.remove();
    if (!at) return;
    const [start, top] = at.map((part) => `${(part * 100) / WHOLE}%`);
    Object.assign(marker.style, { insetInlineStart: start, insetBlockStart: top });
    stage.append(marker);
    brush.say(worded(brush.place, "corner"));
  }

  function drawn(from, to) {
    const box = brush.add([...from, 0, 0]);
    box?.between(from, to);
    return box;
  }

  function begin(event) {
    if (act || event.button || !event.isPrimary) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    const box = corner ? null : brush.boxOf(event.target);
    const isHandle = box && event.target.matches(".brush-handle");
    act = { box, kind: isHandle ? "stretch" : "move", from: spot(event), at: box?.at, x: event.clientX, y: event.clientY };
    box?.element.focus();
  }

  function go(event) {
    if (!act || (!act.isMoved && Math.hypot(event.clientX - act.x, event.clientY - act.y) < SLIP)) return;
    act.isMoved = true;
    const to = spot(event);
    const [dx, dy] = [to[0] - act.from[0], to[1] - act.from[1]];
    if (!act.at) {
      act.box ??= drawn(act.from, to);
      act.box?.between(act.from, to);
    } else if (act.kind === "stretch") act.box.stretch(act.at[2] + dx, act.at[3] + dy);
    else act.box.put(act.at[0] + dx, act.at[1] + dy, act.at[2], act.at[3]);
  }

  function end() {
    const { box, from, isMoved } = act ?? {};
    act = null;
    if (!from || (box && !isMoved)) return;
    const made = box ?? (isMoved || !corner ? null : drawn(corner, from));
    mark(made || isMoved ? null : from);
    made?.element.focus();
    if (made) brush.tell(made);
  }

  for (const [kind, act_] of [["pointerdown", begin], ["pointermove", go], ["pointerup", end], ["pointercancel", end]]) {
    stage.addEventListener(kind, act_);
  }
  return () => mark(null);
}
