"""The guidelines in versions: what a change leaves alone, who decides between two admins, who is told and how often."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from community.contributions.models import RevisionState
from community.kit.errors import Conflict, Invalid
from community.kit.languages import INTERFACE
from community.moderation import queries
from community.moderation.actions import guidelines as actions
from community.moderation.actions.guidelines import Draft, Said
from community.moderation.models import Category, Clause, Outcome
from community.moderation.processing import guidelines as processing
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.helpers.browser import Browser
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

OLD, NEW = "No advertising", "Nothing is sold here"
EDIT = "/moderation/guidelines/clauses/1.2"
VERSIONS = "SELECT number, version FROM clause WHERE ended_at IS NULL ORDER BY number, version"


def draft(title: str = NEW, **languages: tuple[str, str]) -> Draft:
    words = {"en": Said(title, "No offers of any kind.")}
    words |= {code: Said(*said) for code, said in languages.items()}
    return Draft(words=words, category=Category.SCAMS, is_illegal=False)


def in_force(number: str = "1.2") -> Clause:
    found = next(one for one in queries.clauses_in_force() if one.number == number)
    assert found is not None
    return found


@pytest.fixture
def change(db: Site, cast: Cast) -> Callable[..., None]:
    """An admin's change of clause 1.2."""
    admin = cast.admin

    def amend(title: str = NEW, number: str = "1.2") -> None:
        with db.writing():
            actions.amend(in_force(number), draft(title), by=admin.account())

    return amend


def rules(as_: As, cast: Cast) -> Browser:
    """The admin's browser, speaking English."""
    return as_(cast.admin).choose_language("en")


def seen_by(browser: Browser) -> bool:
    """Whether a page anybody reads tells of a change."""
    return browser.visit("/about").has("form[action='/account/guidelines']")


def test_an_admin_changes_a_clause_in_every_language(as_: As, cast: Cast, db: Site) -> None:
    page = rules(as_, cast).visit("/moderation/guidelines").follow(f"a[href='{EDIT}']")
    page = page.submit(title_en=NEW, title_ar="لا بيع هنا", text_id="", title_id="")
    assert page.status == 200
    assert "Version 2 of clause 1.2 is in force." in page.text
    public = as_(None).visit("/guidelines")
    assert NEW in public.main
    assert OLD not in public.main
    assert "لا بيع هنا" in as_(None).visit("/guidelines?ui=ar").main
    missing = as_(None).visit("/guidelines?ui=id")
    assert missing.has("#clause-1-2 h3[lang=en]")
    assert missing.has("#clause-1-1 h3[lang=id]")
    assert db.rows("SELECT version, ended_at IS NULL FROM clause WHERE number = '1.2' ORDER BY 1") == [
        (1, 0),
        (2, 1),
    ]


def test_the_english_words_are_needed_and_nothing_typed_is_lost(as_: As, cast: Cast, db: Site) -> None:
    page = rules(as_, cast).visit(EDIT).submit(title_en="", text_ar="كلمات كثيرة", title_ar="")
    assert page.status == 422
    assert page.form("main form").values()["text_ar"] == "كلمات كثيرة"
    assert {"#title_en", "#title_ar"} <= {a["href"] for a in page.soup.select(".errors a")}
    long = page.submit(title_en="x" * 121, text_en="y" * 2001, title_ar="", text_ar="")
    assert {"#title_en", "#text_en"} == {a["href"] for a in long.soup.select(".errors a")}
    done = long.submit(title_en="x" * 120, text_en="y" * 2000)
    assert done.path == "/moderation/guidelines"
    assert db.value("SELECT max(version) FROM clause") == 2


def test_saving_what_is_there_makes_no_version(as_: As, cast: Cast, db: Site) -> None:
    page = rules(as_, cast).visit(EDIT).submit()
    assert page.status == 422
    assert db.value("SELECT max(version) FROM clause") == 1


