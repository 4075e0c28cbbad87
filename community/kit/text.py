"""Plain text as members type it: made fit to store, counted, shortened, put into an address.

Owns what a code point may be in stored text and where a text may be cut. Leaves length limits and wording to
the forms, Markdown to `kit/markup.py`, and search tokens to the room that searches.
"""

import math
import re
import unicodedata
from collections.abc import Iterator

MOST_MARKS_IN_A_ROW = 8
"""The tallest stacks real spelling needs (Tibetan for Sanskrit) have eight; more is noise that hides other lines."""

TAKEN = frozenset({"edit", "translations"})
"""Pages of their own below a story's address: its slug cannot be one of them."""

WORDS_PER_MINUTE = 238
HAN_PER_MINUTE = 255
JAPANESE_PER_MINUTE = 357
LETTERS_PER_WORD = 4

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_NONCHARACTERS = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
# Embeddings, overrides and isolates reorder what stands around them; LRM, RLM and ALM mark a spot and stay.
_REMOVED = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")

# Look like nothing, though Unicode files them under letters, marks or symbols.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
# Thai, Lao, Myanmar, Khmer.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f]")
# Ethiopic and Tibetan part words with a mark of their own.
_WORD_MARKS = re.compile("[\u1361\u0f0b\u0f0c]")

_APOSTROPHES = "'\u2019\u02bc"
_JOINERS = "\u200c\u200d"
_ZERO_WIDTH_SPACE = "\u200b"
_ELLIPSIS = "\u2026"


class UnfitText(ValueError):
    """Text that cannot be stored. `code`, for the form to word: 'control', 'surrogate', 'noncharacter', 'marks'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def normalise(text: str, *, multiline: bool) -> str:
    """The one form in which text is stored: NFC, `\\n` line ends, no trailing space, no invisible reordering.

    Applying it twice changes nothing. A single line has its runs of white space turned into one space.
    Raises UnfitText for what cannot be mended without guessing.
    """
    text = _LINE_ENDS.sub("\n", text)
    _refuse_unfit(text)
    text = _REMOVED.sub("", text)
    # Before NFC too: reordering a very long run of marks takes time in the square of its length.
    _refuse_towers(text)
    text = unicodedata.normalize("NFC", text)
    # And after, because NFC takes some characters apart into several marks.
    _refuse_towers(text)
    if not multiline:
        return " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def is_blank(text: str) -> bool:
    """True when a reader would see nothing: only white space, controls, zero-width and filler characters."""
    return all(
        character.isspace()
        or unicodedata.category(character) in ("Cc", "Cf")
        or _UNSEEN.match(character) is not None
        for character in text
    )


def slug(title: str, *, limit: int = 60, empty: str = "story") -> str:
    """The readable end of an address: letters of any script, marks and digits, words joined by '-'.

    At most `limit` code points, cut between words where it can be; `empty` when nothing is left. What is TAKEN is
    made longer.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title[: limit * 4]).casefold())
    words = "-".join(_slug_words(folded))
    if len(words) > limit:
        whole, dash, _ = words[: limit + 1].rpartition("-")
        words = whole if dash else words[: _cut(words, limit)]
    return f"{words}-{empty}" if words in TAKEN else words or empty


