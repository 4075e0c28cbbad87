/* Pasted words that would be signs in Markdown stay words; a list that somebody typed by hand becomes one. */

const SIGNS = [
  [/\\(?=[!-/:-@[-`{-~])/g, "\\\\"],
  [/`/g, "\\`"],
  [/\*(?=\S)|(?<=\S)\*/g, "\\*"],
  [/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, "\\_"],
  [/~~/g, "\\~~"],
  [/\[(?=[^\]]*\][([:])/g, "\\["],
  [/<(?=[a-z][a-z0-9+.-]*:|[^\s<>@]+@)/gi, "\\<"],
];
const AT_LINE_STARTS = [
  [/^[•·▪◦‣⁃]\s+/, "- "],
  [/^(#{1,6}(?:\s|$)|>|\+\s|=+$|-+$)/, "\\$1"],
  [/^(\d{3,9})([.)]\s)/, "$1\\$2"], // a year, and no number of a list
];
const RULE = /^\s*(?:[*_-]\s*){3,}$/;

export function escape(text) {
  return SIGNS.reduce((words, [sign, instead]) => words.replace(sign, instead), text);
}

export function escapeLine(line) {
  return RULE.test(line.replaceAll("\\", "")) ? "* * *"
    : AT_LINE_STARTS.reduce((words, [sign, instead]) => words.replace(sign, instead), line);
}
