/* HTML from a clipboard to Markdown: what can be seen of it, without its looks. Parsed inert: nothing in it is loaded
   or run. Whoever renders the text later cleans it anyway. */

import { blocksOf } from "./blocks.js";
import { join } from "./joining.js";

const STRUCTURE = `a[href], b, blockquote, del, em, h1, h2, h3, h4, h5, h6, i, img, li, p, s, strike, strong, table`;
const DROPPED = `audio, button, canvas, embed, head, iframe, input, link, meta, noscript, object, script, select, style,
  svg, template, textarea, title, video, xml, [hidden]`;
const HIDDEN = /display:\s*none|visibility:\s*hidden|mso-hide:\s*all|mso-element:\s*comment-list/i;
const WORD_ITEM = "p[data-style*='mso-list:' i][data-style*=' level']";
const WORD_SIGN = "[data-style*='mso-list:' i][data-style*='ignore' i]";
const DRAWN_SIGN = /^\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{M}\p{Emoji_Modifier}\u200d]*$/u;

/* Styles and scripts would be reported as refused by the page's own policy, even in a document that is never shown. */
function inert(html) {
  return html.replace(/<style\b[^>]*>[^]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s/"'])(style|on[a-z]+)(?=\s*=)/gi, "$1data-$2"));
}

/* Word writes lists as paragraphs that know their level, with the number as text in front. */
function nest(page) {
  let open = [];
  for (const item of page.querySelectorAll(WORD_ITEM)) {
    const level = Number(/level(\d+)/i.exec(item.dataset.style)?.[1] ?? 1);
    const sign = item.querySelector(WORD_SIGN);
    const tag = /^\W*[\p{L}\p{N}]{1,5}[.)]/u.test(sign?.textContent ?? "") ? "ol" : "ul";
    sign?.remove();
    if (item.previousElementSibling !== open[0]?.list) open = [];
    const isOver = (one) => one?.level > level || (one?.level === level && !one.list.matches(tag));
    while (isOver(open.at(-1))) open.pop();
    if (open.at(-1)?.level !== level) {
      const list = page.ownerDocument.createElement(tag);
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else item.before(list);
      open.push({ level, list });
    }
    const line = page.ownerDocument.createElement("li");
    line.append(...item.childNodes);
    open.at(-1).list.append(line);
    item.remove();
  }
}

/* Takes the pictures out; how many of them somebody will miss. */
function withoutPictures(page) {
  const pictures = [...page.querySelectorAll("img")].filter((one) => !DRAWN_SIGN.test(one.alt));
  for (const one of pictures) one.remove();
  return pictures.filter((one) => one.getAttribute("width") !== "1" && one.getAttribute("height") !== "1").length;
}

/* The Markdown and how many pictures it leaves out; null where the words alone say as much. */
export function pasted(html) {
  const page = new DOMParser().parseFromString(inert(html), "text/html").body;
  for (const one of page.querySelectorAll(DROPPED)) one.remove();
  for (const one of page.querySelectorAll("[data-style]")) if (HIDDEN.test(one.dataset.style)) one.remove();
  const isPlain = !page.querySelector(STRUCTURE);
  const pictures = withoutPictures(page);
  if (isPlain || !page.textContent.trim()) return null;
  nest(page);
  return { text: join(blocksOf(page)), pictures };
}