def excerpt(plain: str, limit: int = 180) -> str:
    """The beginning of a text on one line, at most `limit` code points with its ellipsis.

    Ends after a word where one ends in the last third, otherwise between two characters as readers see them.
    """
    line = " ".join(plain.split())
    if len(line) <= limit:
        return line
    room = limit - len(_ELLIPSIS)
    space = line.rfind(" ", room * 2 // 3, room + 1)
    end = space if space > 0 else _cut(line, room)
    return line[:end].rstrip() + _ELLIPSIS


def isolated(words: str, direction: str) -> str:
    """A name inside plain text: between isolates (UAX 9, 2.4) where it runs against the ``direction`` around it."""
    other = {"L"} if direction == "rtl" else {"R", "AL"}
    runs_against = any(unicodedata.bidirectional(letter) in other for letter in words)
    return f"\u2068{words}\u2069" if runs_against else words


def word_count(text: str) -> int:
    """Words; a Han or kana character counts as one, and so do four letters of Thai, Lao, Khmer or Myanmar.

    Counting each Han or kana character is what word processors do. Four letters a word is a rule of thumb
    (LETTERS_PER_WORD), not a measurement: these scripts need a dictionary to find their words.
    """
    words = _spaced_words(text) + math.ceil(_unspaced_letters(text) / LETTERS_PER_WORD)
    return words + len(_HAN.findall(text)) + len(_KANA.findall(text))


def reading_minutes(text: str) -> int:
    """Whole minutes a usual reader needs, at least 1.

    Conventional figures, not a promise: 238 words a minute, silent reading of non-fiction in English
    (M. Brysbaert, Journal of Memory and Language 109, 2019); 255 characters a minute for Chinese and 357 for
    Japanese, read aloud (S. Trauzettel-Klosinski and K. Dietz, IReST, Investigative Ophthalmology & Visual
    Science 53, 2012).
    Text with kana in it counts as Japanese, its Han characters included.
    """
    kana = len(_KANA.findall(text))
    characters_per_minute = JAPANESE_PER_MINUTE if kana else HAN_PER_MINUTE
    words = _spaced_words(text) + _unspaced_letters(text) / LETTERS_PER_WORD
    minutes = words / WORDS_PER_MINUTE + (kana + len(_HAN.findall(text))) / characters_per_minute
    return max(1, round(minutes))


def _refuse_unfit(text: str) -> None:
    if _SURROGATES.search(text):
        raise UnfitText("surrogate")
    if _CONTROLS.search(text):
        raise UnfitText("control")
    if _NONCHARACTERS.search(text):
        raise UnfitText("noncharacter")


def _refuse_towers(text: str) -> None:
    if text.isascii():
        return
    run = 0
    for character in text:
        category = unicodedata.category(character)
        if category[0] == "M":
            run += 1
            if run > MOST_MARKS_IN_A_ROW:
                raise UnfitText("marks")
        elif category != "Cf":  # a joiner between marks does not part them on screen
            run = 0


def _slug_words(folded: str) -> Iterator[str]:
    word = ""
    for character in folded:
        category = unicodedata.category(character)
        if character in _APOSTROPHES or (category == "Cf" and character != _ZERO_WIDTH_SPACE):
            continue
        if category[0] in "LN" or (category[0] == "M" and word):
            word += character
        elif word:
            yield word
            word = ""
    if word:
        yield word


def _cut(text: str, end: int) -> int:
    """The last place at or before `end` that parts two characters as seen; `end` when there is none."""
    place = end
    while place > 0 and _belongs_together(text, place):
        place -= 1
    return place or end


def _belongs_together(text: str, place: int) -> bool:
    """Whether a cut before text[place] would split a grapheme cluster (those of UAX #29 seen in real text)."""
    if place >= len(text):
        return False
    before, after = text[place - 1], text[place]
    return (
        _extends(after)
        or before in _JOINERS
        or unicodedata.combining(before) == 9  # a virama ties the next consonant to this one
        or (_is_flag_half(after) and _flag_halves_before(text, place) % 2 == 1)
    )


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character)[0] == "M"
        or character in _JOINERS
        or character in "\u0e33\u0eb3"  # Thai and Lao AM, letters that hang on the one before
        or "\u1160" <= character <= "\u11ff"  # Hangul vowels and finals not composed into syllables
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # the letters inside regional flags
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_before(text: str, place: int) -> int:
    start = place
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return place - start


def _spaced_words(text: str) -> int:
    for unspaced in (_HAN, _KANA, _UNSPACED, _WORD_MARKS):
        text = unspaced.sub(" ", text)
    return sum(any(character.isalnum() for character in word) for word in text.split())


def _unspaced_letters(text: str) -> int:
    return sum(unicodedata.category(character) == "Lo" for character in _UNSPACED.findall(text))
