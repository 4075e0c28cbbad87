"""The catalogues: taken from the code, brought up to date, checked."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.checkers import num_plurals, python_format
from babel.messages.pofile import read_po

from community.config import ROOT
from community.kit import languages

TEMPLATE = ROOT / "locales" / "messages.pot"
WORDS = ("-F", "pyproject.toml", "-k", "_l", "-k", "lazy_gettext", "-k", "lazy_ngettext:1,2", "-c", "i18n:")


@click.group()
def translations() -> None:
    """The interface's languages."""


@translations.command()
def update() -> None:
    """Take all strings from the code and merge them into every catalogue."""
    _extract(TEMPLATE)
    for language in languages.INTERFACE:
        file = _catalogue_file(language)
        if not file.exists():
            _pybabel("init", "-i", str(TEMPLATE), "-o", str(file), "-l", language)
        else:
            _pybabel(
                "update",
                "-i",
                str(TEMPLATE),
                "-o",
                str(file),
                "-l",
                language,
                "--no-fuzzy-matching",
                "--ignore-obsolete",
                "--ignore-pot-creation-date",
            )


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
    file = _catalogue_file(language)
    if not file.exists():
        yield f"{language}: there is no catalogue"
        return
    with file.open("rb") as lines:
        catalogue = read_po(lines, locale=language)
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


def _catalogue_file(language: str) -> Path:
    return ROOT / "locales" / language / "LC_MESSAGES" / "messages.po"
