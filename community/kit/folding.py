"""Text folded for comparing: without case, accents, width and what nobody sees; and cut into the pieces of words.

Owns which differences do not count and where a word may begin and end. Leaves what is compared with what to the rooms.

What is folded away is what a writer can leave out or vary without changing the word for a reader: case, compatibility
forms (NFKC's: full width, ligatures, circled letters), accents of Latin, Greek and Cyrillic, Hebrew points, Arabic
harakat, hamza and tatweel, nukta, zero-width characters, and Markdown's marks. Marks that spell the word stay: vowel
signs of the Indic scripts and of Thai, Lao, Khmer and Myanmar, Thai tone marks (without its own, "horse" would be
"come"), and the voicing of kana. Letters of different scripts that look alike stay different.
"""

import re
import unicodedata
from collections.abc import Iterator

from community.kit import text

GAP, STOP = " ", "."
MOST_REMEMBERED = 20_000

# Combining marks that can be left out: Latin, Greek, Cyrillic; Hebrew; Arabic; Syriac; nukta, which CLDR's collation
# counts as an accent too.
_ACCENTS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
    "\u0711\u0730-\u074a"
    "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0c3c\u0cbc"
)
_ACCENT = re.compile(f"[{_ACCENTS}]")
# Bold and struck words are words; an escaped letter is a letter.
_MARKDOWN = "*~`\\"
_TATWEEL = "\u0640"
_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
# Letters that Unicode does not take apart, though people type one for the other.
_SAME = {
    "ı": "i", "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
    "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك",
}  # fmt: skip
_APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u2032\u05f3\u055a"
# Middle dots join, and Tibetan and Ethiopic part words with a mark of their own.
_GAPS = _APOSTROPHES + "\u00b7\u30fb\u2027\u0f0b\u0f0c\u1361"

_HAN = "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = "\u3041-\u3096\u309d-\u309f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_VOICED = "\u3099\u309a"
_OTHERS_ALONE = "\u3105-\u312f\u31a0-\u31bf\ua000-\ua48c"  # Bopomofo, Yi
_EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_IS_EMOJI = re.compile(f"[{_EMOJI}]")
_THAI_LAO = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eff"
# Myanmar, Khmer, Tai Le, New Tai Lue, Tai Tham, Tai Viet: with Thai and Lao, the class SA of UAX #14.
_BLOCKS = (
    (0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0x1780, 0x17FF),
    (0x1950, 0x19DF), (0x1A20, 0x1AAF), (0xAA80, 0xAADF),
)  # fmt: skip


class _Folded(dict[int, str]):
    """For ``str.translate``: what each character becomes, worked out when first met."""

    def __init__(self, *, keeps_accents: bool) -> None:
        super().__init__()
        self._keeps_accents = keeps_accents

    def __missing__(self, code: int) -> str:
        folded = chr(code)
        while (simpler := "".join(map(self._simpler, folded))) != folded:
            folded = simpler
        if len(self) < MOST_REMEMBERED:
            self[code] = folded
        return folded

    def _simpler(self, character: str) -> str:
        if character.isspace():
            return GAP
        if character in _SAME:
            return _SAME[character]
        if _is_unseen(character):
            return ""
        if _ACCENT.match(character):
            return character if self._keeps_accents else ""
        apart = unicodedata.normalize("NFKD", character)
        # Not at once: the iota under a Greek letter is an accent by itself, and a letter once it is folded with one.
        if apart == character:
            apart = character.casefold()
        return apart if apart != character else _sorted(character)


def fold(words: str) -> str:
    """The form in which texts are compared; folding it again changes nothing.

    Letters, marks, digits and emoji are left; white space, hyphens and apostrophes are one space; whatever else stands
    between words is a full stop.
    """
    return _GAPS_IN_A_ROW.sub(GAP, words.translate(_FOLDED))


