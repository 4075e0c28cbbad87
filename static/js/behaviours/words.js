/* Where words begin and end, in any script; how many there are, and how long one reads them. */

import { linesAround } from "./typing.js";

// As in kit/text.py: what counts as a word by itself, what has no spaces, what parts words with a mark of its own.
const HAN = /[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;
const KANA = /[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d]/gu;
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f]+/gu;
const WORD_MARKS = /[\u1361\u0f0b\u0f0c]/gu;
const [WORDS_PER_MINUTE, HAN_PER_MINUTE, JAPANESE_PER_MINUTE, LETTERS_PER_WORD] = [238, 255, 357, 4];

const how = (text, pattern) => text.match(pattern)?.length ?? 0;
const unspaced = (text) => text.match(UNSPACED) ?? [];
const letters = (text) => unspaced(text).reduce((sum, run) => sum + how(run, /\p{Lo}/gu), 0);

/* The words between marks: what a reader reads of a Markdown text. */
export function readable(markdown) {
  return markdown.replace(/!\[[^\]]*\]\([^)]*\)/g, " ").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[ >]*\d{1,9}[.)]\s/gm, " ");
}

function segmenter(language) {
  try {
    return new Intl.Segmenter(language || undefined, { granularity: "word" });
  } catch {
    return null; // an old browser, or a language it has not heard of
  }
}

function spaced(text) {
  const rest = [HAN, KANA, UNSPACED, WORD_MARKS].reduce((left, pattern) => left.replace(pattern, " "), text);
  return rest.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/* Han and kana count one by one, as in word processors; Thai, Lao, Khmer and Myanmar by the browser's dictionary. */
export function wordCount(text, language) {
  const words = segmenter(language);
  const inRuns = words
    ? unspaced(text).reduce((sum, run) => sum + [...words.segment(run)].filter((one) => one.isWordLike).length, 0)
    : Math.ceil(letters(text) / LETTERS_PER_WORD);
  return spaced(text) + inRuns + how(text, HAN) + how(text, KANA);
}

/* As kit/text.py reckons, so that the story's page says the same. */
export function readingMinutes(text) {
  const [han, kana] = [how(text, HAN), how(text, KANA)];
  const words = spaced(text) + letters(text) / LETTERS_PER_WORD;
  const minutes = words / WORDS_PER_MINUTE + (kana + han) / (kana ? JAPANESE_PER_MINUTE : HAN_PER_MINUTE);
  return Math.max(1, Math.round(minutes));
}

/* The word a place is in, or nothing at that place. */
export function wordAt(text, place, language) {
  const [from, to] = linesAround(text, place);
  for (const { index, segment, isWordLike } of segmenter(language)?.segment(text.slice(from, to)) ?? []) {
    const [begin, end] = [from + index, from + index + segment.length];
    if (isWordLike && begin <= place && place <= end) return [begin, end];
  }
  return [place, place];
}

/* How many characters at the two ends of a text cannot be inside of stars: these do not close between a punctuation
   mark and a letter (CommonMark 6.2), which in Chinese is where sentences end. */
export function outside(before, text, after) {
  const isLetter = (one) => /[\p{L}\p{N}]/u.test(one);
  const first = (isLetter(before) ? /^(?:\s|(?![*_~`[\]()<>\\])\p{P})*/u : /^\s*/).exec(text)[0].length;
  const last = (isLetter(after) ? /(?:\s|(?![*_~`[\]()<>\\])\p{P})*$/u : /\s*$/).exec(text)[0].length;
  return first + last < text.length ? [first, last] : [0, 0];
}
