"""Languages: the ones members write in, the ones the interface speaks, and a guess at a text's language.

A content language is a BCP 47 primary code: Chinese is `zh` in either script, Portuguese `pt` on both shores.
Whether a reader sees a text is decided elsewhere; translations of the interface are `kit/i18n`'s.

The guess is a preset for the author, never a verdict. Its model (py3langid) is unpacked the first time someone
asks, into a nameless temporary file whose pages the system may drop, not into this process: read the usual way it
would more than double the size of a web worker.
"""

import importlib
import logging
import lzma
import mmap
import shutil
import struct
import tempfile
import zipfile
from collections import defaultdict
from functools import lru_cache
from typing import IO, Any

from babel import Locale
from flask_babel import lazy_gettext as _l

from community.kit import collation

_log = logging.getLogger(__name__)

# Own names stand here because asking CLDR for them would load a locale's tables for every single language.
_OWN_NAMES = {
    "af": "Afrikaans", "am": "አማርኛ", "ar": "العربية", "az": "Azərbaycan",
    "be": "Беларуская", "bg": "Български", "bn": "বাংলা", "bs": "Bosanski", "ca": "Català",
    "cs": "Čeština", "cy": "Cymraeg", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά",
    "en": "English", "es": "Español", "et": "Eesti", "eu": "Euskara", "fa": "فارسی",
    "fi": "Suomi", "fr": "Français", "ga": "Gaeilge", "gl": "Galego", "gu": "ગુજરાતી",
    "ha": "Hausa", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar",
    "hy": "Հայերեն", "id": "Bahasa Indonesia", "is": "Íslenska", "it": "Italiano",
    "ja": "日本語", "ka": "ქართული", "kk": "Қазақ тілі", "km": "ខ្មែរ", "kn": "ಕನ್ನಡ",
    "ko": "한국어", "ky": "Кыргызча", "lo": "ລາວ", "lt": "Lietuvių", "lv": "Latviešu",
    "mk": "Македонски", "ml": "മലയാളം", "mn": "Монгол", "mr": "मराठी",
    "ms": "Bahasa Melayu", "mt": "Malti", "my": "မြန်မာ", "nb": "Norsk bokmål",
    "ne": "नेपाली", "nl": "Nederlands", "pa": "ਪੰਜਾਬੀ", "pl": "Polski", "ps": "پښتو",
    "pt": "Português", "ro": "Română", "ru": "Русский", "rw": "Ikinyarwanda", "si": "සිංහල",
    "sk": "Slovenčina", "sl": "Slovenščina", "so": "Soomaali", "sq": "Shqip",
    "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili", "ta": "தமிழ்", "te": "తెలుగు",
    "tg": "Тоҷикӣ", "th": "ไทย", "tk": "Türkmen dili", "tl": "Tagalog", "tr": "Türkçe",
    "uk": "Українська", "ur": "اردو", "uz": "Oʻzbek", "vi": "Tiếng Việt", "xh": "isiXhosa",
    "yo": "Èdè Yorùbá", "zh": "中文", "zu": "isiZulu",
}  # fmt: skip

CODES: frozenset[str] = frozenset(_OWN_NAMES)
UNTAGGED = "und"
"""What a text carries that is in none of them, or in no language at all, as BCP 47 has it."""
NAME_OF_UNTAGGED = _l("Another language")
INTERFACE = ("en", "ar", "de", "es", "fa", "fr", "id", "it", "ms", "pl", "pt", "ru", "th", "tr", "vi", "zh")
# Of two of them the interface speaks one kind: their codes are those of the content, their tags say which kind it is.
_TAGS = {"pt": "pt-BR", "zh": "zh-Hans"}
_NAMES_OF_KINDS = {"pt": "Português (Brasil)", "zh": "简体中文"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})

SHORTEST_GUESSED = 20  # characters; below this even people guess wrong
_LONGEST_READ = 2_000  # characters; more text makes the answer slower, not surer
_SURE = 0.6  # of a probability calibrated for length; found with the demo stories and their comments
# What the model tells apart and our list does not.
_COUNTED_AS = {"arz": "ar", "ary": "ar", "nn": "nb", "no": "nb", "uzs": "uz", "wuu": "zh", "yue": "zh"}


def is_language(code: str) -> bool:
    """Whether it is one that members read and write here."""
    return code in CODES


def may_carry(code: str) -> bool:
    """Whether a text may say that it is in it: a language, or UNTAGGED."""
    return code in CODES or code == UNTAGGED


def direction(code: str) -> str:
    """'ltr' or 'rtl': for `dir` where the language is known; a text's own paragraphs keep `dir="auto"`."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def own_name(code: str) -> str:
    """The language in its own words. Raises KeyError for an unknown code."""
    return _OWN_NAMES[code]


def interface_name(code: str) -> str:
    """What the interface's words in this language are called in it. Raises KeyError for an unknown code."""
    return _NAMES_OF_KINDS.get(code) or own_name(code)


