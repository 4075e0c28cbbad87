"""Everybody's every page in a language nobody speaks: what stands there in plain letters never went to gettext."""

from collections.abc import Callable, Collection, Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import template_rendered

from community.config import ROOT
from community.kit import languages
from tests.architecture import test_routes
from tests.architecture.test_routes import ACTS, GETS, JOIN, LINES, Build, Casting, ask
from tests.architecture.world import World
from tests.cast import Cast
from tests.conftest import As
from tests.helpers import databases, pseudo
from tests.helpers.site import Site
from tests.locales.outside import Reader

SPOKEN = "de"
ACTORS = ("signed out", "author", "suspended", "moderator", "admin")
# Texts in the database that an operator, not a catalogue, gives each language.
TEXTS = (
    "SELECT title FROM clause_text",
    "SELECT text FROM clause_text",
    "SELECT text FROM reason_template",
    "SELECT name FROM topic_name",
    "SELECT name FROM stage_name",
)
# What people wrote, or gave to a thing of theirs.
NAMES = (
    "SELECT title FROM revision WHERE title <> ''",
    "SELECT excerpt FROM revision",
    "SELECT display_name FROM account",
    "SELECT name FROM maker",
    "SELECT name FROM model",
    "SELECT maker || ' ' || model FROM vehicle",
    "SELECT model FROM vehicle",
    "SELECT explanation FROM decision",
    "SELECT explanation FROM sanction",
    "SELECT facts FROM sanction",
    "SELECT answer FROM appeal WHERE answer <> ''",
    "SELECT body FROM appeal_message",
    "SELECT decision_facts FROM statement",
    "SELECT reason FROM statement",
    "SELECT nickname FROM vehicle WHERE nickname <> ''",
    "SELECT title FROM spotlight_text",
    "SELECT title FROM call_text",
    "SELECT introduction FROM spotlight_text",
    "SELECT introduction FROM call_text",
)

IN_WORDS = frozenset({"text/html", "application/atom+xml"})
# They would end what the rest of the test needs.
ENDING = frozenset({"POST accounts.logout"})
# Those of translations are read where they are sent, in tests/translations.
LETTERS = [
    str(file.relative_to(ROOT / "templates"))
    for room in ("accounts", "moderation")
    for file in sorted((ROOT / "templates" / "mail" / room).glob("[a-z]*.txt"))
]
# Before the appeal is decided, and the text.
FIRST = [("POST moderation.ask_appellant", 0), ("POST moderation.correct_language", 0)]
WRITTEN = "Enough of it now."
NONSENSE = "\u202e☂"
# What the page itself put there, and nobody types.
PUT = frozenset({"form_id", "id", "number", "revision", "seen", "sequence", "version"})

new_world, person_as = test_routes.new_world, test_routes.person_as  # fixtures


@pytest.fixture
def server(sqlite_files: databases.SqliteFiles, as_writer: None) -> databases.SqliteFiles:
    """Words do not depend on the database."""
    return sqlite_files


@pytest.fixture(scope="session")
def spoken(scratch: Path) -> Path:
    folder = scratch / "pseudo-locales"
    pseudo.speak(folder, **{SPOKEN: pseudo.accented})
    return folder


@pytest.fixture
def make_instance(scratch: Path, prepared: Path, spoken: Path) -> Callable[[], Path]:
    def make() -> Path:
        folder = scratch / f"instance-{uuid4().hex}"
        (folder / "locales").mkdir(parents=True)
        (folder / "static").symlink_to(prepared / "static")
        for code in languages.INTERFACE:
            (folder / "locales" / code).symlink_to(
                (spoken if code == SPOKEN else prepared / "locales") / code
            )
        return folder

    return make


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")  # feeds are read like pages
@pytest.mark.parametrize("actor", ACTORS)
def test_every_word_of_every_page_can_be_translated(
    site: Site, new_world: Build, person_as: Casting, as_: As, actor: str
) -> None:
    browser, asked = as_(person_as(actor)), list(paths(new_world().whole()))
    reader = read_by(site)
    found: dict[str, str] = {}
    loose: dict[str, str] = {}
    for path in asked:
        page = browser.get(path)
        if page.status // 100 != 3 and page.response.mimetype in IN_WORDS:
            found |= dict.fromkeys(reader.finds(page.soup), path)
            loose |= dict.fromkeys(reader.finds_loose(page.soup), path)
    assert not found, told(found)
    assert not loose, told(loose)


@pytest.mark.parametrize("actor", ["signed out", "author", "admin"])
def test_every_word_of_a_refused_form_can_be_translated(
    site: Site, new_world: Build, person_as: Casting, as_: As, actor: str
) -> None:
    """Sent empty, and with nonsense in every field."""
    browser, sent = as_(person_as(actor)), list(refused(new_world().whole()))
    reader = read_by(site)
    found: dict[str, str] = {}
    for path, fields, put in sent:
        for typed in ("", NONSENSE):
            page = browser.post(path, {**dict.fromkeys(fields, typed), **put})
            if page.status // 100 != 3 and page.response.mimetype in IN_WORDS:
                found |= dict.fromkeys(reader.finds(page.soup), path)
    assert not found, told(found)


