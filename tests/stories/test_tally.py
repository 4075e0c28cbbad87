"""The tally is kept move by move; here it is counted again from the rows, under every kind of move."""

import random

import pytest

from community.contributions import actions, queries
from community.contributions.models import RevisionState
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.factories.contributions import Factory, contribution, wording
from tests.helpers.site import Site

RECOUNT = """
    SELECT language, country, topic, sum(1) FROM (
      SELECT language, country, coalesce(topic_id, 0) AS topic FROM contribution
        WHERE kind = 'story' AND state = 'live' AND topic_id IS NOT NULL
      UNION ALL SELECT language, '', coalesce(topic_id, 0) FROM contribution
        WHERE kind = 'story' AND state = 'live' AND topic_id IS NOT NULL
      UNION ALL SELECT language, country, 0 FROM contribution WHERE kind = 'story' AND state = 'live'
      UNION ALL SELECT language, '', 0 FROM contribution WHERE kind = 'story' AND state = 'live'
    ) AS shelves GROUP BY language, country, topic ORDER BY 1, 2, 3
"""
KEPT = "SELECT language, country, topic_id, stories FROM tally WHERE stories > 0 ORDER BY 1, 2, 3"


def agrees(db: Site) -> bool:
    return db.rows(KEPT) == db.rows(RECOUNT)


def test_a_live_story_counts_under_every_filter_it_is_found_with(db: Site, make: Factory) -> None:
    make.live_story(text=wording(language="vi", topic_id=3))
    make.live_story(text=wording(language="vi", topic_id=2))
    make.waiting_story()
    with db.reading():
        assert queries.stories_by_language() == {"vi": 2}
        assert queries.stories_by_language("VN", 3) == {"vi": 1}
        assert queries.stories_by_language("", 2) == {"vi": 1}
        assert queries.stories_by_language("ZA") == {}
        assert queries.stories_by_country() == {"VN": 2}
    assert agrees(db)


@pytest.mark.parametrize("change", [{"language": "vi"}, {"topic_id": 5}, {"language": "id", "topic_id": 1}])
def test_an_edit_that_moves_a_story_to_another_shelf(
    db: Site, make: Factory, change: dict[str, object]
) -> None:
    number = make.live_story(text=wording(language="en", topic_id=2))
    make.edit_waiting(number, wording(body="The same road told in another way.", **change))  # type: ignore[arg-type]
    before = db.rows(KEPT)
    make.decide(number)
    assert db.rows(KEPT) != before
    assert agrees(db)


def test_it_agrees_with_the_rows_after_any_moves(db: Site, cast: Cast, make: Factory) -> None:
    dice = random.Random(20_260_302)
    stories: list[int] = []
    for step in range(60):
        number = dice.choice(stories) if stories else 0
        states = {state for (state,) in db.rows("SELECT state FROM contribution WHERE id = :n", n=number)}
        text = wording(body=f"Telling number {step} of this road.", language=dice.choice(["en", "vi", "id"]))
        match dice.randrange(5):
            case 1 if "live" in states:
                make.edit_waiting(number, text)
                make.decide(number)
            case 2 if "live" in states:
                make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
            case 3 if "hidden" in states:
                make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
            case 4 if states & {"live", "hidden"}:
                with db.writing():
                    actions.withdraw(contribution(number), by=cast.lan.account())
            case _:
                topic = dice.choice([1, 2, 3])
                stories.append(make.live_story(text=wording(language=text.language, topic_id=topic)))
    assert agrees(db)
    assert len({state for (state,) in db.rows("SELECT state FROM contribution")}) == 3


def test_it_never_falls_below_nothing(db: Site, make: Factory) -> None:
    make.live_story()
    with pytest.raises(Exception, match="ck_tally_stories_positive"):
        db.execute("UPDATE tally SET stories = stories - 2")


def test_comments_are_no_stories(db: Site, make: Factory) -> None:
    story = make.live_story()
    before = db.rows(KEPT)
    make.comment(story)
    assert db.rows(KEPT) == before
