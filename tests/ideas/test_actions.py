"""Ideas from the first word to what the maker says: lists, votes, merges and moves, and what is counted."""

import pytest

from community.contributions import actions as contributions
from community.contributions.models import RevisionState
from community.ideas import actions, queries
from community.ideas.models import Sum
from community.ideas.processing import halves
from community.ideas.queries import Filter, Sort
from community.kit.errors import Conflict, Invalid
from community.kit.terms import terms
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.factories.contributions import Factory, form_id, wording
from tests.factories.ideas import DECLINED, MISSING, SAID, SHIPPED, Ideas, idea, idea_text, stage
from tests.helpers.site import Site


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def listed(site: Site, chosen: Filter | None = None) -> list[int]:
    with site.reading():
        return [card.id for card in queries.cards(chosen or Filter(sort=Sort.NEW)).rows]


def counted(site: Site, number: int) -> tuple[int, int, int, dict[str, int]]:
    with site.reading():
        it = idea(number)
        return it.supporter_count, it.breadth, it.fresh_breadth, queries.totals(number)[Sum.COUNTRY]


def test_an_idea_is_listed_while_it_is_live(site: Site, cast: Cast, make: Factory, ideas: Ideas) -> None:
    number = ideas.waiting(cast.lan)
    assert listed(site) == []
    make.decide(number)
    assert listed(site) == [number]
    with site.writing():
        contributions.withdraw(idea(number), by=cast.lan.account())
    assert listed(site) == []


def test_it_is_found_by_what_its_live_text_concerns(site: Site, cast: Cast, ideas: Ideas) -> None:
    number = ideas.live(cast.lan, idea_text(countries=["VN", "TH"]))
    assert listed(site, Filter(country="VN")) == [number]
    assert listed(site, Filter(country="ZA")) == []


def test_one_vote_a_member_counted_by_country(site: Site, cast: Cast, ideas: Ideas) -> None:
    number = ideas.live(cast.lan)
    for person in (cast.member, cast.member, cast.moderator):
        ideas.support(number, person)
    assert counted(site, number) == (2, 2, 2, {"SG": 1, "ZA": 1})
    with site.writing():
        actions.take_back(idea(number), by=cast.member.account())
        actions.take_back(idea(number), by=cast.member.account())
    assert counted(site, number) == (1, 1, 1, {"SG": 1})


def test_a_merge_brings_supporters_together_and_undone_takes_them_apart(
    site: Site, cast: Cast, ideas: Ideas
) -> None:
    original, duplicate = (
        ideas.live(cast.lan),
        ideas.live(cast.admin, idea_text("A bag hook", f"{MISSING} None.")),
    )
    ideas.support(original, cast.member)
    ideas.support(duplicate, cast.member)
    ideas.support(duplicate, cast.moderator)
    merge = ideas.merge(duplicate, original, by=cast.admin)
    assert ideas.merge(duplicate, original, by=cast.admin) == merge
    assert listed(site) == [original]
    assert counted(site, original) == (3, 3, 3, {"ID": 1, "SG": 1, "ZA": 1})
    with pytest.raises(Conflict):
        ideas.support(duplicate, cast.suspended)
    ideas.part(merge, by=cast.admin)
    ideas.part(merge, by=cast.admin)
    assert sorted(listed(site)) == sorted([original, duplicate])
    assert counted(site, original) == (1, 1, 1, {"ZA": 1})
    assert counted(site, duplicate)[0] == 2


def test_a_move_needs_what_its_stage_asks_for_and_a_stale_one_is_a_conflict(
    site: Site, cast: Cast, ideas: Ideas
) -> None:
    number = ideas.live(cast.lan)
    for slug in ("declined", "shipped"):
        with pytest.raises(Invalid):
            ideas.move(number, slug, by=cast.admin)
    ideas.move(number, "planned", by=cast.admin)
    with pytest.raises(Conflict), site.writing():
        actions.move(
            idea(number), stage("declined"), DECLINED, on=0, form_id=form_id(), by=cast.admin.account()
        )
    ideas.move(number, "shipped", SHIPPED, by=cast.admin)
    with site.reading():
        assert [(step.number, step.to.slug) for step in queries.steps(number)] == [
            (2, "shipped"),
            (1, "planned"),
        ]
        assert idea(number).stage.slug == "shipped"


def test_the_same_move_sent_twice_is_one(site: Site, cast: Cast, ideas: Ideas) -> None:
    number, form, admin = ideas.live(cast.lan), form_id(), cast.admin
    for _ in range(2):
        with site.writing():
            actions.move(idea(number), stage("planned"), SAID, on=0, form_id=form, by=admin.account())
    with site.reading():
        assert len(queries.steps(number)) == 1


def test_a_quote_is_shown_while_its_story_is_live_and_its_author_agrees(
    site: Site, cast: Cast, make: Factory, ideas: Ideas
) -> None:
    story = make.live_story(
        cast.member, wording("A road", "The bag slid under the seat again on the bridge.")
    )
    number = ideas.live(cast.lan)
    ideas.quote(number, story, agreed=False)
    with site.reading():
        assert [one.is_shown for one in queries.quotes(number)] == [False]
        assert queries.fed_by(story_id=story) == []
    ideas.quote(number, story)
    with site.reading():
        assert [one.is_shown for one in queries.quotes(number)] == [True]
        assert [card.id for card in queries.fed_by(story_id=story)] == [number]
        assert [card.id for card in queries.fed_by(account_id=cast.member.id)] == [number]
    make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    with site.reading():
        assert [one.is_shown for one in queries.quotes(number)] == [False]
        assert queries.fed_by(story_id=story) == []


def test_ideas_that_say_much_the_same_are_found(site: Site, cast: Cast, ideas: Ideas) -> None:
    hook = ideas.live(cast.lan)
    ideas.live(
        cast.member,
        idea_text("Louder horn", "The horn is too quiet in Lagos traffic.", "A louder one for cities."),
    )
    with site.reading():
        found = queries.similar(list(terms("A folding hook for my grocery bag")))
        assert [card.id for card in found] == [hook]


@pytest.mark.parametrize("missing", ["One.", "One.\n\n---\n\nTwo.", "***\n\nThree."])
def test_halves_come_apart_as_they_were_put_together(missing: str) -> None:
    body = halves.join(missing, "Better.")
    first, second = halves.split(body)
    assert second == "Better."
    assert "---" not in first
    assert "***" not in first
