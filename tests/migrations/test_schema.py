"""The schema: one chain of revisions, both databases, no way round it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, pool, text
from sqlalchemy.exc import DBAPIError

from community.accounts.actions import listing
from community.app import metadata
from community.config import ROOT
from community.contributions.models import ListedWord, Picture, Purpose, RevisionState
from community.insights.models import InsightTerm, InsightText, InsightWord
from community.kit import db as database_kit
from community.kit import migrating, schema
from community.media import actions as media
from community.moderation import actions as moderation
from community.moderation import queries
from community.moderation.actions import notes, reports, sanctions
from community.moderation.actions.reports import Notice
from community.moderation.actions.sanctions import Charge
from community.moderation.models import Appeal, AppealMessage, Measure, Outcome, Reason
from community.notifications import actions as notices
from community.notifications.models import Digest, Mail, NoticeKind
from community.stories import actions as stories
from tests.cast import Cast
from tests.conftest import As, MakeDatabase
from tests.factories.calls import Calls
from tests.factories.contributions import Factory, contribution, decision, form_id, story, wording
from tests.factories.photos import Photos
from tests.factories.translations import Translations
from tests.helpers.browser import Browser
from tests.helpers.site import Site
from tests.migrations.ideas import begin_ideas

REVISIONS = [
    script.revision for script in ScriptDirectory.from_config(migrating.configuration()).walk_revisions()
][::-1]


def tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=pool.NullPool)
    return set(inspect(engine).get_table_names())


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_one_head_and_the_code_expects_it() -> None:
    heads = ScriptDirectory.from_config(migrating.configuration()).get_heads()
    assert heads == [schema.expected()]


def test_the_models_are_the_head(database: str) -> None:
    command.check(migrating.configuration(database))


def test_every_constraint_has_a_name(database: str) -> None:
    engine = create_engine(database, poolclass=pool.NullPool)
    found = inspect(engine)
    for table in metadata().tables:
        named = [
            *found.get_foreign_keys(table),
            *found.get_unique_constraints(table),
            *found.get_check_constraints(table),
            *found.get_indexes(table),
        ]
        assert all(one["name"] for one in named), table
        assert all(constraint.name for constraint in metadata().tables[table].constraints), table


def test_up_down_and_up_again_with_nothing_in_it(empty_database: MakeDatabase) -> None:
    url = empty_database()
    migrating.upgrade(url)
    first = tables(url)
    assert set(metadata().tables) <= first
    migrating.downgrade(url, "base")
    assert tables(url) <= {"alembic_version"}
    migrating.upgrade(url)
    assert tables(url) == first


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_revision_goes_down_and_up_again_with_data_in_the_tables(
    empty_database: MakeDatabase, make_instance: Any, revision: str
) -> None:
    """Filled at the head; down to just before the revision; up again. What the older schema can hold is still there."""
    url = empty_database()
    migrating.upgrade(url)
    fill(url, make_instance())
    below = ScriptDirectory.from_config(migrating.configuration()).get_revision(revision).down_revision
    people = rows(url, "SELECT email FROM account ORDER BY email")
    migrating.downgrade(url, str(below or "base"))
    migrating.upgrade(url)
    command.check(migrating.configuration(url))
    if below:
        assert rows(url, "SELECT email FROM account ORDER BY email") == people
    assert rows(url, "SELECT count(*) FROM topic") == [(8,)]


def fill(url: str, instance: Path) -> None:
    """Something in every table that people's acts can fill."""
    site = Site(instance, url)
    try:
        cast = Cast(site)
        make = Factory(site, cast)
        with site.writing():
            listing.list_model("Larch", "Vireo", 2019)
        story = make.live_story(text=wording(vehicle_id=make.vehicle(maker="Larch")))
        make.comment(story, parent=make.comment(story))
        make.returned_story()
        make.refused_story()
        make.waiting_story()
        browser = Browser(site).enter_as(cast.member)
        assert browser.post(f"/contributions/{story}/reactions", {"on": "1"}).status == 302
        assert browser.post(f"/members/{cast.moderator.handle}/block").status == 302
        show_photos(site, cast, make)
        translate(site, cast, make, story)
        begin_ideas(site, cast, make, story)
        gather(site, cast, make)
        keep_notices(site, cast)
        moderate(site, cast, make, story)
        empty = [
            table for table in sorted(metadata().tables) if not site.value(f'SELECT count(*) FROM "{table}"')
        ]
        assert set(empty) <= {"desk_country", "token"}, empty
    finally:
        site.close()


def show_photos(site: Site, cast: Cast, make: Factory) -> None:
    """In a story whose author agreed to be quoted; and one of which some bytes have come."""
    shown = Picture(Photos(site).ready(cast.lan), "A road", "The road")
    number = make.live_story(text=wording(pictures=(shown,)))
    with site.writing():
        stories.agree(story(number), {Purpose.QUOTE})
        photo = media.begin(10, name="a.jpg", areas=(), by=cast.lan.account())
        media.append(photo.id, photo.key, 0, b"some")


