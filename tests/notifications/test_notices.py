"""What members are told in the product: who, once, together, and only of what readers see."""

import pytest

from community.contributions.models import RevisionState
from community.moderation import actions as moderation
from community.moderation.models import Outcome
from community.notifications.actions import clear
from community.notifications.actions.clearing import KEPT
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, decision, revision, wording
from tests.factories.ideas import Ideas, idea_text
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

SECONDS = 12


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def follow(site: Site, account_id: int, column: str, value: object, *, is_muted: bool = False) -> None:
    site.execute(
        f"INSERT INTO follow (account_id, {column}, is_muted, created_at)"
        " VALUES (:account_id, :value, :is_muted, '2026-01-01 00:00:00')",
        account_id=account_id,
        value=value,
        is_muted=is_muted,
    )


def told(site: Site, account_id: int) -> list[tuple[str, str]]:
    """(kind, why) of somebody's notices, first to last."""
    found = site.rows("SELECT kind, why FROM notice WHERE account_id = :id ORDER BY id", id=account_id)
    return [(kind, why) for kind, why in found]


def test_who_is_answered_hears_it_with_the_others_and_nobody_of_their_own(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    story, reader = make.live_story(cast.lan), cast.join("Ana", "BR", "pt")
    first = make.comment(story, cast.member)
    make.comment(story, reader, "So do I.", parent=first)
    make.comment(story, cast.lan, "Thank you both.")
    assert told(site, cast.lan.id) == [("answered", "author")] * 2
    assert told(site, cast.member.id) == [("answered", "parent")]
    page = as_(cast.lan).visit("/me/notices")
    assert "2 people answered" in page.main
    assert "Over the pass" in page.main
    assert page.has(".notice-unread")


def test_the_bell_counts_what_is_unread_and_reading_one_reads_what_was_told_with_it(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    story = make.live_story(cast.lan)
    answer = make.comment(story, cast.member)
    make.comment(story, cast.member, "And I know the next one.")
    browser = as_(cast.lan)
    page = browser.visit("/me/notices")
    assert "2 notices you have not read" in page.text
    make.comment(story, cast.member, "This one came while she was reading.")
    opened = page.form(".ledger-acts").send()
    assert opened.location == f"/contributions/{answer + 1}"
    again = browser.visit("/me/notices")
    assert "1 notice you have not read" in again.text
    assert len(again.soup.select(".notices-list > li")) == 2
    again.submit("header.page-head form")
    assert "you have not read" not in browser.visit("/me/notices").text
    assert not as_(cast.member).visit("/me/notices").has(".notices-list")


def test_nobody_reads_anothers_notice(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    make.comment(make.live_story(cast.lan), cast.member)
    number = site.value("SELECT id FROM notice")
    assert as_(cast.member).post(f"/me/notices/{number}/opening").status == 404
    as_(cast.member).post("/me/notices/reading", {"shown": str(number)})
    as_(cast.member).post("/me/notices/seeing", {"shown": f"{number},x,{'9' * 40}"})
    assert site.value("SELECT count(*) FROM notice WHERE seen_at IS NULL") == 1


def test_what_was_undone_was_never_told_and_what_is_hidden_is_not_shown(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    reader = as_(cast.member)
    follow(site, cast.member.id, "member_id", cast.lan.id)
    story = make.waiting_story(cast.lan)
    decided = make.decide(story)
    assert told(site, cast.member.id) == [("told", "member")]
    assert "Nothing to tell you yet" in reader.visit("/me/notices").main
    with site.writing():
        text = revision(story, RevisionState.LIVE)
        moderation.undo(decision(decided), contribution(story), text, by=cast.moderator.account())
    assert told(site, cast.member.id) == []
    make.decide(story)
    clock.advance(seconds=SECONDS)
    assert "Lan Nguyễn told a new story" in reader.visit("/me/notices").main
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    page = reader.visit("/me/notices")
    assert "Lan Nguyễn" not in page.main
    assert "you have not read" not in page.text
    make.decide(story, Outcome.RESTORE, on=RevisionState.LIVE)
    assert told(site, cast.member.id) == [("told", "member")]
    assert "Lan Nguyễn told a new story" in reader.visit("/me/notices").main


def test_followers_of_all_there_is_hear_of_a_new_story_once(site: Site, cast: Cast, make: Factory) -> None:
    vehicle = make.vehicle(cast.lan)
    site.execute("INSERT INTO maker (id, name, folded) VALUES (1, 'Aster', 'aster')")
    site.execute(
        "INSERT INTO model (id, maker_id, name, folded, slug) VALUES (1, 1, 'Vireo', 'vireo', 'aster-vireo')"
    )
    site.execute("UPDATE vehicle SET model_id = 1 WHERE id = :id", id=vehicle)
    wanting: dict[str, tuple[str, object]] = {
        "topic": ("topic_id", 2),
        "country": ("country", "VN"),
        "model": ("model_id", 1),
        "member": ("member_id", cast.lan.id),
    }
    people = {why: cast.join(f"Of {why}", "BR", "pt") for why in wanting}
    for why, target in wanting.items():
        follow(site, people[why].id, *target)
        follow(site, cast.member.id, *target)
    quiet = cast.join("Quiet", "BR", "pt")
    follow(site, quiet.id, "country", "VN", is_muted=True)
    story = make.live_story(cast.lan, wording(vehicle_id=vehicle))
    assert {why: told(site, person.id) for why, person in people.items()} == {
        why: [("told", why)] for why in wanting
    }
    assert told(site, cast.member.id) == [("told", "member")]
    assert told(site, quiet.id) == []
    make.edit_waiting(
        story, wording(body="We drove over it again, and the car still hummed.", vehicle_id=vehicle)
    )
    make.decide(story)
    assert told(site, cast.member.id) == [("told", "member")]


def test_what_is_new_from_what_one_follows_is_one_line_and_leads_home(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    reader = cast.join("Ana", "BR", "pt")
    follow(site, reader.id, "member_id", cast.lan.id)
    browser = as_(reader)
    for title, words in (
        ("Over the pass", "told a new story"),
        ("Another road", "2 new stories and ideas from what you follow"),
    ):
        make.live_story(cast.lan, wording(title))
        clock.advance(seconds=SECONDS)
        page = browser.visit("/me/notices")
        assert words in page.main
        assert len(page.soup.select(".notices-list > li")) == 1
    assert browser.visit("/me/notices").submit(".notices-list form").path == "/home"
    assert not browser.visit("/me/notices").has(".notice-unread")


def test_what_was_read_half_a_year_ago_goes_and_nothing_else(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    story = make.live_story(cast.lan)
    make.comment(story, cast.member)
    clock.advance(seconds=SECONDS)
    as_(cast.lan).visit("/me/notices").form(".notices-list form").send()
    make.comment(story, cast.moderator, "Me too.")
    kept = "SELECT actor_id FROM notice ORDER BY id"
    for days, left in (
        (KEPT.days - 1, [(cast.member.id,), (cast.moderator.id,)]),
        (2, [(cast.moderator.id,)]),
    ):
        clock.advance(days=days)
        with site.app.app_context():
            clear(0, {})
        assert site.rows(kept) == left


def test_a_move_is_told_to_everyone_it_concerns_by_their_strongest_reason(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As
) -> None:
    supporter, follower, muting = (cast.join(name, "BR", "pt") for name in ("Ana", "Bia", "Caio"))
    story = make.live_story(cast.lan)
    number = ideas.live(cast.member)
    ideas.quote(number, story)
    for person in (cast.lan, supporter, muting):
        ideas.support(number, person)
    follow(site, follower.id, "contribution_id", number)
    follow(site, cast.admin.id, "contribution_id", number)
    for person in (muting, cast.lan):
        follow(site, person.id, "contribution_id", number, is_muted=True)
    site.execute("DELETE FROM notice")
    ideas.move(number, "planned", by=cast.admin)
    reasons = site.rows("SELECT account_id, why, is_service FROM notice WHERE kind = 'idea_moved'")
    assert {(person, why, bool(is_service)) for person, why, is_service in reasons} == {
        (cast.lan.id, "quoted", True),
        (cast.member.id, "author", False),
        (supporter.id, "supporter", False),
        (follower.id, "follower", False),
    }
    page = as_(cast.lan).visit("/me/notices")
    assert "The maker answered an idea that quotes you" in page.main
    assert "Planned" in page.main


def test_support_is_told_once_however_often_somebody_comes_back(
    site: Site, cast: Cast, ideas: Ideas, as_: As
) -> None:
    number = ideas.live(cast.lan)
    for _ in range(2):
        ideas.support(number, cast.member)
        site.execute("DELETE FROM vote")
        site.execute("DELETE FROM idea_tally")
    ideas.support(number, cast.admin)
    assert told(site, cast.lan.id) == [("supported", "author")] * 2
    assert "2 more members stand behind your idea" in as_(cast.lan).visit("/me/notices").main


def test_a_quoted_member_is_asked_and_no_block_or_mute_changes_the_makers_answers(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, clock: StillClock
) -> None:
    story = make.live_story(cast.lan)
    number = ideas.waiting(cast.member)
    ideas.quote(number, story, agreed=False)
    assert told(site, cast.lan.id) == []
    make.decide(number)
    assert told(site, cast.lan.id) == [("quoted", "quoted")]
    site.execute(
        "INSERT INTO block (blocker_id, blocked_id, created_at) VALUES (:a, :b, '2026-01-01 00:00:00')",
        a=cast.member.id,
        b=cast.lan.id,
    )
    make.comment(number, cast.lan)
    assert told(site, cast.member.id) == []
    ideas.move(number, "planned", by=cast.admin)
    assert told(site, cast.member.id) == [("idea_moved", "author")]


def test_merging_and_parting_is_told_to_both_sides(site: Site, cast: Cast, ideas: Ideas, as_: As) -> None:
    supporter = cast.join("Ana", "BR", "pt")
    original = ideas.live(cast.lan)
    duplicate = ideas.live(cast.member, idea_text("Somewhere to hang the shopping"))
    ideas.support(duplicate, supporter)
    site.execute("DELETE FROM notice")
    merge = ideas.merge(duplicate, original, by=cast.admin)
    for person in (cast.lan, cast.member, supporter):
        assert [kind for kind, _ in told(site, person.id)] == ["merged"]
    ideas.part(merge, by=cast.admin)
    ideas.part(merge, by=cast.admin)
    for person in (cast.lan, cast.member, supporter):
        assert [kind for kind, _ in told(site, person.id)] == ["merged", "parted"]
    assert told(site, cast.admin.id) == []
    assert "Another idea was put together with this one" in as_(supporter).visit("/me/notices").main


def test_the_list_costs_the_same_for_two_and_for_fifty_and_goes_on(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    browser, story = as_(cast.lan), make.live_story(cast.lan)
    make.comment(story, cast.member)

    def count() -> int:
        with site.count_queries() as counted:
            browser.get("/me/notices")
        return counted.total

    browser.visit("/me/notices")
    before = count()
    site.execute(
        "INSERT INTO notice (account_id, kind, why, key, bundle, contribution_id, cause_id, actor_id, mail,"
        " is_service, created_at, due_at)"
        " SELECT notice.account_id, notice.kind, why, 'copy:' || topic.id || ':' || other.id,"
        " 'copy:' || topic.id || ':' || other.id, contribution_id, cause_id, actor_id, mail, is_service,"
        " notice.created_at, due_at FROM notice, topic, topic other"
    )
    assert site.value("SELECT count(*) FROM notice") > 31
    assert count() == before
    page = browser.visit("/me/notices")
    assert len(page.soup.select(".notices-list > li")) == 30
    assert page.follow("a[rel=next]").has(".notices-list > li")
    assert browser.get("/me/notices?after=nonsense").status == 404