def test_the_second_of_two_admins_is_told_and_keeps_the_words(as_: As, cast: Cast, db: Site) -> None:
    browser = rules(as_, cast)
    first, second = browser.visit(EDIT), browser.visit(EDIT)
    first.submit(title_en=NEW)
    told = second.submit(title_en="Mine instead")
    assert told.status == 409
    assert NEW in told.main
    assert told.form("main form").values()["title_en"] == "Mine instead"
    again = told.submit()
    assert "Version 3" in again.text
    assert db.rows("SELECT version FROM clause WHERE number = '1.2' AND ended_at IS NULL") == [(3,)]


def test_a_version_ends_once(db: Site, cast: Cast) -> None:
    admin = cast.admin
    with db.reading():
        number = in_force().id
    for is_first in (True, False):
        with db.writing():
            clause = queries.clause(number)
            assert clause is not None
            if is_first:
                actions.amend(clause, draft(), by=admin.account())
            else:
                with pytest.raises(Conflict):
                    actions.amend(clause, draft("Another"), by=admin.account())


def test_a_change_leaves_old_decisions_mails_statements_and_pages_alone(
    site: Site, cast: Cast, make: Factory, as_: As, change: Callable[..., None]
) -> None:
    number = make.live_story()
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    change()
    site.work()
    letter = site.letters()[-1].read_bytes().decode()
    assert "/guidelines/clauses/1.2/1" in letter
    author = as_(cast.lan)
    status = author.visit(f"/contributions/{number}/status")
    statement = status.follow("Statement of reasons")
    for page in (status, statement):
        assert OLD in page.main
        assert "version 1" in page.main
        assert NEW not in page.main
    cited = statement.follow("a[href='/guidelines/clauses/1.2/1']")
    assert OLD in cited.main
    assert "no longer in force" in cited.main
    review = as_(cast.moderator).visit(f"/contributions/{number}/status")
    assert review.status == 404
    assert NEW in as_(None).visit("/guidelines").main


def test_a_new_clause_gets_the_next_number_and_is_added_once(as_: As, cast: Cast, db: Site) -> None:
    browser = rules(as_, cast)
    page = browser.visit("/moderation/guidelines/chapters/1")
    number = page.form("main form").values()["number"]
    sent = {"title_en": "Keep it short", "text_en": "As short as it can be."}
    for _twice in range(2):
        assert page.submit(**sent).path == "/moderation/guidelines"
    assert db.value("SELECT count(*) FROM clause WHERE number = :number", number=number) == 1
    assert "Keep it short" in as_(None).visit("/guidelines").main
    other = page.submit(title_en="Something else", text_en="Entirely.")
    assert other.status == 409
    following = other.form("main form").values()
    assert (following["title_en"], following["number"]) == ("Something else", f"1.{int(number[2:]) + 1}")
    assert other.submit().status == 200
    assert db.value("SELECT count(*) FROM clause WHERE version = 1 AND by_id IS NOT NULL") == 2


def test_a_number_outside_the_order_is_not_taken(db: Site, cast: Cast) -> None:
    admin = cast.admin
    with db.writing(), pytest.raises(Conflict):
        actions.add(1, "1.99", draft(), by=admin.account())
    with db.writing(), pytest.raises(Invalid):
        actions.add(1, actions.next_number(1), Draft(words={}, category=Category.SCAMS, is_illegal=False),
                    by=admin.account())  # fmt: skip


def test_a_retired_clause_keeps_its_number_its_words_and_its_decisions(
    as_: As, cast: Cast, make: Factory, db: Site
) -> None:
    number = make.refused_story()
    page = rules(as_, cast).visit(f"{EDIT}/end").submit()
    assert page.path == "/moderation/guidelines"
    assert OLD not in as_(None).visit("/guidelines").main
    assert OLD in as_(None).visit("/guidelines/clauses/1.2/1").main
    assert "No longer in force" in as_(None).visit("/guidelines/clauses/1.2").main
    assert "No longer in force" in as_(None).visit("/guidelines/versions").main
    assert OLD in as_(cast.lan).visit(f"/contributions/{number}/status").main
    with db.reading():
        assert "1.2" in queries.guidelines.numbers_in(1)
        assert actions.next_number(1) == f"1.{len(queries.guidelines.numbers_in(1)) + 1}"
    assert rules(as_, cast).visit(EDIT).status == 404


