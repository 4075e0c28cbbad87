/* Paragraphs, headings, lists, quotations and tables of a document, as Markdown. */

import { escapeLine } from "./escaping.js";
import { indented, join, quoted } from "./joining.js";
import { runsOf, write } from "./runs.js";

const BLOCKS = `address, article, aside, blockquote, body, center, dd, details, div, dl, dt, fieldset, figcaption,
  figure, footer, form, h1, h2, h3, h4, h5, h6, header, hr, li, main, nav, ol, p, pre, section, summary, table, ul`;
const HEADINGS = "h1, h2, h3, h4, h5, h6, .MsoTitle";
const QUOTES = "blockquote, .MsoQuote, .MsoIntenseQuote";

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
const isBlock = (node) => isElement(node) && (node.matches(BLOCKS) || node.querySelector(BLOCKS) !== null);

/* Two line ends in a row part paragraphs, as writers mean it who know no other way. */
function paragraphs(nodes, kind) {
  const texts = write(runsOf(nodes)).split(/\n{2,}/);
  return texts.map((text) => ({ kind, text: text.split("\n").map(escapeLine).join("\n") }));
}

function heading(element) {
  const text = write(runsOf(element.childNodes), { isBare: true }).replaceAll("\n", " ");
  return { text: text && `${element.matches("h1, h2, .MsoTitle") ? "##" : "###"} ${text}` };
}

function list(element) {
  const isNumbered = element.matches("ol");
  const first = Math.max(Number(element.getAttribute("start") ?? 1), 0) || 1;
  const items = [];
  for (const child of element.children) {
    if (child.matches("ul, ol") && items.length) items.at(-1).push(list(child)); // as Google Docs nests them
    else items.push(child.matches("li") ? blocksOf(child) : blocksOf({ childNodes: [child] }));
  }
  const lines = items.map((blocks) => join(blocks, { isTight: true })).filter(Boolean).map((text, number) => {
    const sign = isNumbered ? `${first + number}. ` : "- ";
    return sign + indented(text, sign.length);
  });
  return { kind: element.localName, text: lines.join("\n") };
}

/* A line for each row; a table that only lays a page out is what stands in it. */
function table(element) {
  const rows = [...element.rows].map((row) => [...row.cells]);
  if (rows.every((cells) => cells.length < 2)) return rows.flat().flatMap((cell) => blocksOf(cell));
  const lines = rows.map((cells) => cells.map((cell) => join(blocksOf(cell)).replace(/\s+/g, " ")).filter(Boolean));
  return [{ text: lines.filter((cells) => cells.length).map((cells) => cells.join(" | ")).join("\n") }];
}

function blockOf(element) {
  if (element.matches(HEADINGS)) return [heading(element)];
  if (element.matches("ul, ol")) return [list(element)];
  if (element.matches("table")) return table(element);
  if (element.matches("hr")) return [{ text: "* * *" }];
  if (element.matches("pre")) return [{ text: `\`\`\`\n${element.textContent.replace(/\n$/, "")}\n\`\`\`` }];
  const isLine = element.matches("div") && ![...element.childNodes].some(isBlock);
  const blocks = isLine ? paragraphs(element.childNodes, "line") : blocksOf(element);
  return element.matches(QUOTES) ? [{ kind: "quote", text: quoted(join(blocks)) }] : blocks;
}

export function blocksOf({ childNodes }) {
  const groups = [];
  for (const node of childNodes) {
    if (isBlock(node)) groups.push(node);
    else if (Array.isArray(groups.at(-1))) groups.at(-1).push(node);
    else groups.push([node]);
  }
  return groups.flatMap((group) => (Array.isArray(group) ? paragraphs(group) : blockOf(group)));
}
