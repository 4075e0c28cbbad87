/* Bold and italic: what a press does to a text, and whether it is there already. Gives edits for typing.js. */

import { outside, wordAt } from "./words.js";

const SIGNS = { bold: "**", italic: "*" };
// What makes a line a heading, a quotation or a list stays outside of the stars.
const LINE_START = /^\s*(?:(?:#{1,6}|>|[-+*]|\d{1,9}[.)])\s+)*/;

/* What can be marked of a selection: line by line, because stars do not reach over the end of a paragraph. */
function parts({ text, start, end, language }) {
  if (start === end) return [wordAt(text, start, language)];
  const found = [];
  let from = start;
  for (const line of text.slice(start, end).split("\n")) {
    const isWhole = from === 0 || text[from - 1] === "\n";
    const lead = (isWhole ? LINE_START : /^\s*/).exec(line)[0].length;
    const length = line.trimEnd().length;
    if (lead < length) found.push([from + lead, from + length]);
    from += line.length + 1;
  }
  return found;
}

/* A part without stars of its own, and how many stand on both sides of it. */
function starred(text, [from, to]) {
  const [, first, , last] = /^(\**)(.*?)(\**)$/s.exec(text.slice(from, to));
  const own = Math.min(first.length, last.length);
  const [begin, end] = [from + own, to - own];
  const before = /\**$/.exec(text.slice(Math.max(0, begin - 3), begin))[0].length;
  const after = /^\**/.exec(text.slice(end, end + 3))[0].length;
  return { from: begin, to: end, stars: Math.min(before, after) };
}

function has(mark, { stars }) {
  return mark === "bold" ? stars >= 2 : stars % 2 === 1;
}

export function isMarked(mark, at) {
  const spots = parts(at).map((part) => starred(at.text, part));
  return spots.length > 0 && spots.every((spot) => has(mark, spot));
}

export function mark(mark, at) {
  const spots = parts(at).map((part) => starred(at.text, part));
  if (!spots.length) return null;
  const isOn = spots.every((spot) => has(mark, spot));
  const changes = spots.filter((spot) => isOn || !has(mark, spot))
    .map((spot) => (isOn ? bared(spot, SIGNS[mark]) : dressed(spot, SIGNS[mark], at.text)));
  const [from, to] = [changes[0].from, changes.at(-1).to];
  let [text, place] = ["", from];
  for (const change of changes) {
    text += at.text.slice(place, change.from) + change.sign + at.text.slice(...change.core) + change.sign;
    place = change.to;
  }
  if (changes.length > 1) return { from, to, text, start: from, end: from + text.length };
  const { core, sign } = changes[0];
  const [start, end] = [at.start, at.end].map((one) => Math.min(Math.max(one, core[0]), core[1]) - core[0]);
  const begin = from + sign.length;
  return { from, to, text, start: begin + start, end: begin + (at.start === at.end ? start : end) };
}

function bared({ from, to }, sign) {
  return { from: from - sign.length, to: to + sign.length, core: [from, to], sign: "" };
}

function dressed({ from, to }, sign, text) {
  const [first, last] = outside(text[from - 1] ?? "", text.slice(from, to), text[to] ?? "");
  return { from: from + first, to: to - last, core: [from + first, to - last], sign };
}
