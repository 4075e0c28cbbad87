"""Sorting names as a reader of a language expects: in the order of its own alphabet.

Owns the alphabets of the interface's languages, as Unicode's CLDR gives them, and a key to sort by. Three things
count, each only where those before it are equal: letters, then marks on them, then capitals. What is not in an
alphabet (a name in a script its reader may not know) comes behind it by its number in Unicode.

This is the Unicode Collation Algorithm (UTS 10) cut down to names: it orders those of all countries and languages
exactly as ICU does, and `tests/kit/test_collation.py` keeps it to that.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

Levels = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]
Cluster = tuple[str, list[str]]

# Between spaces stand the letters that differ no more than marks do.
_SIGNS = "_ - – — , ، ; ؛ : ! ¡ ? ¿ ؟ . 。 · '‘’ \"“” « » ( ) [ ] { } @ * / & # %"
_DIGITS = "0 1 2 3 4 5 6 7 8 9"
_LATIN = "a b c d e f g h ʻ i ı j k l m n o p q r s t u v w x y z"
_CYRILLIC = "а б в гґ д ђ е є ж з и і й ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш щ ъ ы ь э ю я"
_ARABIC = "ء أ ؤ إ ئ ا آ ٱ ب پ ةت ث ٹ ج چ ح خ د ذ ڈ ر ز ڑ ژ س ش ص ض ط ظ ع غ ف ق ك ک گ ل م ن ه ۀ و یىي ے"
_THAI = (
    "ก ข ฃ ค ฅ ฆ ง จ ฉ ช ซ ฌ ญ ฎ ฏ ฐ ฑ ฒ ณ ด ต ถ ท ธ น บ ป ผ ฝ พ ฟ ภ ม ย ร ฤ ล ฦ ว ศ ษ ส ห ฬ อ ฮ "
    "ํ ะ ั าๅ ิ ี ึ ื ุ ู เ แ โ ใ ไ ฺ"
)
# The characters of CLDR's Chinese names for countries and languages, by their sound (pinyin); others follow by number.
_HAN = (
    "阿埃爱安昂奥澳巴白百拜班保堡北贝本比别宾冰波玻伯博不布埔部朝赤茨达大代丹旦诞岛道得德地登迪帝蒂典甸丁东都度敦顿多俄厄恩尔耳伐法"
    "梵非菲斐芬夫佛福富干冈刚港高哥格各根共古固瓜关圭国果哈海韩汗豪合和荷赫黑洪基及吉极几济加伽柬疆角捷金津京喀卡开凯柯科克肯库拉腊"
    "来莱兰朗劳老勒黎里力立利联列林陵领留隆卢鲁禄路律伦罗洛马买麦曼毛美门蒙孟米秘密棉缅面摩莫墨姆慕拿那纳南瑙内嫩尼宁纽努挪诺帕旁蓬"
    "皮坡泊葡浦普其奇乔求酋区群日瑞撒萨塞桑色森僧沙山绍舌什圣时士书属斯苏所索他塔台泰坦汤唐陶萄特提廷突图土托脱陀瓦外湾宛汪旺危威韦"
    "维委文汶挝乌西希鲜香小新行匈叙牙雅亚延扬洋也伊以意印英屿语约越赞泽乍寨长遮政支直治智中洲孜兹祖"
)
# A language's own script comes first; a language that is not named here has the order of Latin.
_ALPHABETS = {
    "ar": _ARABIC.replace("ء أ ؤ إ ئ ا آ", "ءأؤإئا"),
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "fa": "آ اٱ ءأإؤئ ب پ ت ث ٹ ج چ ح خ د ذ ڈ ر ز ڑ ژ س ش ص ض ط ظ ع غ ف ق کك گ ل م ن و هةۀ یىےي",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ru": _CYRILLIC,
    "th": _THAI,
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z",
    "vi": "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z",
    "zh": " ".join(_HAN),
}
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304\u0335"
_TONES = {
    "vi": "\u0300\u0309\u0303\u0301\u0323"
}  # each syllable has one at most; they come before other marks
# Letters that a reader without them in the alphabet takes for these.
_READ_AS = str.maketrans({
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ø": "o\u0338", "Ø": "O\u0338",
    "ł": "l\u0335", "Ł": "L\u0335", "đ": "d\u0335", "Đ": "D\u0335",
    "آ": "اا",
})  # fmt: skip
# Some Thai vowels are written before the consonant they are spoken, and sorted, behind.
_WRITTEN_FIRST = re.compile("([เ-ไ])([ก-ฮ])")
_CAPITALS_OF = {"tr": {"I": "ı", "İ": "i"}}
_WITHOUT_SIGNS = frozenset({"th"})
_UNCOUNTED, _UNKNOWN = 0, 10_000  # before and behind every alphabet


def ordered(names: Mapping[str, str], language: str) -> tuple[tuple[str, str], ...]:
    """(code, name), by name, as a reader of this language looks for them."""
    return tuple(sorted(names.items(), key=lambda entry: key(entry[1], language)))


def key(text: str, language: str) -> Levels:
    """What to sort by for readers of this language; keys of two languages must not be compared."""
    alphabet, marks = _alphabet(language), _marks(language)
    letters: list[int] = []
    accents: list[int] = []
    capitals: list[int] = []
    for letter, above in _letters(text, language, alphabet):
        small = _small(letter, language)
        place, variant = alphabet.get(small) or (_UNKNOWN + ord(small[0]), 0)
        if place == _UNCOUNTED:
            continue
        letters.append(place)
        accents += [variant, *(marks.get(mark, _UNKNOWN + ord(mark)) for mark in above)]
        capitals.append(small != letter)
    return tuple(letters), tuple(accents), tuple(capitals), text


def _letters(text: str, language: str, alphabet: Mapping[str, tuple[int, int]]) -> Iterator[Cluster]:
    """Letter by letter in the order they count in, with those marks that do not make it another letter."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        letter if _small(letter, language) in alphabet else letter.translate(_READ_AS) for letter in composed
    )
    for letter, above in _clusters(_WRITTEN_FIRST.sub(r"\2\1", kept)):
        whole, left = letter, list[str]()
        for mark in above:
            other = unicodedata.normalize("NFC", whole + mark)
            if len(other) == 1 and _small(other, language) in alphabet:
                whole = other
            else:
                left.append(mark)
        yield whole, left


