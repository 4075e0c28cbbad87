"""Names in the order of each language's own alphabet. The rules are CLDR's (common/collation/<language>.xml)."""

import subprocess
import sys
import unicodedata

import pytest

from community.config import ROOT
from community.kit import collation, countries, languages
from tests.kit import orders

MOST_MEMORY = 2_000  # kB for the sixteen orders, beside the names themselves

# Each line is in order. What it shows stands beside it.
KNOWN = [
    ("en", "Guinea|Guinea-Bissau|Guinean"),  # space and hyphen count, before letters
    ("en", "resume|Resume|résumé|Résumé"),  # letters, then accents, then capitals
    ("de", "Arger|Ärger|Arzt|Masse|Maße|Zebra"),  # DIN 5007-1: umlauts as their letters, ß as ss
    ("fr", "cote|coté|côte|côté|œuvre|offre"),  # accents from the front, œ as oe
    ("es", "nube|nuez|ñame|oca"),  # ñ is a letter after n
    ("es", "chile|cima|llama|luna"),  # ch and ll have been none since 1994
    ("it", "e|è|eco"),
    ("pt", "ação|aço|água|alto"),
    ("pl", "as|ący|car|ćma|dom|las|łan|nos|ósmy|pan|sok|śnieg|zero|źle|żal"),
    ("tr", "can|çan|gaz|ısı|iz|oya|öz|su|şu|uç|üç"),
    ("tr", "Irak|ISI|İran|İZ"),  # capitals of ı and i
    ("ru", "ежа|ёжа|ежб|ёлка|жук|иод|йод|кот"),  # ё as е, й a letter of its own
    ("vi", "a|à|ả|ã|á|ạ|ă|ằ|â|ầ|b|da|đa|e|ê|o|ô|ơ|u|ư"),  # letters, and the tones in their order
    ("vi", "ca|cá|cạ|cam|căn|cân"),
    ("fa", "آب|اسب|بار|پا|تاب|جا|چای|زن|ژرف|کار|گل|ورزش|هند|یار"),  # پ چ ژ گ, and و before ه
    ("ar", "اسم|باب|تاج|ثوب|هند|ورد|يوم"),
    ("ar", "إبرة|أخ|ألف"),  # hamza on alef counts as a mark does
    ("th", "กา|เก|ขา|โค|งา|ไทย|ไว|อา"),  # vowels written first count after their consonant
    ("th", "ก่า|ก้า|กาก"),  # tones count like accents
    (
        "zh",
        "阿尔巴尼亚|安道尔|巴西|德国|法国|美国|日本|越南|中国",
    ),  # pinyin: a, an, ba, de, fa, mei, ri, yue, zhong
    ("id", "Pantai Gading|Papua|Prancis"),
    ("ms", "Itali|Jepun|Jerman"),
]


@pytest.mark.parametrize(("language", "line"), KNOWN)
def test_a_known_order(language: str, line: str) -> None:
    names = line.split("|")
    shuffled = [*names[1:], names[0]]
    assert sorted(shuffled, key=lambda name: collation.key(name, language)) == names


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_countries_and_languages_are_in_the_order_icu_gives_them(language: str) -> None:
    wanted = orders.read()[language]
    assert [code for code, _ in countries.choices(language)] == wanted["countries"].split()
    assert [code for code, _ in languages.choices(language)] == wanted["languages"].split()


def test_every_chinese_character_of_a_name_has_its_sound() -> None:
    names = [name for kind in (countries, languages) for _, name in kind.choices("zh")]
    written = {
        sign for name in names for sign in name if unicodedata.name(sign, "").startswith("CJK UNIFIED")
    }
    assert not written - set(collation._HAN)


@pytest.mark.parametrize("language", languages.INTERFACE)
@pytest.mark.parametrize(
    "text", ["", " ", "\ud800", "\u0301", "😀", "\u200f\u2069", "한국", "１２", "ﬁ", "İ", "เ"]
)
def test_any_text_has_a_place(language: str, text: str) -> None:
    assert collation.key(text, language) == collation.key(text, language)
    assert sorted(["a", text], key=lambda name: collation.key(name, language))


def test_what_is_not_seen_does_not_count() -> None:
    assert collation.key("می\u200cشود", "fa")[:3] == collation.key("میشود", "fa")[:3]


def test_a_worker_that_has_sorted_in_every_language_stays_small() -> None:
    """The alphabets, not the lists: those are cut to the names CLDR has anyway."""
    script = """
import tracemalloc
from community.kit import collation, countries, languages
names = {code: countries._names(code) for code in languages.INTERFACE}
tracemalloc.start()
for code in names: collation.ordered({}, code), collation.key("a", code)
print(tracemalloc.get_traced_memory()[0] // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < MOST_MEMORY
