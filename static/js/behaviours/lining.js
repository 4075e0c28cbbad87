/* Headings, quotations and lists: what a press does to the lines of a selection, and what Enter goes on with. */

import { linesAround } from "./typing.js";

const KINDS = {
  heading: { is: /^#{1,6}\s+/, sign: () => "## " },
  quote: { is: /^>\s?/, sign: () => "> " },
  list: { is: /^[-+*]\s+/, sign: () => "- " },
  numbers: { is: /^\d{1,9}[.)]\s+/, sign: (number) => `${number}. ` },
};
const INSTEAD = [KINDS.heading, KINDS.list, KINDS.numbers];
const GOES_ON = /^(\s*(?:>\s?)*)(?:([-+*])|(\d{1,8})([.)]))?(\s+)?/;

/* [what stands before the sign, the rest]: a list can be in a quotation, or deeper in another list. */
function split(kind, line) {
  const before = kind === "quote" ? "" : /^(?:>\s?)*\s*/.exec(line)[0];
  return [before, line.slice(before.length)];
}

function has(kind, line) {
  return KINDS[kind].is.test(split(kind, line)[1]);
}

function without(kind, line) {
  const [before, rest] = split(kind, line);
  return before + rest.replace(KINDS[kind].is, "");
}

function withSign(kind, line, number) {
  const [before, rest] = split(kind, line);
  const other = kind !== "quote" && INSTEAD.find((one) => one.is.test(rest));
  return before + KINDS[kind].sign(number) + (other ? rest.replace(other.is, "") : rest);
}

function rowsOf({ text, start, end }) {
  const [from, to] = linesAround(text, start, end);
  const lines = text.slice(from, to).split("\n");
  return { from, to, lines, isMeant: (line) => lines.length === 1 || line.trim() !== "" };
}

export function isLined(kind, at) {
  const { lines, isMeant } = rowsOf(at);
  return lines.filter(isMeant).every((line) => has(kind, line)) && lines.some(isMeant);
}

/* A list or quotation right under another paragraph would swallow the next line, so an empty one parts them. */
function parted(kind, line) {
  const isAlike = kind === "quote" ? has("quote", line) : has("list", line) || has("numbers", line);
  return kind !== "heading" && line.trim() && !isAlike ? "\n" : "";
}

export function line(kind, at) {
  const { from, to, lines, isMeant } = rowsOf(at);
  const isOn = isLined(kind, at);
  let number = 0;
  const changed = lines.map((one) => {
    if (!isMeant(one)) return one;
    return isOn ? without(kind, one) : withSign(kind, one, ++number);
  }).join("\n");
  const before = isOn || !from ? "" : parted(kind, at.text.slice(0, from - 1).split("\n").at(-1));
  const after = isOn ? "" : parted(kind, at.text.slice(to + 1).split("\n", 1)[0]);
  const [begin, end] = [from + before.length, from + before.length + changed.length];
  const caret = Math.max(begin, end - (to - at.end));
  const [first, last] = at.start === at.end ? [caret, caret] : [begin, end];
  return { from, to, text: before + changed + after, start: first, end: last };
}

/* What Enter does at the end of a list's or quotation's line: the next begins alike; an empty one ends it. */
export function nextLine({ text, start, end }) {
  const [from, to] = linesAround(text, start);
  const [sign, before, point, number, dot, space = ""] = GOES_ON.exec(text.slice(from, start));
  const isInside = (point || number) ? space : before.includes(">");
  if (start !== end || !isInside) return null;
  if (!text.slice(from + sign.length, to).trim()) return { from, to: start, text: "", start: from, end: from };
  const next = `\n${before}${point ?? (number ? Number(number) + 1 + dot : "")}${point || number ? space : ""}`;
  return { from: start, to: start, text: next, start: start + next.length, end: start + next.length };
}