def _clusters(text: str) -> Iterator[Cluster]:
    """Each letter with its marks; what is not seen (joiners, directions) is left out."""
    letter, above = "", list[str]()
    for character in unicodedata.normalize("NFKD", text):
        if unicodedata.category(character) == "Cf":
            continue
        if unicodedata.category(character) == "Mn" and character not in _THAI:
            above.append(character)
            continue
        if letter:
            yield letter, above
        number = unicodedata.decimal(character, None)
        letter, above = character if number is None else str(number), []
    if letter:
        yield letter, above


def _small(letter: str, language: str) -> str:
    return _CAPITALS_OF.get(language, {}).get(letter) or letter.lower()


@lru_cache(maxsize=16)
def _alphabet(language: str) -> dict[str, tuple[int, int]]:
    """Each letter's place, and its place among those that differ from it no more than by a mark."""
    own = _ALPHABETS.get(language, _LATIN).split()
    others = (script.split() for script in (_LATIN, _CYRILLIC, _ARABIC, _THAI))
    groups = [*own, *(group for script in others if not {*script} & {*own} for group in script)]
    signs = [" ", *_SIGNS.split()]
    if language in _WITHOUT_SIGNS:
        places = dict.fromkeys("".join(signs), (_UNCOUNTED, 0))
        signs = []
    else:
        places = {}
    for number, group in enumerate((*signs, *_DIGITS.split(), *groups), 1):
        places |= {letter: (number, variant) for variant, letter in enumerate(group)}
    return places


@lru_cache(maxsize=16)
def _marks(language: str) -> dict[str, int]:
    """The marks' order, behind a letter's own variants."""
    tones = _TONES.get(language, "")
    rest = (mark for mark in _MARKS if mark not in tones)
    return {mark: number for number, mark in enumerate((*tones, *rest), 100)}
