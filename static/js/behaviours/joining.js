/* Blocks of Markdown put together: a block is its text and its kind ("line", "quote", "ul", "ol" or none). */

const CLOSE = new Set(["line", "ul", "ol"]);

export function quoted(text) {
  return text.replace(/^(?=.)/gm, "> ").replace(/^$/gm, ">");
}

/* What belongs to an item of a list stands under its words. */
export function indented(text, by) {
  return text.replace(/\n(?=[^\n])/g, `\n${" ".repeat(by)}`);
}

/* Blocks with an empty line between them; the lines of a text that knows no paragraphs, and lists in lists, without. */
export function join(blocks, { isTight = false } = {}) {
  let [text, before] = ["", ""];
  for (const block of blocks) {
    const isClose = CLOSE.has(block.kind) && (block.kind === before || (isTight && block.kind !== "line"));
    const gap = isClose ? "\n" : block.kind === "quote" && before === "quote" ? "\n>\n" : "\n\n";
    if (block.text) text += (text && gap) + block.text;
    if (block.text || block.kind === "line") before = block.text && block.kind;
  }
  return text;
}