def fold_with_places(words: str) -> tuple[str, list[int]]:
    """As ``fold``, and for each character of it the place in ``words`` it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(words):
        for letter in _FOLDED[ord(character)]:
            if letter != GAP or not folded or folded[-1] != GAP:
                folded.append(letter)
                places.append(place)
    return "".join(folded), places


def pieces(folded: str) -> list[str]:
    """What words are made of, with the gaps and stops between them: a word begins and ends with a piece.

    Where words are spaced, a piece is a word. A run of katakana is one as well (UAX #29, WB13: "cinema" begins with
    the letters of "die"). Elsewhere it is the least that can be a word: a character in Han and hiragana, a written
    syllable without its final consonant in Thai, Lao, Khmer and Myanmar, so that nothing is found that begins or ends
    within one (in Thai, "he" ends with the letters of "leg").
    """
    return _PIECE.findall(folded)


def pieces_with_places(folded: str) -> Iterator[tuple[str, int, int]]:
    """Each piece with its beginning and end."""
    return ((found[0], found.start(), found.end()) for found in _PIECE.finditer(folded))


def signs(piece: str) -> list[str]:
    """The signs a piece is written with where no space parts words; nothing for a word that spaces part."""
    return _SIGN.findall(piece) if _UNSPACED.match(piece) else []


def letters(words: str) -> list[tuple[str, str]]:
    """The letters of a text with their accents, neither gaps nor stops."""
    found: list[tuple[str, str]] = []
    for character in words.translate(_ACCENTED):
        if _ACCENT.match(character):
            if found:
                found[-1] = (found[-1][0], found[-1][1] + character)
        elif character not in (GAP, STOP):
            found.append((character, ""))
    return found


def ends_within(word: str, place: int) -> bool:
    """Whether a cut at this place of a piece would split a letter from its marks, or a Hangul syllable."""
    if place >= len(word):
        return False
    after = word[place]
    return unicodedata.category(after)[0] == "M" or "\u1160" <= after <= "\u11ff"


def _is_unseen(character: str) -> bool:
    return (
        character in _MARKDOWN
        or character == _TATWEEL
        or _SKIN_TONES.match(character) is not None
        or text.is_blank(character)
    )


def _sorted(character: str) -> str:
    """A character that cannot be taken apart further: itself, a gap or a stop."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if character in _GAPS or category in ("Pd", "Pc"):
        return GAP
    is_kept = category[0] in "LMN" or (category == "So" and _IS_EMOJI.match(character))
    return character if is_kept else STOP


def _in_blocks(kinds: str) -> str:
    return "".join(
        chr(code)
        for first, last in _BLOCKS
        for code in range(first, last + 1)
        if unicodedata.category(chr(code))[0] in kinds
    )


def _piece() -> re.Pattern[str]:
    base, marks, tie = f"[{_in_blocks('L')}]", f"[{_in_blocks('M')}]", "[\u1039\u17d2\u1a60]"
    hung = f"(?:{tie}{base}|{marks})*"
    alternatives = (
        # A vowel written before, a consonant, what stands above and below, the vowels written after.
        "[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e45]*",
        "[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0ede\u0edf][\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]*[\u0eb0\u0eb2\u0ebd]*",
        # Consonants tied below, and in Myanmar the final ones, whose vowel is killed.
        f"{base}{hung}(?:{base}\u1037?\u103a{hung})*",
        f"[{_HIRAGANA}][{_VOICED}]*",
        f"[{_KATAKANA}][{_KATAKANA}{_VOICED}]*",
        f"[{_ALONE}]",
        f"[^ .{_KATAKANA}{_ALONE}]+",
        "[ .]",
    )
    return re.compile("|".join(alternatives))


_ALONE = _HAN + _HIRAGANA + _OTHERS_ALONE + _EMOJI + _THAI_LAO + _in_blocks("LM")
_PIECE = _piece()
_UNSPACED = re.compile(f"[{_KATAKANA}{_ALONE}]")
_SIGN = re.compile(f"[{_KATAKANA}][{_VOICED}]*|[^{_KATAKANA}].*")
_GAPS_IN_A_ROW = re.compile(" {2,}")
_FOLDED = _Folded(keeps_accents=False)
_ACCENTED = _Folded(keeps_accents=True)
