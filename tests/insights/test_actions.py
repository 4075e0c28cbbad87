"""What insights count is kept move by move; here it is counted again from the texts, under every kind of move."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from community.accounts.actions import garage, listing
from community.accounts.actions.garage import Car
from community.accounts.models import Powertrain, Vehicle
from community.contributions import actions as contributions
from community.contributions.models import RevisionState
from community.insights import actions
from community.insights.processing import words
from community.insights.queries.counting import Value
from community.kit import db, migrating
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import MakeDatabase
from tests.factories.contributions import Factory, contribution, wording
from tests.factories.ideas import MISSING, Ideas, idea_text
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

KEPT = """
    SELECT contribution_id, kind, month, country, language, author_id, topic_id, model_id, powertrain, area
    FROM insight ORDER BY 1
"""
RECOUNT = """
    SELECT c.id, c.kind,
        12 * CAST(substr(CAST(c.published_at AS text), 1, 4) AS integer)
            + CAST(substr(CAST(c.published_at AS text), 6, 2) AS integer) - 1,
        c.country, c.language, c.author_id,
        CASE WHEN c.kind = 'story' THEN c.topic_id END,
        CASE WHEN c.kind = 'story' THEN v.model_id END, v.powertrain, i.area
    FROM contribution c
    JOIN revision r ON r.id = c.live_revision_id
    LEFT JOIN vehicle v ON v.id = r.vehicle_id
    LEFT JOIN idea i ON i.id = c.id
    WHERE c.state = 'live' AND c.kind IN ('story', 'idea') AND i.merged_into_id IS NULL
    ORDER BY 1
"""


def assert_kept(site: Site) -> None:
    assert site.rows(KEPT) == site.rows(RECOUNT)


def test_it_agrees_with_the_texts_after_any_moves(site: Site, cast: Cast, make: Factory) -> None:
    dice, ideas = random.Random(20_261_123), Ideas(site, make)
    with site.writing():
        listing.list_model("Larch", "Vireo", 2019)
    car = make.vehicle(maker="Larch", powertrain=Powertrain.DIESEL)
    told: list[int] = [ideas.live(cast.lan)]
    for step in range(24):
        it = dice.choice(told)
        ((state, kind),) = site.rows("SELECT state, kind FROM contribution WHERE id = :n", n=it)
        text = wording(body=f"Telling number {step} of this road.", language=dice.choice(["en", "vi"]))
        match dice.randrange(5):
            case 0 if state == "live" and kind == "story":
                make.edit_waiting(it, replace(text, vehicle_id=car) if step % 2 else text)
                make.decide(it)
            case 1 if state == "live":
                make.decide(it, Outcome.HIDE, on=RevisionState.LIVE)
            case 2 if state == "hidden":
                make.decide(it, Outcome.RESTORE, on=RevisionState.LIVE)
            case 3 if state == "live" and step % 3 == 0:
                with site.writing():
                    contributions.withdraw(contribution(it), by=cast.lan.account())
            case 4:
                told.append(ideas.live(cast.lan, idea_text(f"Idea {step}", f"{MISSING} {step}")))
            case _:
                told.append(make.live_story(text=wording(topic_id=dice.choice([1, 2]), vehicle_id=car)))
    assert_kept(site)
    assert len(site.rows(KEPT)) > 5


def test_a_merged_idea_counts_no_more_until_the_merge_is_undone(
    site: Site, cast: Cast, make: Factory
) -> None:
    ideas = Ideas(site, make)
    original = ideas.live(cast.lan)
    duplicate = ideas.live(cast.admin, idea_text("A bag hook", f"{MISSING} None."))
    merge = ideas.merge(duplicate, original, by=cast.admin)
    assert [row[0] for row in site.rows(KEPT)] == [original]
    ideas.part(merge, by=cast.admin)
    assert [row[0] for row in site.rows(KEPT)] == [original, duplicate]
    assert_kept(site)


def test_stories_follow_their_vehicle(site: Site, cast: Cast, make: Factory) -> None:
    with site.writing():
        listing.list_model("Larch", "Vireo", 2019)
    car = make.vehicle(maker="", model="Something else")
    make.live_story(text=wording(vehicle_id=car))
    for said in (
        {"maker": "Larch", "model": "Vireo"},
        {"maker": "Larch", "model": "Vireo", "powertrain": Powertrain.ELECTRIC},
    ):
        with site.writing():
            vehicle = db.session.get(Vehicle, car)
            assert vehicle is not None
            garage.change(vehicle, Car(**said))  # type: ignore[arg-type]
        assert_kept(site)
    ((*_others, model, power, _area),) = site.rows(KEPT)
    assert model is not None
    assert power == "electric"


def test_an_idea_has_the_model_it_is_about_if_it_is_one(site: Site, cast: Cast, make: Factory) -> None:
    with site.writing():
        models = [listing.list_model("Larch", name, 2019).id for name in ("Vireo", "Wren")]
    ideas = Ideas(site, make)
    ideas.live(cast.lan, idea_text(models=models[:1]))
    ideas.live(cast.member, idea_text("A bag hook", f"{MISSING} None.", models=models))
    assert [row[0] for row in site.rows("SELECT model_id FROM insight ORDER BY contribution_id")] == [
        models[0],
        None,
    ]


def test_what_was_lost_is_counted_anew_and_what_is_not_there_goes(
    site: Site, cast: Cast, make: Factory
) -> None:
    numbers = [make.live_story() for _ in range(3)]
    make.hidden_story()
    kept = site.rows(KEPT)
    site.execute("DELETE FROM insight WHERE contribution_id <> :id", id=numbers[0])
    site.execute("UPDATE insight SET country = 'ZA'")
    for _ in range(2):
        done = site.app.test_cli_runner().invoke(args=["insights", "rebuild"])
        assert done.exit_code == 0, done.output
        assert site.rows(KEPT) == kept != []


def test_an_upgrade_asks_for_the_texts_that_are_there(
    empty_database: MakeDatabase, make_instance: Callable[[], Path]
) -> None:
    url = empty_database()
    migrating.upgrade(url)
    site = Site(make_instance(), url)
    try:
        Factory(site, Cast(site)).live_story()
        site.work()
        kept = site.rows(KEPT)
        migrating.downgrade(url, "a3b4c5d6e7f8")
        migrating.upgrade(url)
        assert site.rows(KEPT) == []
        site.work()
        assert site.rows(KEPT) == kept != []
    finally:
        site.close()


TERMS = "SELECT term, word FROM insight_term WHERE term IN ('hai', 'in', 'ferry', 'zebra') ORDER BY 1"
RISEN = """
    SELECT "by", value, word, texts, share, usual FROM insight_word WHERE word IN ('ferry', 'zebra') ORDER BY 1, 2