def tag(code: str) -> str:
    """The BCP 47 tag of the interface's words in this language: ``pt-BR`` for ``pt``."""
    return _TAGS.get(code, code)


def folder(code: str) -> str:
    """Where the catalogue of an interface language lies in ``locales/``, by the name Weblate knows it by."""
    return tag(code).replace("-", "_")


def name(code: str, language: str) -> str:
    """The language's name for a reader of another one. Raises KeyError for an unknown code.

    UNTAGGED is named in the language the page is in.
    """
    if code == UNTAGGED:
        return str(NAME_OF_UNTAGGED)
    if code not in CODES:
        raise KeyError(code)
    return _names(language)[code]


def choices(language: str) -> list[tuple[str, str]]:
    """(code, name) of every content language, in the order a reader of this language looks for them."""
    return list(_ordered(language))


def labels(language: str) -> list[tuple[str, str]]:
    """The same of everything a text may carry: UNTAGGED comes last."""
    return [*_ordered(language), (UNTAGGED, str(NAME_OF_UNTAGGED))]


def guess(text: str) -> str | None:
    """The content language the text is most likely in; None below 20 characters and when unsure."""
    sample = " ".join(text.split())[:_LONGEST_READ]
    if len(sample) < SHORTEST_GUESSED:
        return None
    try:
        likely, confidence = max(_probabilities(sample).items(), key=lambda entry: entry[1])
    except OSError:  # no room to unpack the model: the author chooses, and goes on writing
        _log.warning("no language guess", exc_info=True)
        return None
    return likely if confidence >= _SURE and likely in CODES else None


@lru_cache(maxsize=16)
def _ordered(language: str) -> tuple[tuple[str, str], ...]:
    return collation.ordered(_names(language), language)


@lru_cache(maxsize=16)
def _names(language: str) -> dict[str, str]:
    languages = Locale.parse(language).languages
    return {code: languages.get(code, own) for code, own in _OWN_NAMES.items()}


def _probabilities(sample: str) -> dict[str, float]:
    identifier, pages = _model()
    found: defaultdict[str, float] = defaultdict(float)
    for label, probability in identifier.rank(sample):
        found[_COUNTED_AS.get(label, label)] += probability
    if hasattr(mmap, "MADV_DONTNEED"):
        pages.madvise(mmap.MADV_DONTNEED)  # they stay in the system's cache, and out of this process
    return found


@lru_cache(maxsize=1)
def _model() -> tuple[Any, mmap.mmap]:
    """The identifier over a file it reads from, and that file's pages."""
    langid = importlib.import_module("py3langid.langid")
    packed_path = langid.MODEL_DIR / langid.MODEL_FILE
    with tempfile.TemporaryFile() as unpacked, lzma.open(packed_path) as packed:
        shutil.copyfileobj(packed, unpacked)
        unpacked.flush()
        pages = mmap.mmap(
            unpacked.fileno(), 0, access=mmap.ACCESS_READ
        )  # keeps the file until it is gone itself
        return _identifier(langid.LanguageIdentifier, unpacked, pages), pages


def _identifier(kind: Any, unpacked: IO[bytes], pages: mmap.mmap) -> Any:
    stored = {entry: _array(unpacked, pages, entry) for entry in ("ptc", "pc", "classes")}
    return kind(
        stored["ptc"],
        stored["pc"].copy(),
        stored["classes"].tolist(),
        _integers(_array(unpacked, pages, "nextmove")),
        _integers(_array(unpacked, pages, "out_feat")),
        tk_row=_integers(_array(unpacked, pages, "nextmove_row")),
        norm_probs=True,
    )


def _array(unpacked: IO[bytes], pages: mmap.mmap, entry: str) -> Any:
    """A numpy array over the mapped pages of one stored member of an .npz file."""
    numpy = importlib.import_module("numpy")
    with zipfile.ZipFile(unpacked) as archive, archive.open(f"{entry}.npy") as member:
        version = numpy.lib.format.read_magic(member)
        read_header = getattr(numpy.lib.format, f"read_array_header_{version[0]}_0")
        shape, _, dtype = read_header(member)
        header_length, found = member.tell(), archive.getinfo(f"{entry}.npy")
    unpacked.seek(found.header_offset + 26)  # the local header's two lengths: its name and its extra field
    offset = found.header_offset + 30 + sum(struct.unpack("<HH", unpacked.read(4))) + header_length
    return numpy.ndarray(shape, dtype, pages, offset)


def _integers(array: Any) -> memoryview:
    """Plain integers by index, several times faster than numpy's, wherever the array begins in the file."""
    return memoryview(array.view("u1")).cast(array.dtype.char)
