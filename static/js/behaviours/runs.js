/* The words inside a paragraph: a document's elements to runs of words that look alike, and these to Markdown. */

import { escape } from "./escaping.js";
import { address } from "./linking.js";
import { outside } from "./words.js";

const SIGNS = { bold: "**", italic: "*", struck: "~~" };
const LOOKS = ["href", ...Object.keys(SIGNS)];
const HOLDS_PLACE = /\u00a0(?=[:;!?»])|(?<=«)\u00a0/; // the narrow space of French

function looks(element, around) {
  const style = element.dataset.style ?? "";
  const [, weight] = /(?<![\w-])font-weight:\s*(\w+)/i.exec(style) ?? [];
  const [, slant] = /(?<![\w-])font-style:\s*(\w+)/i.exec(style) ?? [];
  return {
    bold: weight ? /bold/i.test(weight) || weight >= 600 : element.matches("b, strong") || around.bold,
    italic: slant ? /italic|oblique/i.test(slant) : element.matches("i, em") || around.italic,
    struck: around.struck || element.matches("s, strike, del") || /text-decoration[^;]*line-through/i.test(style),
    href: (element.matches("a[href]") && address(element.getAttribute("href"))) || around.href,
  };
}

/* What is in some nodes, in order; a forced line end is a run of its own. */
export function runsOf(nodes, around = {}) {
  return [...nodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [{ ...around, text: node.data.replace(/[ \t\r\n\f]+/g, " ") }];
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    if (node.matches("br")) return [{ ...around, text: "\n" }];
    if (node.matches("img")) return [{ ...around, text: node.alt }]; // what pasted.js left: a sign, drawn as a picture
    if (node.matches("code, kbd, samp, tt")) return [{ ...around, text: node.textContent.trim(), isCode: true }];
    return runsOf(node.childNodes, looks(node, around));
  });
}

function tidied(runs) {
  let before = "\n";
  return runs.map((run) => {
    const words = run.text.split(HOLDS_PLACE).map((part) => part.replaceAll("\u00a0", " ")).join("\u00a0");
    const text = words.replace(/ {2,}/g, " ").replace(/^ /, /\s/.test(before) ? "" : " ");
    before = text.at(-1) ?? before;
    return { ...run, text };
  }).filter((run) => run.text);
}

function widest(runs, at, left) {
  const ends = left.filter((look) => runs[at][look]).map((look) => {
    const end = runs.findIndex((run, place) => place > at && run[look] !== runs[at][look]);
    return [look, end < 0 ? runs.length : end];
  });
  return ends.reduce((best, one) => (one[1] > best[1] ? one : best), ["", at]);
}

function dress(look, run, words, before, after) {
  const [first, last] = look === "href" ? outside("", words, "") : outside(before, words, after);
  const core = words.slice(first, words.length - last);
  const link = core === escape(run.href ?? "") ? `<${run.href}>` : `[${core}](${run.href})`;
  const whole = look === "href" ? link : SIGNS[look] + core + SIGNS[look];
  return core.trim() ? words.slice(0, first) + whole + words.slice(words.length - last) : words;
}

function nested(runs, left) {
  let text = "";
  for (let at = 0; at < runs.length;) {
    const [look, end] = widest(runs, at, left);
    const { text: own, isCode } = runs[at];
    if (!look) text += isCode && !own.includes("`") ? `\`${own}\`` : escape(own);
    else {
      const after = left.some((one) => runs[end]?.[one]) ? "" : runs[end]?.text[0] ?? "";
      const words = nested(runs.slice(at, end), left.filter((one) => one !== look));
      text += dress(look, runs[at], words, text.at(-1) ?? "", after);
    }
    at = look ? end : at + 1;
  }
  return text;
}

/* Markdown for some runs, on one line but for forced line ends; `isBare` leaves bold and italic away. */
export function write(runs, { isBare = false } = {}) {
  return nested(tidied(runs), isBare ? ["href"] : LOOKS).replace(/ *\n */g, "\n").trim();
}
