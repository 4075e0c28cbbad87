"""The house holds together: imports, sizes, and the words of its sources."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from community.config import ROOT

LONGEST_FUNCTION, LONGEST_MODULE, LONGEST_TEMPLATE, LONGEST_STYLES, LONGEST_BEHAVIOUR = 40, 300, 120, 300, 80
ROOMS = sorted(p.name for p in (ROOT / "community").iterdir() if p.is_dir() and p.name != "__pycache__")

# What a browser may show of a text that was made by our own markup, or drawn by a template of ours.
SAFE = re.compile(r"\b(?:\w+\.html|html)\s*\|\s*safe\b")


def sources(folder: str, *endings: str) -> list[Path]:
    return sorted(file for ending in endings for file in (ROOT / folder).rglob(f"*.{ending}"))


def named(files: list[Path]) -> list[object]:
    return [pytest.param(file, id=file.relative_to(ROOT).as_posix()) for file in files]


def lines(file: Path) -> int:
    return file.read_text("utf-8").count("\n")


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            start = (first.end_lineno or first.lineno) if has_docstring else node.lineno
            yield node.name, (node.end_lineno or node.lineno) - start


def test_a_room_imports_only_rooms_below_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize("file", named(sources("community", "py")))
def test_a_module_and_its_functions_are_short(file: Path) -> None:
    assert lines(file) <= LONGEST_MODULE
    assert [name for name, length in functions(file) if length > LONGEST_FUNCTION] == []


@pytest.mark.parametrize(
    ("folder", "ending", "longest"),
    [
        ("templates", "html", LONGEST_TEMPLATE),
        ("static/css", "css", LONGEST_STYLES),
        ("static/js/behaviours", "js", LONGEST_BEHAVIOUR),
    ],
)
def test_templates_styles_and_behaviours_are_short(folder: str, ending: str, longest: int) -> None:
    found = sources(folder, ending)
    assert found
    assert [file.name for file in found if lines(file) > longest] == []


def test_no_room_has_a_drawer_for_everything() -> None:
    junk = {"utils", "helpers", "common", "services", "managers", "misc"}
    assert [file for file in sources("community", "py") if junk & {file.stem, file.parent.name}] == []


@pytest.mark.parametrize("file", named(sources("community", "py")))
def test_only_the_unit_of_work_commits(file: Path) -> None:
    commits = re.findall(r"\bsession\.commit\(|\.commit\(\)", file.read_text("utf-8"))
    # The bulk filler writes a million rows beside the session and says when they are whole.
    allowed = file.name == "unit_of_work.py" or file.is_relative_to(ROOT / "community" / "cli" / "demo")
    assert allowed or commits == []


@pytest.mark.parametrize("file", named(sources("static/css", "css")))
def test_styles_know_no_left_and_right(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"(?<![\w-])(?:(?:margin|padding|border)-)?(?:left|right)\s*:", text) == []
    assert re.findall(r"(?:float|clear|text-align)\s*:\s*(?:left|right)", text) == []


@pytest.mark.parametrize("file", named(sources("templates", "html")))
def test_templates_hold_no_inline_style_or_script(file: Path) -> None:
    text = file.read_text("utf-8")
    assert re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []


@pytest.mark.parametrize("file", named(sources("templates", "html", "txt")))
def test_only_our_own_markup_is_called_safe(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(re.findall(r"\|\s*safe\b", text)) == len(SAFE.findall(text))


@pytest.mark.parametrize("file", named(sources("templates", "html")))
def test_every_word_a_person_reads_goes_through_gettext(file: Path) -> None:
    text = re.sub(
        r"\{#.*?#\}|\{% block shape %\}.*?\{% endblock %\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->",
        " ",
        file.read_text("utf-8"),
        flags=re.DOTALL,
    )
    text = re.sub(r"<[^>]*>|/\w+", "\n", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", text) == []


def test_only_policy_asks_who_is_a_moderator() -> None:
    asking = [file for file in sources("community", "py") if "is_moderator" in file.read_text("utf-8")]
    assert [file.parent.name for file in asking] == ["policy"]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_with_hashes_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text


@pytest.mark.parametrize("room", ROOMS)
def test_the_map_and_the_package_name_every_room(room: str) -> None:
    assert f"`{room}`" in (ROOT / "docs" / "map.md").read_text("utf-8")
    assert re.search(rf"\b{room}\b", (ROOT / "community" / "__init__.py").read_text("utf-8"))
