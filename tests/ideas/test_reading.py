"""The pages of ideas as everybody reads them: the list, one idea, what becomes visible and what does not."""

import re

import pytest
from sqlalchemy import insert

from community.accounts.actions import listing
from community.comments.models import Comment
from community.contributions.models import RevisionState
from community.ideas.models import Area, Vote
from community.ideas.processing import showing
from community.ideas.queries import page as sums
from community.kit import clock, db, unit_of_work
from community.moderation.models import Outcome
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.factories.ideas import DECLINED, SHIPPED, Ideas, idea_text
from tests.helpers.browser import Page
from tests.helpers.site import Site

MOST_SIGNED_OUT = 6
MOST_OF_THE_LIST = 6
TOLD = "The bag slid under the seat again on the bridge over the river."


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def titles(page: Page) -> list[str]:
    return [one.get_text(strip=True) for one in page.soup.select(".idea-card .idea-title")]


def asked(site: Site, as_: As, person: Person | None, path: str) -> int:
    browser = as_(person)
    browser.get(path)
    with site.writing():
        unit_of_work.public_change()
    with site.count_queries() as counted:
        assert browser.get(path).status == 200
    return len(counted.statements)


def test_the_list_is_kept_to_what_is_asked_for(site: Site, cast: Cast, ideas: Ideas, as_: As) -> None:
    with site.writing():
        vireo = listing.list_model("Larch", "Vireo", None)
        number, slug = vireo.id, vireo.slug
    hook = ideas.live(cast.lan, idea_text(countries=["VN"], models=[number]))
    ideas.live(
        cast.member, idea_text("A louder horn", "The horn is too quiet in the city.", area=Area.SERVICE)
    )
    ideas.move(hook, "planned", by=cast.admin)
    for query in ("stage=planned", "area=design", "country=VN", f"model={slug}"):
        assert titles(as_(None).visit(f"/ideas?{query}")) == ["A hook for the bag"], query
    assert len(titles(as_(None).visit("/ideas?stage=nonsense&area=x&country=XX&model=none"))) == 2
    empty = as_(None).visit("/ideas?country=ZA")
    assert empty.has(".empty a[href='/ideas/new']")


def test_the_order_is_by_countries_lately_unless_another_is_asked_for(
    cast: Cast, ideas: Ideas, as_: As
) -> None:
    first = ideas.live(cast.lan)
    ideas.live(cast.lan, idea_text("A louder horn", "The horn is too quiet in the city."))
    for name in ("Ana", "Ben", "Cho"):
        ideas.support(first, cast.join(name, "DE", "de"))
    second = ideas.live(cast.lan, idea_text("A wider mirror", "The mirror shows half of the street."))
    for person in (cast.member, cast.moderator):
        ideas.support(second, person)
    page = as_(None).visit("/ideas")
    assert titles(page) == ["A wider mirror", "A hook for the bag", "A louder horn"]
    assert "no campaign" in page.main
    assert titles(as_(None).visit("/ideas?sort=supported"))[0] == "A hook for the bag"
    assert titles(as_(None).visit("/ideas?sort=new"))[0] == "A wider mirror"


def test_what_the_reader_does_not_read_is_counted_and_one_click_away(
    cast: Cast, ideas: Ideas, as_: As
) -> None:
    ideas.live(cast.lan, idea_text("Un porte-sac", "Il n'y a pas de crochet à droite.", language="fr"))
    page = as_(cast.lan).visit("/ideas")
    assert titles(page) == []
    assert "1 idea in 1 other language." in page.main
    assert titles(page.follow(".elsewhere a")) == ["Un porte-sac"]
    assert titles(as_(None).visit("/ideas")) == ["Un porte-sac"]


def test_an_idea_is_read_in_two_halves_at_its_own_address(cast: Cast, ideas: Ideas, as_: As) -> None:
    number = ideas.live(cast.lan, idea_text(countries=["TH"]))
    assert as_(None).get(f"/ideas/{number}").status == 301
    assert as_(None).get(f"/ideas/{number}/another").status == 301
    there = as_(None).get(f"/ideas/{number}?lang=vi&ui=de&page=7").location
    assert there == f"/ideas/{number}/a-hook-for-the-bag?lang=vi&ui=de"
    page = as_(None).visit(f"/contributions/{number}")
    assert page.path == f"/ideas/{number}/a-hook-for-the-bag"
    assert [one.get_text(strip=True) for one in page.soup.select(".half .prose")] == [
        "There is no hook for a grocery bag on the passenger's side.",
        "A small folding hook, as old taxis have it, would hold one.",
    ]
    assert page.has("a[href$='country=TH']")
    assert as_(None).get(f"/ideas/{number}/a-hook-for-the-bag").response.headers["Cache-Control"] == (
        "public, no-cache"
    )


def test_one_that_is_not_public_is_its_authors_alone(cast: Cast, ideas: Ideas, as_: As) -> None:
    waiting, draft = ideas.waiting(cast.lan), ideas.draft(cast.lan, idea_text("Later", language="vi"))
    for number in (waiting, draft, 987654):
        assert as_(cast.member).get(f"/ideas/{number}/a-hook-for-the-bag").status == 404
    assert as_(cast.lan).get(f"/ideas/{waiting}").location == f"/contributions/{waiting}/status"
    assert as_(cast.lan).get(f"/ideas/{draft}").location == f"/ideas/{draft}/edit"