"""


@pytest.fixture
def ferries(site: Site, cast: Cast, make: Factory, clock: StillClock) -> list[int]:
    """Seven from Vietnam told of a ferry last month, when four from Ghana told of a zebra; of ten months ago are roads.

    The stories about the ferry.
    """
    lan, *others = (cast.join(f"Teller VN {n}", "VN", "en") for n in range(7))
    ghana = [cast.join(f"Teller GH {n}", "GH", "en") for n in range(5)]
    for place in range(10):
        make.live_story(lan if place else ghana[0], wording(body=f"We took the long road, number {place}."))
    clock.advance(days=280)
    late = [
        make.live_story(person, wording(body=f"{n} We took the ferry over."))
        for n, person in enumerate((lan, *others))
    ]
    for place, person in enumerate((*ghana, *others[:5])):
        make.live_story(
            person, wording(body=f"{place} We saw {'a zebra' if place < 4 else 'no bird'} by the road.")
        )
    clock.advance(days=32)
    return late


def compare(site: Site) -> None:
    with site.app.app_context():
        actions.count_words(0, {})


def shown(site: Site, **chosen: Value) -> list[tuple[str, int, float]]:
    with site.reading():
        return [
            (one.word, one.texts, round(one.share, 1)) for one in words.words(chosen, is_open=True).rising
        ]


def test_words_rise_where_five_people_use_them_whatever_is_chosen(
    site: Site, ferries: list[int], make: Factory
) -> None:
    compare(site)
    everywhere, vietnam = ("ferry", 5, 33.3), ("ferry", 5, 50.0)
    assert [(*row[:4], round(row[4], 1), row[5]) for row in site.rows(RISEN)] == [
        ("", "", *everywhere, None),
        ("country", "VN", *vietnam, None),
        ("language", "en", *everywhere, None),
        ("topic_id", "2", *everywhere, None),
    ]
    assert everywhere in shown(site)
    assert vietnam in shown(site, country="VN")
    assert shown(site, country="VN", topic_id=2) == shown(site, country="VN", topic_id=2, language="en")
    assert vietnam in shown(site, country="VN", language="en")
    assert shown(site, country="GH", language="en") == []
    with site.reading():
        assert words.words({}, is_open=False).rising == []
    for story in ferries[:3]:
        make.decide(story, Outcome.HIDE, on=RevisionState.LIVE)
    assert "ferry" not in {word for word, *_numbers in shown(site, country="VN", language="en")}


def test_texts_are_read_once_and_again_when_they_are_edited_and_what_is_gone_is_forgotten(
    site: Site, cast: Cast, make: Factory, clock: StillClock
) -> None:
    stories = [make.live_story(), make.live_story(text=wording(body="A sentence with a zebra in it."))]
    clock.advance(days=32)
    compare(site)
    assert site.rows(TERMS) == [("hai", "hải"), ("zebra", "zebra")]
    read = site.rows("SELECT * FROM insight_text ORDER BY 1")
    make.edit_waiting(stories[1], wording(body="A sentence with a ferry in it."))
    make.decide(stories[1])
    compare(site)
    assert site.rows(TERMS) == [("ferry", "ferry"), ("hai", "hải")]
    again = site.rows("SELECT * FROM insight_text ORDER BY 1")
    assert again[0] == read[0]
    assert again[1] != read[1]
    make.decide(stories[0], Outcome.HIDE, on=RevisionState.LIVE)
    assert site.rows("SELECT contribution_id FROM insight_text") == [(stories[1],)]
    clock.advance(days=400)
    compare(site)
    assert site.rows(TERMS) == site.rows("SELECT contribution_id FROM insight_text") == []