def gather(site: Site, cast: Cast, make: Factory) -> None:
    """A call with an answer, a spotlight, and a word that rose."""
    calls = Calls(site, make)
    told = calls.live(calls.opened(), cast.lan)
    calls.spotlight([told])
    found = {"month": 24_300, "language": "en", "word": "bridge", "texts": 5, "share": 9.0}
    risen = InsightWord(by="country", value="VN", place=0, **found)
    with site.writing():
        term = InsightTerm(language="en", term="bridge", word="Bridge")
        read = InsightText(contribution_id=told, revision_id=told, terms=b"\x01\x00\x00\x00")
        database_kit.session.add_all([risen, term, read])


def keep_notices(site: Site, cast: Cast) -> None:
    """What somebody chose, and a digest that went."""
    with site.writing():
        lan = cast.lan.account()
        notices.choose({NoticeKind.ANSWERED: Mail.NEVER}, "Asia/Tokyo", by=lan)
        database_kit.session.add(Digest(account_id=lan.id, day=None, created_at=datetime.now(UTC)))


def translate(site: Site, cast: Cast, make: Factory, story: int) -> None:
    """One that is live, one that waits, one that is begun."""
    translations = Translations(site, make)
    translations.live(story, "id", cast.member)
    translations.waiting(story, "vi", cast.member)
    translations.draft(story, "de", cast.member)


def moderate(site: Site, cast: Cast, make: Factory, story: int) -> None:
    """What a desk does besides reading what waits: every kind of decision, and a row in each of its tables."""
    for outcome in (Outcome.LOCK, Outcome.UNLOCK, Outcome.HIDE, Outcome.RESTORE):
        make.decide(story, outcome, on=RevisionState.LIVE)
    report(site, cast, story)
    make.decide(story, Outcome.KEEP, on=RevisionState.LIVE)
    hidden = make.decide(make.live_story(), Outcome.HIDE, on=RevisionState.LIVE)
    undone = make.decide(make.waiting_story())
    admin, now = cast.admin, datetime.now(UTC)
    with site.writing():
        it = decision(undone)
        text = queries.revision(it.revision_id)
        assert text
        moderation.undo(it, contribution(it.contribution_id), text, by=cast.moderator.account())
        it = decision(hidden)
        appeal = Appeal(decision_id=it.id, appellant_id=it.author_id, first_by_id=it.by_id, opened_at=now)
        appeal.language, appeal.country = it.language, it.country
        database_kit.session.add(appeal)
        database_kit.session.flush()
        said = AppealMessage(appeal_id=appeal.id, by_id=it.author_id, is_from_desk=False, created_at=now)
        said.body = "It was my own car."
        word = ListedWord(language="en", word="Tyres", folded="tyres", by_id=admin.id, created_at=now)
        database_kit.session.add_all([said, word])
        notes.write_note(cast.lan.account(), "Writes about passes.", by=cast.moderator.account())
        notes.record_mail(cast.lan.id, "decision", "Your story is hidden")
        for measure in (Measure.WARNING, Measure.SUSPENSION):
            days = 7 if measure is Measure.SUSPENSION else None
            charge = Charge(measure=measure, ground="1.2", explanation="Three advertisements.", days=days)
            sanctions.impose(cast.member.account(), charge, by=cast.moderator.account())


def report(site: Site, cast: Cast, number: int) -> None:
    with site.writing():
        notice = Notice(
            reason=Reason.SCAM,
            explanation="He never drove there.",
            seen=1,
            language="en",
            form_id=form_id(),
            origin="here",
        )
        reports.report(contribution(number), notice, by=cast.member.account())


def test_an_upgrade_of_an_upgraded_database_does_nothing(database: str) -> None:
    before = rows(database, "SELECT number, changed_at FROM pulse")
    migrating.upgrade(database)
    assert rows(database, "SELECT number, changed_at FROM pulse") == before


def test_two_upgrades_at_once(empty_database: MakeDatabase) -> None:
    """Two processes: the second waits for the first, then finds nothing to do."""
    url = empty_database()
    code = f"from community.kit import migrating; migrating.upgrade({url!r})"
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environ, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for one in running:
        _, errors = one.communicate(timeout=120)
        assert one.returncode == 0, errors.decode()[-2000:]
    assert rows(url, "SELECT version_num FROM alembic_version") == [(schema.expected(),)]
    assert rows(url, "SELECT count(*) FROM topic") == [(8,)]


def test_postgresql_gives_up_waiting_for_a_lock_rather_than_stopping_the_site(site: Site) -> None:
    if site.is_sqlite:
        # SQLite has no lock_timeout; a writer waits for busy_timeout at most.
        assert database_kit.BUSY_TIMEOUT_MS == 5000
        return
    seen: list[tuple[Any, ...]] = []
    config = migrating.configuration(site.settings.database_url)

    def ask(_revision: Any, context: Any) -> list[Any]:
        names = ("lock_timeout", "statement_timeout")
        seen.append(tuple(context.connection.execute(text(f"SHOW {name}")).scalar() for name in names))
        return []

    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, script, fn=ask):
        script.run_env()
    assert seen == [("4s", "1min")]


