"""The catalogues: taken from the code, brought up to date, checked."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel import Locale
from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.checkers import num_plurals, python_format
from babel.messages.pofile import read_po, write_po

from community.config import ROOT
from community.kit import languages

TEMPLATE = ROOT / "locales" / "messages.pot"
WORDS = ("-F", "pyproject.toml", "-k", "_l", "-k", "lazy_gettext", "-k", "lazy_ngettext:1,2", "-c", "i18n:")
_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
# As CLDR tells numbers apart below a million. Babel's own are those of older lists, and wrong for some of ours.
PLURALS = {
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
    "en": (2, "n != 1"),
    "de": (2, "n != 1"),
    "es": (2, "n != 1"),
    "fa": (2, "n > 1"),
    "fr": (2, "n > 1"),
    "id": (1, "0"),
    "it": (2, "n != 1"),
    "ms": (1, "0"),
    "pl": (3, _SLAVIC.replace("n%10==1 && n%100!=11", "n==1")),
    "pt": (2, "n > 1"),
    "ru": (3, _SLAVIC),
    "th": (1, "0"),
    "tr": (2, "n != 1"),
    "vi": (1, "0"),
    "zh": (1, "0"),
}
MARKS = re.compile(r"</?\w+[^>]*>|\{\w+\}|%\(\w+\)[a-z]|%%")  # tags, and the places we and our scripts fill


@click.group()
def translations() -> None:
    """The interface's languages."""


@translations.command()
def update() -> None:
    """Take all strings from the code and merge them into every catalogue."""
    _extract(TEMPLATE)
    for language in languages.INTERFACE:
        catalogue = read(language) if _file(language).exists() else begin(language)
        # Read for each of them: new messages are handed over, not copied.
        with TEMPLATE.open("rb") as lines:
            catalogue.update(read_po(lines), no_fuzzy_matching=True, update_creation_date=False)
        write(language, catalogue)


@translations.command()
def check() -> None:
    """Exit 1 when a string is missing, fuzzy, empty or its placeholders differ."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        _extract(template)
        with template.open("rb") as lines:
            wanted = read_po(lines)
    problems = [problem for language in languages.INTERFACE for problem in _problems(language, wanted)]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)


def _problems(language: str, wanted: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue; English is the source, only its plurals are written out."""
    if not _file(language).exists():
        yield f"{language}: there is no catalogue"
        return
    catalogue = read(language)
    if catalogue.mime_headers != _with_plurals(language, read(language)).mime_headers:
        yield f"{language}: other plural forms than {PLURALS[language]}: {catalogue.plural_forms}"
    for message in wanted:
        if not message.id:
            continue
        found = catalogue.get(message.id, message.context)
        if found is None:
            yield f"{language}: missing: {message.id}"
        elif language != "en":
            yield from _faults(language, catalogue, found)


def _faults(language: str, catalogue: Catalog, message: Message) -> Iterator[str]:
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if message.fuzzy:
        yield f"{language}: fuzzy: {message.id}"
    if not all(texts) or (message.pluralizable and len(texts) != catalogue.num_plurals):
        yield f"{language}: not translated: {message.id}"
        return
    for checker in (num_plurals, python_format):
        try:
            checker(catalogue, message)
        except TranslationError as error:
            yield f"{language}: {message.id}: {error}"
    source = message.id if isinstance(message.id, str) else message.id[-1]
    if any(_marks(text or "", message) != _marks(source, message) for text in texts):
        yield f"{language}: other tags or places to fill: {message.id}"


def _marks(words: str, message: Message) -> list[str]:
    """In a plural, a language may say the number in words."""
    found = MARKS.findall(words)
    return sorted(mark for mark in found if not (message.pluralizable and mark == "%(num)s"))


def begin(language: str) -> Catalog:
    """A catalogue without words yet."""
    folder = languages.folder(language)
    name = Locale.parse(folder).english_name
    catalogue = Catalog(
        folder,
        header_comment=f"# {name}. Words to keep to: locales/glossary/{folder}.md",
        project="Co-Create Stories",
        version="1",
        msgid_bugs_address="see CONTRIBUTING.md",
        last_translator="the contributors",
        language_team=folder,
        revision_date=datetime.now(UTC),
        fuzzy=False,
    )
    return _with_plurals(language, catalogue)


def read(language: str) -> Catalog:
    """The catalogue as it is kept."""
    with _file(language).open("rb") as lines:
        return read_po(lines, locale=languages.folder(language))


def write(language: str, catalogue: Catalog) -> None:
    """Keep a catalogue, with the plural forms its language has, whatever it said of them."""
    file = _file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as written:
        write_po(written, _with_plurals(language, catalogue), ignore_obsolete=True, width=76)
    Path(written.name).chmod(0o644)
    Path(written.name).replace(file)


def _with_plurals(language: str, catalogue: Catalog) -> Catalog:
    number, rule = PLURALS[language]
    rule = rule if number == 1 else f"({rule})"
    catalogue.mime_headers = [("Plural-Forms", f"nplurals={number}; plural={rule};")]
    return catalogue


def _extract(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    _pybabel(
        "extract",
        *WORDS,
        "--no-location",
        "--sort-output",
        "--omit-header",
        "-o",
        str(target),
        "community",
        "templates",
    )


def _pybabel(*words: str) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", *words]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - fixed words


def _file(language: str) -> Path:
    return ROOT / "locales" / languages.folder(language) / "LC_MESSAGES" / "messages.po"
