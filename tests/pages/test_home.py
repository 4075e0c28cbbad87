"""The personal home: what follows bring, newest first, each once, with its reason; on both databases."""

from collections.abc import Sequence

import pytest

from community.accounts.actions import listing
from community.contributions import actions
from community.contributions.models import Followed, Subject
from community.pages.processing import arriving
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.factories.ideas import Ideas, idea_text
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def follow(site: Site, person: Person, *followed: tuple[Subject, int | str]) -> None:
    with site.writing():
        for one in followed:
            actions.follow(Followed(*one), by=person.account())


def titles(page: Page) -> Sequence[str]:
    return [" ".join(link.get_text(" ").split()) for link in page.soup.select(".arrival h2 a")]


def test_it_asks_for_a_sign_in_and_suggests_where_to_begin(cast: Cast, as_: As) -> None:
    assert as_(None).visit("/home").path.startswith("/account/login")
    page = as_(cast.member).visit("/home")
    assert "South Africa" in page.main
    followed = page.submit(".suggestions form.follow button")
    assert "Nothing new yet" in followed.main


def test_everything_followed_newest_first_each_once_and_why(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As, clock: StillClock
) -> None:
    curator = cast.admin
    first = make.live_story(cast.lan, wording("By Lan, from Vietnam"))
    clock.advance(minutes=1)
    idea = ideas.live(cast.lan, idea_text("An idea of Lan's", countries=["VN"]))
    clock.advance(minutes=1)
    make.live_story(cast.other_moderator, wording("About my family", topic_id=1))
    clock.advance(minutes=1)
    make.live_story(cast.other_moderator, wording("Not followed", topic_id=3))
    about = ideas.live(cast.other_moderator, idea_text("About Vietnam", countries=["VN"]))
    clock.advance(minutes=1)
    ideas.move(about, "considering", by=curator)
    follow(
        site,
        cast.member,
        (Subject.MEMBER, cast.lan.id),
        (Subject.COUNTRY, "VN"),
        (Subject.TOPIC, 1),
        (Subject.CONTRIBUTION, about),
        (Subject.CONTRIBUTION, idea),
        (Subject.CONTRIBUTION, first),
    )
    page = as_(cast.member).visit("/home")
    assert titles(page) == [
        "About Vietnam",
        "About Vietnam",
        "About my family",
        "An idea of Lan's",
        "By Lan, from Vietnam",
    ]
    reasons = [line.get_text(" ", strip=True) for line in page.soup.select(".arrival-why")]
    assert reasons[0] == "Because you follow this idea"
    assert reasons[1] == "Because you follow Vietnam"
    assert reasons[3] == reasons[4] == "Because you follow Lan Nguyễn"


def test_stories_and_ideas_about_a_model_are_there_by_its_name(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As
) -> None:
    with site.writing():
        model = listing.list_model("Nordvind", "Vireo", None).id
    car = make.vehicle(model="Vireo", maker="Nordvind")
    make.live_story(cast.lan, wording("By a Vireo", vehicle_id=car))
    ideas.live(cast.lan, idea_text("For the Vireo", models=[model]))
    follow(site, cast.member, (Subject.MODEL, model))
    page = as_(cast.member).visit("/home")
    assert sorted(titles(page)) == ["By a Vireo", "For the Vireo"]
    assert page.main.count("Because you follow Nordvind Vireo") == 2


@pytest.mark.parametrize("still", [True, False])
def test_pages_go_on_where_the_last_ended_without_a_gap_or_a_repeat(
    site: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As, clock: StillClock, still: bool
) -> None:
    """Also where everything has one moment."""
    told = []
    for number in range(3):
        text = f"It is the story of day {number}, and of {number} rivers."
        told.append(make.live_story(cast.lan, wording(f"Story {number}", text)))
        clock.advance(minutes=0 if still else 1)
        thought = idea_text(f"Idea {number}", f"Nobody has a hook for {number} bags.", countries=["VN"])
        told.append(ideas.live(cast.other_moderator, thought))
        clock.advance(minutes=0 if still else 1)
    follow(
        site,
        cast.member,
        (Subject.MEMBER, cast.lan.id),
        (Subject.COUNTRY, "VN"),
        (Subject.COUNTRY, "ZA"),
        (Subject.TOPIC, 2),
    )
    seen, after = [], None
    with site.app.test_request_context("/home"):
        for _ in range(9):
            page = arriving.arrivals(cast.member.id, after=after, limit=2)
            seen += [(one.kind, one.found.id) for one in page.rows]
            after = page.next
            if after is None:
                break
    assert len(seen) == len(set(seen)) == 6
    if not still:
        assert [number for _kind, number in seen] == sorted(told, reverse=True)


def test_five_hundred_follows_cost_what_one_costs(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    make.live_story()
    follow(site, cast.member, (Subject.COUNTRY, "VN"))
    browser = as_(cast.member)
    browser.visit("/home")
    make.live_story(cast.curator, wording("Down the coast", "Sand in every seam of it."))
    with site.count_queries() as few:
        browser.visit("/home")
    site.execute(
        "INSERT INTO follow (account_id, contribution_id, is_muted, created_at)"
        " SELECT :me, id, :no, created_at FROM contribution",
        me=cast.member.id,
        no=False,
    )
    follow(
        site, cast.member, (Subject.MEMBER, cast.lan.id), *((Subject.TOPIC, number) for number in range(1, 6))
    )
    make.live_story(cast.lan, wording("Over the pass again", "Snow on both sides of it."))
    with site.count_queries() as many:
        page = browser.visit("/home")
    assert set(titles(page)) == {"Over the pass", "Down the coast", "Over the pass again"}
    assert many.total == few.total <= 12


def test_what_is_kept_of_a_home_is_new_with_every_follow_and_every_story(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    make.live_story()
    make.live_story(cast.curator, wording("Down the coast", "Sand in every seam of it."))
    browser = as_(cast.member)
    follow(site, cast.member, (Subject.MEMBER, cast.lan.id))
    browser.visit("/home")
    with site.count_queries() as again:
        assert titles(browser.visit("/home")) == ["Over the pass"]
    assert again.total <= 3
    follow(site, cast.member, (Subject.MEMBER, cast.curator.id))
    assert titles(browser.visit("/home")) == ["Down the coast", "Over the pass"]
    browser.visit(f"/members/{cast.lan.handle}").submit("form.follow button")
    assert titles(browser.visit("/home")) == ["Down the coast"]
    make.live_story(cast.curator, wording("Up again", "And all the sand came with us."))
    assert titles(browser.visit("/home")) == ["Up again", "Down the coast"]
