"""Both directions: no rule knows a side, what points is turned, what shows the world is not, names stay as they are."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from community.config import ROOT
from tests.architecture.test_house import CSS_COMMENT, STYLES, TEMPLATES, name
from tests.architecture.test_routes import JOIN
from tests.conftest import As
from tests.helpers.site import Site

COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|//[^\n]*", re.DOTALL)
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+);")
SIDE = re.compile(r"(?<![\w-])(?:left|right)(?![\w-])|translatex", re.IGNORECASE)
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
MIRRORED = re.compile(r"(?<![\w-])scale:\s*-1|scalex?\(\s*-1", re.IGNORECASE)
# Whose shape says "onwards" or "back": two chevrons of the viewer of photos. What else is drawn shows the world.
POINTING = {"static/css/components/photo.css": ["&:dir(rtl) svg"]}
ARROWS = re.compile(
    "[\u2190\u2192\u21a6\u21d0\u21d2\u21e6\u21e8\u2794\u2798-\u27af\u25b6\u25b8\u25ba\u25c0\u25c2\u25c4\u2039\u203a\u27f5\u27f6]"
)
LATIN, ARABIC = "Ivo Pereira", "نور حداد"


def rules(file: Path) -> str:
    return CSS_COMMENT.sub("", file.read_text("utf-8"))


def test_no_value_in_a_style_sheet_is_a_side() -> None:
    """Gradients, positions and transforms know sides too, where no logical property turns them."""
    found = [
        f"{name(file)}: {prop}: {value.strip()}"
        for file in STYLES
        for prop, value in DECLARATION.findall(rules(file))
        if SIDE.search(value)
    ]
    assert not found


def test_only_what_points_is_mirrored() -> None:
    """Ovals, covers and photos show the world, which is not mirrored for those who read from the right."""
    found = {
        name(file): [
            selector.strip() for selector, body in RULE.findall(rules(file)) if MIRRORED.search(body)
        ]
        for file in STYLES
    }
    assert {file: selectors for file, selectors in found.items() if selectors} == POINTING


def test_no_arrow_is_written_as_a_sign() -> None:
    """A sign that points would point the wrong way for half of its readers; a drawn one can be mirrored."""
    scripts = sorted((ROOT / "static" / "js").rglob("*.js"))
    files = (*TEMPLATES, *STYLES, *scripts)
    found = [name(file) for file in files if ARROWS.search(COMMENT.sub("", file.read_text("utf-8")))]
    assert not found


@pytest.mark.parametrize(
    ("language", "given", "written"),
    [
        ("ar", LATIN, f"\u2068{LATIN}\u2069"),
        ("fa", LATIN, f"\u2068{LATIN}\u2069"),
        ("ar", ARABIC, ARABIC),
        ("vi", LATIN, LATIN),
        ("vi", ARABIC, f"\u2068{ARABIC}\u2069"),
    ],
)
def test_a_letter_keeps_a_name_of_the_other_direction_to_itself(
    site: Site, as_: As, language: str, given: str, written: str
) -> None:
    joining = {**JOIN, "display_name": given, "language": language, "form_id": "a-form-of-this-test"}
    as_(None).post("/account/register", joining)
    site.work()
    (file,) = site.letters()
    letter = BytesParser(EmailMessage, policy=policy.default).parsebytes(file.read_bytes())
    plain, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert plain
    assert html
    assert written in plain.get_content()
    assert (f"\u2068{given}" in plain.get_content()) == (written != given)
    assert f"<bdi>{given}</bdi>" in html.get_content()