def test_a_quote_is_shown_with_who_told_it_or_a_note_that_names_nobody(
    cast: Cast, make: Factory, ideas: Ideas, as_: As
) -> None:
    story = make.live_story(cast.member, wording("A road with a bridge", TOLD))
    number = ideas.live(cast.lan)
    ideas.quote(number, story, agreed=False)
    silent = as_(None).visit(f"/ideas/{number}")
    assert "has not agreed" in silent.main
    assert TOLD not in silent.main
    assert cast.member.display_name not in silent.main
    ideas.quote(number, story)
    shown = as_(None).visit(f"/ideas/{number}")
    assert TOLD in shown.main
    assert shown.has(f".idea-quote a[href='/stories/{story}']")
    assert cast.member.display_name in shown.main
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    gone = as_(None).visit(f"/ideas/{number}")
    assert "is not public any more" in gone.main
    assert cast.member.display_name not in gone.main


def test_the_makers_answers_stand_newest_first_with_what_they_need(cast: Cast, ideas: Ideas, as_: As) -> None:
    number = ideas.live(cast.lan)
    ideas.move(number, "declined", DECLINED, by=cast.admin)
    ideas.move(number, "shipped", SHIPPED, by=cast.admin)
    page = as_(None).visit(f"/ideas/{number}")
    first, second = (one.get_text(" ", strip=True) for one in page.soup.select(".idea-step"))
    assert "It is there." in first
    assert "2026.4" in first
    assert "Interior design" in first
    assert "No room" in second
    here = page.soup.select(".way [aria-current=step]")
    assert [one.select_one(".way-name").get_text() for one in here] == ["Shipped"]  # type: ignore[union-attr]


def test_totals_by_country_and_model_are_what_was_voted(
    site: Site, cast: Cast, ideas: Ideas, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "SHOWN_COUNTRIES", 1)
    with site.writing():
        model = listing.list_model("Larch", "Vireo", None).id
    number = ideas.live(cast.lan)
    for person, said in ((cast.member, {"model_id": model}), (cast.moderator, {}), (cast.admin, {})):
        ideas.support(number, person, **said)
    page = as_(None).visit(f"/ideas/{number}")
    assert "3 members from 3 countries" in page.main
    assert len(page.soup.select(".support > .tally[aria-label='By country'] li")) == 1
    assert len(page.soup.select(".support details .tally li")) == 2
    assert re.search(r"Larch Vireo\s*1", page.main)
    with site.reading():
        assert sum(sums.sums(number).countries.values()) == 3


def test_a_merged_idea_leads_to_the_original_and_that_lists_it(cast: Cast, ideas: Ideas, as_: As) -> None:
    original = ideas.live(cast.lan)
    duplicate = ideas.live(cast.member, idea_text("A bag hook", "No hook for bags on the right side."))
    ideas.merge(duplicate, original, by=cast.admin)
    page = as_(cast.moderator).visit(f"/ideas/{duplicate}")
    assert page.has(f".notice a[href='/ideas/{original}']")
    assert not page.has(".support")
    assert as_(None).visit(f"/ideas/{original}").has(f".idea-others a[href='/ideas/{duplicate}']")


def test_the_conversation_under_it_is_like_any_other(
    cast: Cast, ideas: Ideas, make: Factory, as_: As
) -> None:
    number = ideas.live(cast.lan)
    make.comment(number, cast.member, "Mine falls over too.")
    page = as_(cast.moderator).visit(f"/ideas/{number}")
    assert "Mine falls over too." in page.main
    assert page.submit("form.comment-form", body="So does ours.").status == 200
    pressed = as_(cast.moderator).visit(f"/ideas/{number}").submit(".story-foot button.reaction")
    assert pressed.path.startswith(f"/ideas/{number}/")
    assert pressed.has(".story-foot button[aria-pressed=true]")


@pytest.mark.parametrize("who", [None, "member"])
def test_pages_ask_as_often_for_many_supporters_as_for_none(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As, who: str | None
) -> None:
    person = getattr(cast, who) if who else None
    number = ideas.live(cast.lan)
    paths = [f"/ideas/{number}/a-hook-for-the-bag", "/ideas", "/changed"]
    few = [asked(site, as_, person, path) for path in paths]
    voters = [cast.join(f"Voter {place}", ("DE", "BR")[place], "en") for place in range(2)]
    with site.writing():
        rows = [
            {"idea_id": number, "account_id": one.id, "country": one.country, "created_at": clock.now()}
            for one in voters
        ]
        db.session.execute(insert(Vote), rows)
    for place in range(2):
        other = ideas.live(
            cast.member, idea_text(f"Idea {place}", f"Nothing number {place} is there at all.")
        )
        ideas.support(other, cast.lan)
        story = make.live_story(cast.member, wording(f"Road {place}", f"{TOLD} {place}"))
        for quoting in (number, other):
            ideas.quote(quoting, story)
        make.comment(number, cast.moderator, f"Comment {place}")
        ideas.move(number, "planned", by=cast.admin)
    many = [asked(site, as_, person, path) for path in paths]
    assert many[:2] == few[:2]
    # Where nothing changed yet, nobody asks what it came out of.
    assert many[2] <= few[2] + 2
    if person is None:
        assert many[0] <= MOST_SIGNED_OUT
        assert max(many[1:]) <= MOST_OF_THE_LIST
    assert site.value(f"SELECT count(*) FROM {Comment.__tablename__}") == 2
