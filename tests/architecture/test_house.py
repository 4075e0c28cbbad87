"""The house rules, kept by machine: who imports whom, how long things may be, what may not be written where."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from community.config import ROOT

PYTHON = sorted((ROOT / "community").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
PAGES = [file for file in TEMPLATES if file.suffix == ".html"]
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
BEHAVIOURS = sorted((ROOT / "static" / "js").rglob("*.js"))
LONGEST_FUNCTION, LONGEST_MODULE = 40, 300
LONGEST_TEMPLATE, LONGEST_STYLE, LONGEST_BEHAVIOUR = 120, 300, 80
FORBIDDEN_NAMES = frozenset({"utils", "util", "helpers", "common", "services", "managers", "misc"})

# Markup that was made by our own cleaner or drawn by our own code, never by a member.
SAFE = frozenset(
    {
        "html",
        "line.html",
        "parent.live_revision.html",
        "quote.html",
        "revision.html",
        "step.html",
        "text.html",
    }
)
MARK_UP = re.compile(r"<[^>]*>", re.DOTALL)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
INLINE = re.compile(r"\s(?:style|on[a-z]+)\s*=|^<style|^<script(?![^>]*\ssrc)")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SIDE = re.compile(
    r"(?<![\w-])(?:[a-z-]+-)?(?:left|right)(?:-[a-z-]+)?\s*:"
    r"|(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b"
)
WORD = re.compile(r"[^\W\d_]{2,}")
VISIBLE_ATTRIBUTE = re.compile(r'\s(?:title|placeholder|alt|aria-label)="([^"]*)"')


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_rooms_import_only_rooms_below_them() -> None:
    code = "from importlinter.cli import lint_imports_command as check; check()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"[1-9]\d* kept, 0 broken", done.stdout)


def test_functions_end_before_one_forgets_how_they_began() -> None:
    long = [
        f"{name(file)}:{function} {size}"
        for file in PYTHON
        for function, size in functions(file)
        if size > LONGEST_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize(
    ("files", "most"),
    [
        (PYTHON, LONGEST_MODULE),
        (TEMPLATES, LONGEST_TEMPLATE),
        (STYLES, LONGEST_STYLE),
        (BEHAVIOURS, LONGEST_BEHAVIOUR),
    ],
    ids=["modules", "templates", "style sheets", "behaviours"],
)
def test_files_stay_short(files: list[Path], most: int) -> None:
    assert files
    assert not [f"{name(file)} {lines(file)}" for file in files if lines(file) > most]


def test_no_drawer_for_everything() -> None:
    assert not [name(file) for file in PYTHON if file.stem in FORBIDDEN_NAMES]


def test_every_module_says_what_it_owns() -> None:
    assert not [name(file) for file in PYTHON if not ast.get_docstring(ast.parse(file.read_text("utf-8")))]


def test_nobody_commits_but_the_unit_of_work() -> None:
    found = {
        name(file)
        for file in PYTHON
        if re.search(r"\bsession\.commit\(|\.commit\(\)", file.read_text("utf-8"))
    }
    assert {file for file in found if "/cli/" not in file} == {"community/kit/unit_of_work.py"}


def test_templates_compile() -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for file in TEMPLATES:
        environment.parse(file.read_text("utf-8"))


def test_no_inline_style_or_script() -> None:
    """The Content-Security-Policy would block them; here one learns of it sooner."""
    wrong = []
    for file in PAGES:
        if name(file).startswith("templates/mail/"):
            continue  # a mail has no style sheet but its own
        source = JINJA.sub("", file.read_text("utf-8"))
        for tag in MARK_UP.findall(source):
            if INLINE.search(tag):
                wrong.append(f"{name(file)}: {tag}")  # noqa: PERF401 - a comprehension of this would be read twice
    assert not wrong


def test_only_our_own_markup_is_called_safe() -> None:
    found = {
        f"{name(file)}: {value}"
        for file in TEMPLATES
        for value in re.findall(r"([\w.]+(?:\([^)]*\))?)\s*\|\s*safe\b", file.read_text("utf-8"))
        if value not in SAFE
    }
    assert not found
    assert not [name(file) for file in TEMPLATES if "autoescape false" in file.read_text("utf-8")]


def test_style_sheets_know_no_left_and_right() -> None:
    """Arabic readers get their mirror for nothing, as long as nobody writes a side."""
    wrong = []
    for file in STYLES:
        rules = CSS_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), file.read_text("utf-8"))
        wrong += [
            f"{name(file)}:{n} {line.strip()}"
            for n, line in enumerate(rules.splitlines(), 1)
            if SIDE.search(line)
        ]
    assert not wrong


def test_every_word_a_reader_sees_goes_through_gettext() -> None:
    """No letters between tags, nor in attributes that are read aloud, outside of an expression."""
    wrong = []
    for file in PAGES:
        if file.name == "_words.html":
            continue  # a mail's words and addresses, outside of any markup
        source = re.sub(r"<(script|style)\b.*?</\1>", "", file.read_text("utf-8"), flags=re.DOTALL)
        source = re.sub(r"{% block shape %}.*?{% endblock %}", "", source)  # a class, though it stands alone
        # First the expressions, so that a `>` in one ends no tag.
        plain = JINJA.sub(" ", source)
        for found in VISIBLE_ATTRIBUTE.findall(plain):
            wrong += [f"{name(file)}: {found}"] if WORD.search(found) else []
        for between in MARK_UP.sub("\n", plain).splitlines():
            words = re.sub(r"&\w+;", "", between)
            wrong += [f"{name(file)}: {words.strip()}"] if WORD.search(words) else []
    assert not wrong


def test_templates_ask_what_somebody_can_and_never_what_they_are() -> None:
    wrong = [
        name(file)
        for file in TEMPLATES
        if re.search(r"\bis_moderator\b|current_user\.role|current_user\.standing\b", file.read_text("utf-8"))
    ]
    assert not wrong


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_addresses(lock: str) -> None:
    words = (ROOT / lock).read_text("utf-8")
    assert "://" not in words
    assert "--index" not in words
    pinned = re.findall(r"^[A-Za-z0-9].*==.*$", words, re.MULTILINE)
    assert pinned
    assert words.count("--hash=sha256:") >= len(pinned)


def test_the_map_names_every_room() -> None:
    words = (ROOT / "docs" / "map.md").read_text("utf-8")
    rooms = {child.name for child in (ROOT / "community").iterdir() if (child / "__init__.py").exists()}
    assert not {room for room in rooms if not re.search(rf"\b{room}\b", words)}


def test_every_behaviour_is_known_to_the_templates_and_the_other_way_round() -> None:
    used = {
        word
        for file in PAGES
        for value in re.findall(r'data-behaviour="([^"]*)"', file.read_text("utf-8"))
        for word in JINJA.sub(" ", value).split()
    }
    there = {file.stem for file in BEHAVIOURS if file.parent.name == "behaviours"}
    assert used <= there


def test_every_asset_named_in_a_template_is_there() -> None:
    named = {
        word
        for file in PAGES
        for word in re.findall(r"asset\(['\"]([^'\"]+)['\"]\)", file.read_text("utf-8"))
    }
    missing = {word for word in named - {"css/app.css"} if not (ROOT / "static" / word).exists()}
    assert not missing