def test_a_copy_is_made_before_an_sqlite_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "community.sqlite3"
    url = f"sqlite:///{file}"
    migrating.upgrade(url)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE topic SET position = 42 WHERE id = 1")
    connection.close()
    copy = migrating.copy_before_upgrade(url, "abc123")
    assert copy is not None
    assert copy.parent == tmp_path
    assert copy.name.startswith("community.before-abc123-")
    assert rows(f"sqlite:///{copy}", "SELECT position FROM topic WHERE id = 1") == [(42,)]


def test_no_copy_where_there_is_nothing_to_copy(tmp_path: Path) -> None:
    assert migrating.copy_before_upgrade(f"sqlite:///{tmp_path / 'none.sqlite3'}", "abc") is None
    assert migrating.copy_before_upgrade("postgresql+psycopg://localhost/x", "abc") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("found", ["0123456789ab", None])
def test_a_worker_of_another_schema_shows_maintenance_and_is_not_ready(
    site: Site, cast: Cast, make: Factory, as_: As, found: str | None
) -> None:
    """Behind and ahead look alike: the revision is another one."""
    number = make.live_story()
    kept = as_(None).get("/stories")
    assert kept.status == 200
    if found:
        site.execute("UPDATE alembic_version SET version_num = :found", found=found)
    else:
        site.execute("DELETE FROM alembic_version")
    try:
        ready = as_(None).get("/readyz")
        assert (ready.status, ready.json["reason"], ready.json["found"]) == (503, "schema", found)
        assert ready.json["expected"] == schema.expected()
        assert as_(None).get("/healthz").status == 200
        browser = as_(None)
        for path in ("/", "/stories", f"/stories/{number}", "/nowhere", "/account/login"):
            page = browser.get(path)
            assert page.status == 503, path
            assert page.response.headers["Retry-After"] == "60"
            assert "Over the pass" not in page.html
            assert "Content-Security-Policy" in page.response.headers
        assert browser.send("/account/login", [("email", "x")]).status == 503
    finally:
        site.execute("DELETE FROM alembic_version")
        site.execute("INSERT INTO alembic_version VALUES (:found)", found=schema.expected())
    assert as_(None).get("/stories").status == 200
    assert as_(None).get("/readyz").json == {"status": "ready", "schema": schema.expected()}


def test_without_tables_the_site_says_so_and_migrates_nothing(
    empty_database: MakeDatabase, make_instance: Any
) -> None:
    url = empty_database()
    site = Site(make_instance(), url)
    try:
        assert Browser(site).get("/").status == 503
        ready = Browser(site).get("/readyz")
        assert (ready.status, ready.json["status"]) == (503, "not ready")
        assert tables(url) == set()
        with database_kit.writing(True):
            migrating.upgrade(url)
        assert Browser(site).get("/").status == 200
    finally:
        site.close()


def test_the_cli_migrates_once(empty_database: MakeDatabase, make_instance: Any) -> None:
    url = empty_database()
    site = Site(make_instance(), url)
    try:
        for _ in range(2):
            done = site.app.test_cli_runner().invoke(args=["migrate"])
            assert (done.exit_code, done.output) == (0, "")
            assert rows(url, "SELECT version_num FROM alembic_version") == [(schema.expected(),)]
    finally:
        site.close()


def test_an_upgrade_that_fails_at_its_last_revision_leaves_nothing_of_the_others(
    empty_database: MakeDatabase,
) -> None:
    """All revisions are one transaction: nobody can come between two of them, and a failure undoes them all."""
    url = empty_database()
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE consent (id INTEGER)"))
    with pytest.raises(DBAPIError, match="consent"):
        migrating.upgrade(url)
    assert tables(url) == {"consent"}


def test_an_older_schema_keeps_every_word_of_a_translation(
    empty_database: MakeDatabase, make_instance: Callable[[], Path]
) -> None:
    """It knows no such kind: each becomes a withdrawn story of its translator."""
    url = empty_database()
    migrating.upgrade(url)
    fill(url, make_instance())
    ids = "SELECT id FROM contribution WHERE id IN (SELECT contribution_id FROM revision WHERE passages <> '[]')"
    translated = rows(url, f"{ids} ORDER BY id")
    words = f"SELECT title, body FROM revision WHERE contribution_id IN ({ids}) ORDER BY id"
    before = rows(url, words)
    migrating.downgrade(url, "a1f09c3d7e21")
    numbers = ", ".join(str(row[0]) for row in translated)
    kinds = rows(url, f"SELECT DISTINCT kind, state FROM contribution WHERE id IN ({numbers}) ORDER BY state")
    assert kinds == [("story", "withdrawn")]
    kept = rows(url, f"SELECT title, body FROM revision WHERE contribution_id IN ({numbers}) ORDER BY id")
    assert kept == before
    open_reviews = rows(
        url, "SELECT language, country, count(*) FROM review WHERE closed_at IS NULL GROUP BY 1, 2"
    )
    backlog = rows(url, "SELECT language, country, waiting FROM backlog WHERE waiting > 0")
    assert sorted(open_reviews) == sorted(backlog)
    migrating.upgrade(url)
    command.check(migrating.configuration(url))
