"""Filling: whatever is put past the actions looks as if they had made it."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from community.accounts import queries as accounts
from community.cli.demo import DEMO_PASSWORD, SIGN_INS, bulk, fill_if_empty, script
from community.comments import queries as comments
from community.contributions import queries as contributions
from community.ideas import queries as ideas
from community.ideas.actions import voting
from community.kit import clock, jobs, passwords
from community.moderation import queries as desk
from community.moderation.queries import Scope
from tests.faults.test_idea_races import WRONG
from tests.helpers import desk as desk_holds
from tests.helpers.clock import StillClock
from tests.helpers.databases import SqliteFiles
from tests.helpers.site import Site
from tests.helpers.vehicles import assert_kept

SIZE = bulk.Size(stories=60, comments=400, members=40, seed=1)
TALLIED = """
    SELECT language, country, topic_id, count(*) FROM contribution
    WHERE kind = 'story' AND state = 'live' GROUP BY 1, 2, 3
"""
COUNTED_WRONG = {
    "reactions": "reaction_count <> (SELECT count(*) FROM reaction r WHERE r.contribution_id = c.id)",
    "comments": "comment_count <> (SELECT count(*) FROM comment m JOIN contribution a ON a.id = m.id"
    " WHERE m.on_id = c.id AND a.state = 'live')",
    "no live revision": "state = 'live' AND NOT EXISTS (SELECT 1 FROM revision r"
    " WHERE r.id = c.live_revision_id AND r.contribution_id = c.id AND r.state = 'live')",
    "no decision on a live story": "state = 'live' AND kind = 'story' AND NOT EXISTS (SELECT 1 FROM decision d"
    " WHERE d.contribution_id = c.id AND d.revision_id = c.live_revision_id AND d.outcome = 'approve')",
    "version is not one more than moves": "version <> 1 +"
    " (SELECT count(*) FROM move m WHERE m.contribution_id = c.id)",
}
CONTENT = """
    SELECT c.id, c.kind, c.author_id, c.country, c.language, c.topic_id, c.reaction_count, c.comment_count,
    c.published_at, r.title, r.body, r.html, m.path FROM contribution c
    JOIN revision r ON r.contribution_id = c.id LEFT JOIN comment m ON m.id = c.id ORDER BY c.id