def test_the_last_clause_stays(db: Site) -> None:
    with db.reading():
        *others, last = [clause.id for clause in queries.clauses_in_force()]
    for clause_id in others:
        with db.writing():
            actions.retire(db_clause(clause_id))
    with db.writing(), pytest.raises(Conflict):
        actions.retire(db_clause(last))
    with db.writing(), pytest.raises(Conflict):
        actions.retire(db_clause(others[0]))
    assert db.value("SELECT count(*) FROM clause WHERE ended_at IS NULL") == 1


def db_clause(clause_id: int) -> Clause:
    found = queries.clause(clause_id)
    assert found is not None
    return found


def at_once(acts: list[Callable[[], object]]) -> list[bool]:
    """Each in a thread of its own, begun together; whether it went through."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        start.wait()
        try:
            act()
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_of_two_changes_at_once_one_goes_through(db: Site, cast: Cast) -> None:
    admin = cast.admin
    with db.reading():
        number = in_force().id

    def amend(title: str) -> None:
        with db.writing():
            actions.amend(db_clause(number), draft(title), by=admin.account())

    assert sorted(at_once([partial(amend, f"Words of {one}") for one in range(4)])) == [False] * 3 + [True]
    assert db.rows("SELECT version FROM clause WHERE number = '1.2' AND ended_at IS NULL") == [(2,)]


def test_two_admins_who_retire_the_last_two_leave_one(db: Site) -> None:
    with db.reading():
        *others, first, second = [clause.id for clause in queries.clauses_in_force()]

    def retire(clause_id: int) -> None:
        with db.writing():
            actions.retire(db_clause(clause_id))

    for clause_id in others:
        retire(clause_id)
    assert sorted(at_once([partial(retire, first), partial(retire, second)])) == [False, True]
    assert db.value("SELECT count(*) FROM clause WHERE ended_at IS NULL") == 1


def test_templates_change_in_place_in_every_language(as_: As, cast: Cast, db: Site) -> None:
    browser = rules(as_, cast)
    page = browser.visit(f"{EDIT}/templates")
    late = browser.visit(f"{EDIT}/templates")
    assert set(page.form("main form").names()) >= {f"text_{code}" for code in INTERFACE}
    page.submit(text_en="Take the offer out.\nThen send it again.", text_id="")
    with db.reading():
        assert queries.templates("en")["1.2"] == "Take the offer out.\nThen send it again."
        assert queries.templates("id")["1.2"] == "Take the offer out.\nThen send it again."
    told = late.submit(text_en="Something else")
    assert told.status == 409
    assert told.form("main form").values()["text_en"] == "Something else"
    assert told.submit(text_id="Lain").path == "/moderation/guidelines"
    with db.reading():
        assert queries.templates("id")["1.2"] == "Lain"
    assert browser.visit(f"{EDIT}/templates").submit(text_en="x" * 2001).status == 422
    assert db.value("SELECT max(version) FROM clause") == 1


def test_what_changed_is_shown_word_by_word(clock: StillClock, as_: As, change: Callable[..., None]) -> None:
    change("No advertising at all")
    clock.advance(days=1)
    change("No adverts at all", number="1.2")
    page = as_(None).visit("/guidelines/versions")
    assert [mark.get_text().strip() for mark in page.soup.select(".step ins")][:1] == ["adverts"]
    versions = as_(None).visit("/guidelines/clauses/1.2")
    assert [h.get_text().strip() for h in versions.soup.select(".step h3")] == [
        "Version 3",
        "Version 2",
        "Version 1",
    ]
    for version, title in ((1, OLD), (2, "No advertising at all"), (3, "No adverts at all")):
        assert title in as_(None).visit(f"/guidelines/clauses/1.2/{version}").main
    for path in ("/guidelines/clauses/1.2/4", "/guidelines/clauses/9.9", "/guidelines/clauses/x%00y"):
        assert as_(None).visit(path).status == 404


def test_the_guidelines_are_there_for_machines(as_: As, change: Callable[..., None]) -> None:
    before = as_(None).visit("/guidelines.json").json
    assert [chapter["number"] for chapter in before["chapters"]] == [1, 2, 3]
    change()
    given: dict[str, Any] = as_(None).visit("/guidelines.json").json
    chapter = given["chapters"][0]
    assert set(chapter["title"]) == set(INTERFACE)
    clause = next(one for one in chapter["clauses"] if one["number"] == "1.2")
    assert (clause["version"], clause["words"]["en"]["title"]) == (2, NEW)
    assert [one["version"] for one in clause["versions"]] == [2, 1]
    assert set(clause["versions"][1]["words"]) == set(INTERFACE)
    assert clause["versions"][1]["ended_at"] == clause["in_force_since"]
    assert "<" not in as_(None).visit("/guidelines.json").html


def test_members_are_told_of_a_change_once(
    clock: StillClock, as_: As, cast: Cast, change: Callable[..., None]
) -> None:
    lan, thabo = as_(cast.lan), as_(cast.member)
    assert not seen_by(lan)
    clock.advance(days=1)
    change()
    assert seen_by(lan)
    assert not seen_by(as_(None))
    page = lan.visit("/about").submit("form[action='/account/guidelines']")
    assert page.path == "/about"
    assert not seen_by(lan)
    assert seen_by(thabo)
    clock.advance(days=1)
    change("And another change")
    assert seen_by(lan)


def test_who_joins_after_a_change_is_not_told_of_it(
    clock: StillClock, as_: As, cast: Cast, change: Callable[..., None]
) -> None:
    change()
    clock.advance(minutes=1)
    assert not seen_by(as_(cast.join("Nina New", "DE", "de")))


def test_the_clauses_the_product_came_with_are_no_change(db: Site, cast: Cast, as_: As) -> None:
    with db.reading():
        assert queries.guidelines.changed_at() is None
        assert processing.changes(queries.guidelines.all_clauses(), most=9) == []
    assert not seen_by(as_(cast.lan))


def test_a_change_that_came_while_one_was_read_is_told_again(
    clock: StillClock, as_: As, cast: Cast, change: Callable[..., None]
) -> None:
    lan = as_(cast.lan)
    clock.advance(days=1)
    change()
    page = lan.visit("/about")
    clock.advance(seconds=5)
    change("Another")
    page.submit("form[action='/account/guidelines']")
    assert seen_by(lan)


def test_the_notice_costs_no_question_a_request(
    clock: StillClock, site: Site, as_: As, cast: Cast, change: Callable[..., None]
) -> None:
    clock.advance(days=1)
    change()
    lan = as_(cast.lan)
    lan.visit("/about")
    with site.count_queries() as counted:
        assert seen_by(lan)
    assert not [one for one in counted.statements if "clause" in one]


def test_only_admins_change_the_rules(as_: As, cast: Cast, db: Site) -> None:
    for path in ("", "/clauses/1.2", "/clauses/1.2/end", "/clauses/1.2/templates", "/chapters/1"):
        assert as_(cast.moderator).visit(f"/moderation/guidelines{path}").status == 404
    assert rules(as_, cast).visit("/moderation/guidelines/chapters/99").status == 404
    assert (
        as_(cast.moderator).post(EDIT, {"title_en": "Mine", "text_en": "Mine", "version": "1"}).status == 404
    )
    assert db.value("SELECT max(version) FROM clause") == 1
