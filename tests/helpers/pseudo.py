"""Two languages nobody speaks, made from the English: longer by two fifths, in other letters, between ⟦ and ⟧.

What of a page stands outside of the brackets was not taken to gettext; what does not fit had only ever been tried in
short words. They take the place of two real languages' compiled catalogues, so the product knows nothing of them.
"""

import io
import os
import re
import string
from collections.abc import Callable, Sequence
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from community.cli import translations

OPENS, CLOSES = "⟦", "⟧"
LONGER_BY = 0.4
KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|\{\w*\}|<[^>]*>|&\w+;)")
_ACCENTED = str.maketrans(string.ascii_letters, "åƀçđéƒğħíĵķłɱñóþɋŕšţúṽŵẋýžÅƁÇĐÉƑĞĦÍĴĶŁṀÑÓÞɊŔŠŢÚṼŴẊÝŽ")
_ARABIC = str.maketrans(string.ascii_letters, "ابجدهفغحيژکلمنوپقرسطعڤوخيز" * 2)

Speech = Callable[[str], str]


def accented(text: str) -> str:
    """From left to right."""
    return _said(text, _ACCENTED, "ö")


def mirrored(text: str) -> str:
    """From right to left."""
    return _said(text, _ARABIC, "ض")


def speak(folder: Path, **speeches: Speech) -> None:
    """Give an instance's folder of compiled catalogues these words for a language: ``speak(folder, ar=mirrored)``."""
    with translations.TEMPLATE.open("rb") as lines:
        template = read_po(lines)
    for code, speech in speeches.items():
        catalogue = translations.begin(code)
        for one in (one for one in template if one.id):
            catalogue.add(one.id, _translated(one.id, speech, catalogue.num_plurals), context=one.context)
        machine = io.BytesIO()
        write_mo(machine, catalogue)
        target = folder / code / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True)
        target.write_bytes(machine.getvalue())
        _never_older(target)


def _translated(english: str | Sequence[str], speech: Speech, plurals: int) -> str | tuple[str, ...]:
    if isinstance(english, str):
        return speech(english)
    one, many = english
    return speech(one), *(speech(many) for _ in range(plurals - 1))


def _said(text: str, letters: dict[int, int], filling: str) -> str:
    """Placeholders, tags and the spaces at the ends stay as they are."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
    parts = KEPT.split(inner)
    changed = [part if place % 2 else part.translate(letters) for place, part in enumerate(parts)]
    length = sum(len(part) for part in parts[::2])
    return f"{before}{OPENS}{''.join(changed)}{_words(filling, round(length * LONGER_BY))}{CLOSES}{after}"


def _words(letter: str, length: int) -> str:
    """Words as long as English ones; what is shorter than one makes the last word longer."""
    if length < 4:
        return letter * length
    return "".join(" " if place % 7 == 0 else letter for place in range(length))


def _never_older(file: Path) -> None:
    """The product compiles a catalogue anew when its source is younger; here somebody may just have saved one."""
    later = file.stat().st_mtime + 24 * 3600
    os.utime(file, (later, later))