def test_every_word_of_every_letter_can_be_translated(
    site: Site, cast: Cast, new_world: Build, person_as: Casting, as_: As
) -> None:
    """Whatever the routes' table does, done by those who may; then what the worker sends of it."""
    world = new_world().whole()
    site.execute("UPDATE account SET ui_language = :spoken", spoken=SPOKEN)
    as_(None).post("/account/register", {**JOIN, "language": SPOKEN})
    as_(None).post("/account/recover", {"email": cast.lan.email})
    for actor, acts in (("admin", FIRST), ("member", ACTS), ("author", ACTS), ("admin", ACTS)):
        for endpoint, number in acts:
            if endpoint not in ENDING:
                ask(as_(person_as(actor)), endpoint, LINES[endpoint][number], world)
    sanction = site.value("SELECT max(id) FROM sanction")
    as_(cast.admin).post(f"/moderation/sanctions/{sanction}/lift", {"explanation": WRITTEN})
    drawn: set[str] = set()
    with template_rendered.connected_to(lambda _app, template, **_: drawn.add(str(template.name))):
        site.work(1_000)
    assert {name for name in LETTERS if name not in drawn} == set()
    reader = read_by(site, WRITTEN)
    found = {words: subject for subject, read in letters(site, reader) for words in read}
    assert not found, told(found)


def letters(site: Site, reader: Reader) -> Iterator[tuple[str, list[str]]]:
    for file in site.letters():
        letter = BytesParser(EmailMessage, policy=policy.default).parsebytes(file.read_bytes())
        plain, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
        if letter["Content-Language"] == SPOKEN and plain and html:
            soup = BeautifulSoup(html.get_content(), "html.parser")
            subject = str(letter["Subject"])
            yield subject, [*reader.finds_in_plain(f"{subject}\n{plain.get_content()}"), *reader.finds(soup)]


def told(found: dict[str, str]) -> str:
    return "\n".join(f"{path}: {words}" for words, path in found.items())


def paths(world: World) -> Iterator[str]:
    for endpoint in GETS:
        for line in LINES[endpoint]:
            yield spoken_at(line.path.format_map(world))


def refused(world: World) -> Iterator[tuple[str, Collection[str], dict[str, str]]]:
    """Where each form is sent, its fields, and what the page itself put there."""
    for endpoint, number in ACTS:
        line = LINES[endpoint][number]
        if endpoint.startswith("POST") and line.fields is not None and endpoint not in ENDING:
            put = {name: value.format_map(world) for name, value in line.fields.items() if name in PUT}
            yield spoken_at(line.path.format_map(world)), line.fields, put


def spoken_at(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}ui={SPOKEN}"


def read_by(site: Site, *names: str) -> Reader:
    texts, given = (
        [str(row[0]) for query in queries for row in site.rows(query)] for queries in (TEXTS, NAMES)
    )
    return Reader(SPOKEN, [*texts, site.settings.site_name], [*given, *names])


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>Read it</p>", ["p: Read it"]),
        ("<p>⟦Ŕéåđ <b>íţ</b> ñóŵ⟧ please</p>", ["p: please"]),
        ("<p>⟦Ŕéåđ <a title='Further'>íţ</a>⟧</p>", ["a[title]: Further"]),
        ("<input type=submit value=Send><input type=text value=Typed>", ["input[value]: Send"]),
        ("<p>Lan tells</p><p><bdi>Lan</bdi> ⟦ţéłłš⟧</p>", ["p: Lan tells"]),
        ("<p lang=vi>Đường dài</p><p dir=auto>Anything</p><time>now</time><code>x = yes</code>", []),
        ("<option>Lan</option><p>Deutschland, Französisch und Polen · 3. Juli 2026 · 2 Stunden</p>", []),
        ("<p>Deutschland is here</p>", ["p: Deutschland is here"]),
    ],
)
def test_what_is_found(html: str, wanted: list[str]) -> None:
    soup = BeautifulSoup(f"<html lang={SPOKEN}>{html}</html>", "html.parser")
    assert [*Reader(SPOKEN, [], ["Lan"]).finds(soup)] == wanted


def test_a_name_that_nothing_isolates_is_found() -> None:
    soup = BeautifulSoup("<p>⟦ƀý Lan⟧</p><p><bdi>Lan</bdi></p><p title=Lan></p><p>Landing</p>", "html.parser")
    assert [*Reader(SPOKEN, [], ["Lan"]).finds_loose(soup)] == ["p: ⟦ƀý Lan⟧"]


def test_the_pseudo_language_keeps_what_is_filled_in_and_marked_up() -> None:
    english = 'Read <a href="%(path)s">{count} stories</a> by %(name)s, 100%% free '
    for speech in (pseudo.accented, pseudo.mirrored):
        said = speech(english)
        assert sorted(pseudo.KEPT.findall(said)) == sorted(pseudo.KEPT.findall(english))
        assert said.startswith(pseudo.OPENS)
        assert said.endswith(f"{pseudo.CLOSES} ")
        assert not set("Redstorifby") & set(pseudo.KEPT.sub("", said))
        assert len(pseudo.KEPT.sub("", said)) >= len(pseudo.KEPT.sub("", english)) * 1.4
