"""The catalogues: complete, in the folders Weblate expects, with the plural forms each language has."""

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from community.cli import translations
from community.config import ROOT
from community.kit import languages

OTHERS = languages.INTERFACE[1:]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogues are kept in a folder of this test."""
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    return tmp_path / "locales"


def catalogue_of(text: str) -> Catalog:
    return read_po(io.BytesIO(text.encode()), locale="de")


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_says_everything_the_template_does(code: str) -> None:
    with translations.TEMPLATE.open("rb") as lines:
        template = read_po(lines)
    assert not list(translations._problems(code, template))


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_begins_with_its_words_to_keep_to(code: str) -> None:
    folder = languages.folder(code)
    first, *_ = translations._file(code).read_text("utf-8").splitlines()
    assert first.endswith(f"Words to keep to: locales/glossary/{folder}.md")
    glossary = (ROOT / "locales" / "glossary" / f"{folder}.md").read_text("utf-8")
    assert "**Address.**" in glossary
    assert "| English |" in glossary


def test_there_is_no_folder_for_a_language_nobody_can_choose() -> None:
    there = {file.parents[1].name for file in (ROOT / "locales").glob("*/LC_MESSAGES/messages.po")}
    assert there == {languages.folder(code) for code in languages.INTERFACE}
    assert {"pt_BR", "zh_Hans"} <= there


@pytest.mark.parametrize(
    ("code", "headers"),
    [
        ("fa", ("Language: fa", "nplurals=2; plural=(n > 1);")),
        ("ms", ("Language: ms", "nplurals=1; plural=0;")),
        ("pt", ("Language: pt_BR", "nplurals=2; plural=(n > 1);")),
        ("tr", ("Language: tr", "nplurals=2; plural=(n != 1);")),
        ("zh", ("Language: zh_Hans", "nplurals=1; plural=0;")),
    ],
)
def test_a_new_catalogue_has_the_languages_own_plural_forms(
    elsewhere: Path, code: str, headers: tuple[str, ...]
) -> None:
    translations.write(code, translations.begin(code))
    text = (elsewhere / languages.folder(code) / "LC_MESSAGES" / "messages.po").read_text("utf-8")
    assert all(header in text for header in headers)


def test_other_plural_forms_are_found_and_do_not_outlive_an_update(elsewhere: Path) -> None:
    translations.write("fa", translations.begin("fa"))
    file = elsewhere / "fa" / "LC_MESSAGES" / "messages.po"
    good = file.read_text("utf-8")
    file.write_text(good.replace("nplurals=2; plural=(n > 1)", "nplurals=1; plural=0"), "utf-8")
    (told,) = translations._problems("fa", Catalog())
    assert "other plural forms" in told
    translations.write("fa", translations.read("fa"))
    assert file.read_text("utf-8") == good


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('msgid "A <b>road</b>"\nmsgstr "Ein Weg"', "other tags"),
        ('msgid "{number} chosen"\nmsgstr "gewählt"', "other tags or places"),
        ('#, python-format\nmsgid "%(name)s wrote"\nmsgstr "schrieb"', "other tags or places"),
        ('#, python-format\nmsgid "%(name)s wrote"\nmsgstr "%(nam)s schrieb"', "placeholder"),
        ('#, fuzzy\nmsgid "Road"\nmsgstr "Weg"', "fuzzy"),
        ('msgid "Road"\nmsgstr ""', "not translated"),
        (
            'msgid "%(num)s road"\nmsgid_plural "%(num)s roads"\nmsgstr[0] "%(num)s Weg"\nmsgstr[1] ""',
            "not translated",
        ),
    ],
)
def test_what_a_translation_lost_is_told(entry: str, told: str) -> None:
    catalogue = catalogue_of(
        f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n{entry}\n'
    )
    (message,) = (one for one in catalogue if one.id)
    assert told in " ".join(translations._faults("de", catalogue, message))
