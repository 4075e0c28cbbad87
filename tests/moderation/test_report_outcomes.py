"""What becomes of reports: at the desk, in the log, and for those who made them."""

import re

import pytest

from community.contributions.actions import withdraw
from community.contributions.models import RevisionState
from community.moderation import actions, queries
from community.moderation.models import Outcome, Rank
from community.moderation.queries import Scope
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, decision, revision, wording
from tests.helpers.clock import StillClock
from tests.helpers.reports import letters_to, reference, reported, words_of
from tests.helpers.site import Site

EVERYTHING = Scope((), ())


def undo(site: Site, cast: Cast, number: int, decision_id: int, revision_id: int) -> None:
    with site.writing():
        text = queries.revision(revision_id)
        assert text is not None
        actions.undo(decision(decision_id), contribution(number), text, by=cast.moderator.account())


def live(site: Site, number: int) -> int:
    with site.reading():
        return revision(number, RevisionState.LIVE).id


def test_several_reports_on_one_revision_are_one_review(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    before = site.value("SELECT sum(waiting) FROM backlog")
    for person in (None, cast.member, cast.suspended):
        assert reference(reported(as_, number, person))
    assert site.rows("SELECT revision_id, report_count, rank FROM review WHERE closed_at IS NULL") == [
        (live(site, number), 3, Rank.REPORTED)
    ]
    assert site.value("SELECT sum(waiting) FROM backlog") == before + 1


def test_what_is_reported_comes_before_what_waits(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    make.waiting_story(
        text=wording("It waits", "A text that waits for somebody to read it, for a day already.")
    )
    clock.advance(days=1)
    reported(as_, number)
    with site.reading():
        first, *rest = queries.waiting(EVERYTHING, viewer_id=cast.moderator.id).rows
        assert (first.revision_id, first.report_count) == (revision(number, RevisionState.LIVE).id, 1)
        assert [row.title for row in rest] == ["It waits"]


def test_the_public_log_has_a_line_without_a_person(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    reported(as_, make.live_story(), reason="privacy")
    assert site.rows(
        "SELECT kind, language, country, category, source FROM log_entry"
        " WHERE number = (SELECT log_number FROM report) AND act = 'report'"
    ) == [("story", "en", "VN", "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", "ARTICLE_16")]


def test_the_list_shows_reports_by_review_in_the_moderators_languages(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story(text=wording("A strange offer"))
    foreign = make.waiting_story(
        text=wording("Ein Angebot", "Ein Auto, das es gar nicht gibt.", language="de")
    )
    make.decide(foreign, by=cast.other_moderator)
    reported(as_, number)
    reported(as_, number, cast.member, reason="misleading", explanation="Made of air.")
    reported(as_, foreign, cast.member)
    mine = as_(cast.moderator).visit("/moderation/reports")
    assert mine.has(f'.reported a[href="/moderation/reviews/{live(site, number)}"]')
    for words in (
        "A strange offer",
        "Ann Reader",
        "ann@example.test",
        "Thabo Mokoena",
        "Made of air.",
        "2 reports",
    ):
        assert words in mine.main
    assert "Ein Angebot" not in mine.main
    assert "Ein Angebot" in mine.follow("Everything 2").main
    assert "Ein Angebot" in as_(cast.moderator).visit("/moderation/reports?language=de").main
    assert as_(cast.moderator).get("/moderation/reports?after=nonsense").status == 404


def test_the_list_goes_on_from_page_to_page_at_the_same_cost(
    site: Site, cast: Cast, make: Factory, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = make.live_story()
    numbers = [make.comment(story, cast.lan, f"Answer {n} of many on this one road.") for n in range(4)]
    for number in numbers:
        reported(as_, number)
    browser = as_(cast.moderator)
    browser.visit("/moderation/reports")
    with site.count_queries() as all_at_once:
        assert len(browser.visit("/moderation/reports").soup.select(".reported > li")) == 4
    monkeypatch.setattr(queries.reports.reported, "__kwdefaults__", {"after": None, "limit": 3})
    with site.count_queries() as first_page:
        page = browser.visit("/moderation/reports")
    assert first_page.total == all_at_once.total
    following = page.follow("a[rel=next]")
    shown = [a["href"] for p in (page, following) for a in p.soup.select(".queue-title a")]
    assert shown == [f"/moderation/reviews/{live(site, number)}" for number in numbers]
    assert not following.has("a[rel=next]")


# What comes of them


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.KEEP, "It stays as it is."),
        (Outcome.HIDE, "took it out of sight"),
        (Outcome.LOCK, "closed the conversation"),
    ],
)
def test_a_decision_answers_every_report_and_tells_what_can_be_done(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, outcome: Outcome, said: str
) -> None:
    number = make.live_story()
    receipt = reported(as_, number)
    reported(as_, number, cast.member, reason="hate")
    site.work()
    make.decide(number, outcome, on=RevisionState.LIVE, explanation="For the author alone.")
    clock.advance(seconds=10)
    shown = as_(None).visit(receipt.path)
    assert said in shown.main
    assert shown.follow("Appeal").status == 200
    for address in ("ann@example.test", cast.member.email):
        _receipt, letter = letters_to(site, address)
        words = " ".join(words_of(letter).split())
        assert said in words
        assert "out-of-court" in words
        assert "court" in words
        assert "For the author alone." not in words
        (path,) = re.findall(r"http://localhost(/appeals/\S+)", words)
        assert as_(None).visit(path).status == 200
    assert site.value("SELECT count(*) FROM report WHERE answered_at IS NULL") == 0
    assert not as_(cast.moderator).visit("/moderation/reports?language=all").has(".reported")


def test_what_its_author_withdraws_is_answered_as_gone(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    receipt = reported(as_, number)
    with site.writing():
        withdraw(contribution(number), by=cast.lan.account())
    shown = as_(None).visit(receipt.path)
    assert "Its author withdrew it" in shown.main
    assert not shown.has('a[href*="/appeals/"]')
    _receipt, letter = letters_to(site, "ann@example.test")
    assert "Its author withdrew it" in " ".join(words_of(letter).split())
    assert "/appeals/" not in words_of(letter)


def test_nothing_is_told_while_it_can_be_undone(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    receipt = reported(as_, number)
    reported(as_, number, cast.member)
    hidden = make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert "being looked at" in as_(None).visit(receipt.path).main
    clock.advance(seconds=9)
    undo(site, cast, number, hidden, live(site, number))
    assert site.rows("SELECT answered_at, result, decision_id FROM report") == [(None, None, None)] * 2
    assert site.rows("SELECT report_count, rank FROM review WHERE closed_at IS NULL") == [(2, Rank.REPORTED)]
    clock.advance(minutes=1)
    assert "being looked at" in as_(None).visit(receipt.path).main
    assert len(letters_to(site, "ann@example.test")) == 1
    make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    clock.advance(seconds=10)
    _receipt, letter = letters_to(site, "ann@example.test")
    assert "It stays as it is." in " ".join(words_of(letter).split())


def test_undoing_a_hide_brings_every_reported_text_of_it_back_to_the_desk(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    reported(as_, number)
    first = live(site, number)
    make.edit_waiting(number, wording(body="Other words about another pass, long enough to be read twice."))
    make.decide(number)
    reported(as_, number, cast.member)
    before = site.rows("SELECT revision_id, report_count, closed_at, rank, opened_at FROM review ORDER BY 1")
    waiting = site.rows("SELECT language, country, waiting FROM backlog ORDER BY 1, 2")
    clock.advance(hours=5)
    hidden = make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert site.value("SELECT count(*) FROM review WHERE closed_at IS NULL") == 0
    clock.advance(seconds=3)
    undo(site, cast, number, hidden, live(site, number))
    assert first in [row[0] for row in before]
    assert (
        site.rows("SELECT revision_id, report_count, closed_at, rank, opened_at FROM review ORDER BY 1")
        == before
    )
    assert site.rows("SELECT language, country, waiting FROM backlog ORDER BY 1, 2") == waiting


def test_the_author_never_learns_who_reported(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    reported(as_, number, explanation="The car of the reporter stood there.")
    reported(as_, number, cast.member, explanation="Nobody ever asked me.")
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    clock.advance(minutes=1)
    paths = (
        f"/contributions/{number}/status",
        "/me/stories",
        f"/contributions/{number}/revisions",
        "/transparency",
        "/account/standing",
    )
    status = as_(cast.lan).visit(f"/contributions/{number}/status")
    further = {str(a["href"]) for a in status.soup.select("a[href*='/appeals/'], a[href*='/statements/']")}
    seen = [as_(cast.lan).visit(path).html for path in (*paths, *sorted(further))]
    letters = letters_to(site, cast.lan.email)
    seen += [letter.as_string() + words_of(letter) for letter in letters]
    assert further
    assert letters
    for words in ("Ann Reader", "ann@example.test", "Thabo", "stood there", "ever asked me"):
        found = [page[max(0, page.index(words) - 60) :][:120] for page in seen if words in page]
        assert not found, words


def test_a_moderator_does_not_see_who_reported_their_own_text(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.waiting_story(cast.moderator, wording("A moderator's story"))
    make.decide(number, by=cast.other_moderator)
    reported(as_, number)
    for path in ("/moderation/reports?language=all", f"/moderation/reviews/{live(site, number)}"):
        assert "Ann Reader" not in as_(cast.moderator).visit(path).html
        assert "Ann Reader" in as_(cast.other_moderator).visit(path).html


def test_a_members_timeline_does_not_tell_what_they_reported(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    """A moderator whose text it was reads timelines too."""
    number = make.live_story()
    first = reference(reported(as_, number, cast.member))
    make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    assert len(letters_to(site, cast.member.email)) == 2
    page = as_(cast.moderator).visit(f"/moderation/members/{cast.member.handle}")
    assert page.status == 200
    assert first not in page.html


def test_members_have_no_way_to_the_list(cast: Cast, as_: As) -> None:
    assert as_(cast.member).get("/moderation/reports").status == 404
    assert as_(None).get("/moderation/reports").location.startswith("/account/login")


def test_letters_repeat_nothing_a_stranger_typed(site: Site, make: Factory, as_: As) -> None:
    """Or this site would carry anybody's advertisement to anybody's mailbox."""
    reported(as_, make.live_story(), name="Buy at shop.example", explanation="Cheap at shop.example")
    (letter,) = letters_to(site, "ann@example.test")
    assert "shop.example" not in letter.as_string() + words_of(letter)
