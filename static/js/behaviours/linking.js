/* Links: what a press, or an address pasted over words, does to a text. Gives edits for typing.js. */

import { linesAround } from "./typing.js";

const LINK = /\[((?:[^[\]\\]|\\.)*)\]\(([^()\s]*)\)/g;
const FIRST = "https://";
const LAWFUL = new Set(["http:", "https:", "mailto:"]);

/* The address as it may stand in a text, or "" when nobody may link there; the rules are those of kit/markup.py. */
export function address(words) {
  try {
    const url = new URL(words.trim());
    const isNamed = url.protocol === "mailto:" ? url.pathname : url.hostname && !url.username && !url.password;
    if (/\s/.test(words.trim()) || !LAWFUL.has(url.protocol) || !isNamed) return "";
    return words.trim().replace(/[()<>\\]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  } catch {
    return ""; // no address at all
  }
}

function linkAt({ text, start, end }) {
  const [from, to] = linesAround(text, start, end);
  for (const { 0: whole, 1: words, 2: url, index } of text.slice(from, to).matchAll(LINK)) {
    const begin = from + index;
    if (begin <= start && end <= begin + whole.length) return { begin, end: begin + whole.length, words: words || url };
  }
  return null;
}

export function isLinked(at) {
  return linkAt(at) !== null;
}

function edit(from, to, words, url, selected) {
  const text = `[${words}](${url})`;
  const [start, length] = selected === "words" ? [from + 1, words.length] : [from + words.length + 3, url.length];
  return { from, to, text, start, end: start + length };
}

export function link(at) {
  const there = linkAt(at);
  if (there) {
    const { begin, end, words } = there;
    return { from: begin, to: end, text: words, start: begin, end: begin + words.length };
  }
  const selected = at.text.slice(at.start, at.end);
  const words = selected.trim();
  const from = at.start + selected.indexOf(words);
  if (/\n\s*\n/.test(words)) return null;
  const url = address(words);
  if (url) return edit(from, from + words.length, "", url, "words");
  return edit(from, from + words.length, words, FIRST, words ? "address" : "words");
}

/* An address pasted over words makes a link of them; over another address it takes its place, as usual. */
export function linkOver(at, pasted) {
  const words = at.text.slice(at.start, at.end);
  const url = address(pasted);
  if (!url || !words.trim() || words.includes("\n") || address(words) || isLinked(at)) return null;
  const text = `[${words.trim()}](${url})`;
  const whole = words.replace(words.trim(), () => text);
  return { from: at.start, to: at.end, text: whole, start: at.start + whole.length, end: at.start + whole.length };
}