"""


def fill(site: Site, size: bulk.Size = SIZE) -> dict[str, int]:
    with site.app.app_context():
        return bulk.fill(size, "nobody's hash")


def assert_all_adds_up(site: Site) -> None:
    for what, wrong in COUNTED_WRONG.items():
        assert site.value(f"SELECT count(*) FROM contribution c WHERE {wrong}") == 0, what
    expected: Counter[tuple[str, str, int]] = Counter()
    for language, country, topic, stories in site.rows(TALLIED):
        for key in ((language, c, t) for c in ("", country) for t in (0, topic)):
            expected[key] += stories
    rows = site.rows("SELECT language, country, topic_id, stories FROM tally WHERE stories > 0")
    assert {row[:3]: row[3] for row in rows} == dict(expected)
    if site.is_sqlite:
        assert site.rows("PRAGMA foreign_key_check") == []
    assert_kept(site)
    desk_holds.assert_all_holds(site)


def content_hash(site: Site) -> str:
    return hashlib.sha256(repr(site.rows(CONTENT)).encode()).hexdigest()


def test_bulk_content_adds_up_as_if_acted(db: Site) -> None:
    fill(db)
    assert_all_adds_up(db)
    live = "SELECT count(*) FROM contribution WHERE state = 'live' AND kind = "
    assert (db.value(live + "'story'"), db.value(live + "'comment'")) == (60, 400)
    assert db.value("SELECT count(*) FROM revision WHERE state = 'waiting'") == bulk.WAITING
    assert db.value("SELECT count(*) FROM decision WHERE outcome = 'refuse'") == 60 // bulk.REFUSED
    dates = [date for (date,) in db.rows("SELECT created_at FROM log_entry ORDER BY number")]
    assert dates == sorted(dates)
    assert len(dates) == 60 + 60 // bulk.REFUSED


def test_bulk_ideas_add_up_as_if_acted(db: Site) -> None:
    made = fill(db, bulk.Size(stories=20, comments=220, members=40, seed=1, ideas=30))
    assert_all_adds_up(db)
    assert db.rows(WRONG) == []
    count = "SELECT count(*) FROM idea"
    assert db.value(count) == db.value(f"{count} WHERE listed_at IS NOT NULL AND area IS NOT NULL") == 30
    assert db.value("SELECT supporter_count FROM idea WHERE id = :n", n=made["idea"]) == 39
    fresh = "SELECT id, fresh_breadth FROM idea ORDER BY id"
    before = db.rows(fresh)
    with db.app.app_context():
        voting.refresh(0, {})
    assert db.rows(fresh) == before


def test_as_much_waits_as_is_asked_for(db: Site) -> None:
    fill(db, bulk.Size(stories=20, comments=220, members=20, seed=1, waiting=1_234))
    assert_all_adds_up(db)
    assert db.value("SELECT count(*) FROM review WHERE closed_at IS NULL") == 1_234


def test_it_can_be_filled_again_and_written_to_afterwards(db: Site) -> None:
    fill(db)
    fill(db, bulk.Size(stories=20, comments=220, members=20, seed=2))
    assert_all_adds_up(db)
    with db.writing():
        found = accounts.account_by_email("bench-member@example.test")
        assert found
        assert accounts.vehicles(found.id) == []
        assert contributions.is_trusted(found.id)
        assert len(accounts.models()) == len(script.models())
    assert db.value("SELECT count(*) FROM vehicle_story") > 0


def test_the_measured_stories_are_alike_in_every_set(db: Site) -> None:
    shapes = []
    for size in (SIZE, bulk.Size(stories=90, comments=700, members=55, seed=5)):
        made = fill(db, size)
        shapes.append([shape(db, made["story_20"]), shape(db, made["story_200"])])
    assert shapes[0] == shapes[1]
    assert [len(story) for story in shapes[0]] == [20, 200]


def shape(site: Site, story_id: int) -> list[tuple[Any, ...]]:
    """The thread in reading order, without what differs: numbers and names."""
    with site.reading():
        lines = comments.thread(story_id, viewer_id=None).rows
    for line in lines:
        above = next((parent for parent in lines if parent.id == line.parent_id), None)
        assert line.path.startswith(above.path if above else "")
        assert line.depth == (above.depth + 1 if above else 0)
    deeper = site.rows("SELECT depth, path FROM comment WHERE on_id = :id ORDER BY path", id=story_id)
    assert all(len(path) == 8 * (depth + 1) for depth, path in deeper)
    html = {line.path: (line.html, line.language, line.reaction_count) for line in lines}
    return [(depth, html.get(path)) for depth, path in deeper]


def test_the_same_seed_makes_the_same_content(
    sqlite_files: SqliteFiles, make_instance: Callable[[], Path], clock: StillClock
) -> None:
    hashes = []
    for seed in (1, 1, 2):
        site = Site(make_instance(), sqlite_files.migrated())
        fill(site, bulk.Size(stories=60, comments=400, members=40, seed=seed))
        hashes.append(content_hash(site))
        site.close()
    assert hashes[0] == hashes[1] != hashes[2]


def test_the_benchs_moderator_reads_all_that_waits(db: Site) -> None:
    fill(db)
    with db.reading():
        found = accounts.account_by_email("bench-moderator@example.test")
        assert found
        moderator = accounts.account(found.id)
        assert moderator
        assert moderator.desk_countries == []
        _, outside = desk.waiting_by_language(Scope(tuple(moderator.languages), ()))
        assert outside == {}


def test_the_command_reports_the_measured_stories(db: Site, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    words = ["demo", "--stories", "20", "--comments", "220", "--members", "20", "--report", str(report)]
    assert db.app.test_cli_runner().invoke(args=words).exit_code == 0
    told = json.loads(report.read_text("utf-8"))
    for comments_wanted in (20, 200):
        query = "SELECT comment_count FROM contribution WHERE id = :id"
        assert db.value(query, id=told[f"story_{comments_wanted}"]) == comments_wanted


def test_the_demo_is_as_if_people_had_made_it(db: Site) -> None:
    """Filled once for all that is asked of it: filling takes some seconds."""
    with db.app.app_context():
        fill_if_empty(with_photos=False)
    it_adds_up_and_mails_nobody(db)
    its_desk_has_something_of_everything(db)
    it_is_read_in_other_languages(db)
    its_ideas_are_in_every_stage(db)
    it_is_put_only_into_an_empty_database(db)
    everybody_the_start_names_can_sign_in(db)
    nobody_acts_before_joining_or_after_now(db)


def it_adds_up_and_mails_nobody(small_site: Site) -> None:
    assert_all_adds_up(small_site)
    with small_site.reading():
        assert jobs.backlog() == (0, 0)
    assert (
        small_site.value("SELECT count(*) FROM contribution WHERE kind = 'story' AND state = 'waiting'") >= 6
    )
    assert small_site.value("SELECT count(*) FROM decision WHERE outcome = 'return'") == 1
    assert small_site.value("SELECT count(*) FROM move WHERE cause = 'trusted'") > 0
    # Without its photos nothing is left of their places.
    assert small_site.value("SELECT count(*) FROM revision WHERE body LIKE '%photo:%'") == 0


def its_desk_has_something_of_everything(small_site: Site) -> None:
    def number(words: str) -> int:
        return int(small_site.value(f"SELECT count(*) FROM {words}"))

    assert number("report WHERE answered_at IS NULL") >= 2
    assert number("report WHERE result = 'acted'") >= 2
    assert number("report WHERE result = 'kept'") >= 1
    assert number("report WHERE reporter_id IS NULL") >= 2
    assert number("contribution WHERE state = 'hidden'") >= 1
    assert number("contribution WHERE state = 'refused' AND kind = 'story'") >= 1
    assert number("contribution WHERE closed_at IS NOT NULL AND state = 'live'") == 1
    assert number("appeal WHERE decided_at IS NULL") >= 1
    assert number("appeal WHERE verdict = 'reversed' AND decided_by_id <> first_by_id") >= 1
    assert number("sanction n JOIN account a ON a.id = n.account_id WHERE a.handle = 'callum'") == 1
    assert number("review WHERE escalated_at IS NOT NULL AND closed_at IS NULL") >= 1
    assert number("review WHERE translation_wanted_at IS NOT NULL AND closed_at IS NULL") >= 1
    assert number("revision WHERE state = 'waiting' AND finding = 'shouting' AND told_at IS NOT NULL") >= 1
    assert number("revision WHERE state = 'refused' AND finding = 'links' AND told_at IS NOT NULL") >= 1
    assert number("statement WHERE automated_detection") == number("revision WHERE finding = 'links'")
    # All but the latest answers of trusted members were looked at; hardly any text gives the checks something to say.
    assert 0 < number("review WHERE rank = 2 AND closed_at IS NULL") < 20
    assert number("revision WHERE told_at IS NOT NULL") < number("revision") / 50


def it_is_read_in_other_languages(small_site: Site) -> None:
    """Each that is live has its edition, one of them with a part its author changed since; one waits."""
    files = len(script.translations())
    assert small_site.value("SELECT count(*) FROM edition") == files - 1
    assert small_site.rows("SELECT stale FROM edition WHERE stale > 0") == [(1,)]
    assert (
        small_site.value("SELECT count(*) FROM review WHERE kind = 'translation' AND closed_at IS NULL") == 1
    )
    of_ideas = small_site.value("SELECT count(*) FROM edition WHERE kind = 'idea'")
    assert of_ideas == 2
    counted = small_site.value("SELECT sum(translated) FROM tally WHERE country = '' AND topic_id = 0")
    assert counted == files - 1 - of_ideas


def its_ideas_are_in_every_stage(small_site: Site) -> None:
    assert small_site.rows(WRONG) == []
    stages = "SELECT count(DISTINCT stage_id) FROM idea WHERE listed_at IS NOT NULL"
    assert small_site.value(stages) == small_site.value("SELECT count(*) FROM stage")
    assert small_site.value("SELECT count(*) FROM merge WHERE undone_at IS NULL") == 1
    assert small_site.value("SELECT count(*) FROM review WHERE kind = 'idea' AND closed_at IS NULL") == 1
    shown = "EXISTS (SELECT 1 FROM consent c WHERE c.contribution_id = q.story_id AND c.purpose = 'quote')"
    quotes = "SELECT count(*) FROM quote q WHERE q.merge_id IS NULL AND"
    assert (small_site.value(f"{quotes} {shown}"), small_site.value(f"{quotes} NOT {shown}")) == (9, 1)
    with small_site.reading():
        assert ideas.due_before(clock.now() - timedelta(days=60)) == 1


def it_is_put_only_into_an_empty_database(small_site: Site) -> None:
    before = content_hash(small_site)
    with small_site.app.app_context():
        fill_if_empty(with_photos=False)
    assert content_hash(small_site) == before


def everybody_the_start_names_can_sign_in(small_site: Site) -> None:
    with small_site.reading():
        for role, email, password in SIGN_INS:
            account = accounts.account_by_email(email)
            assert account
            assert account.role == role
            assert password == DEMO_PASSWORD
            assert passwords.hasher().verify(account.password_hash, password)


def nobody_acts_before_joining_or_after_now(small_site: Site) -> None:
    early = "SELECT count(*) FROM {0} x JOIN account a ON a.id = x.{1} WHERE x.created_at < a.created_at"
    for table, who in (
        ("contribution", "author_id"),
        ("decision", "by_id"),
        ("reaction", "account_id"),
        ("sanction", "by_id"),
    ):
        assert small_site.value(early.format(table, who)) == 0, table
    for table in ("move", "decision", "reaction", "report", "note", "log_entry", "statement"):
        assert small_site.value(f"SELECT count(*) FROM {table} WHERE created_at > CURRENT_TIMESTAMP") == 0, (
            table
        )
