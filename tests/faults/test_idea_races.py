"""Two clicks at the same moment on one idea: votes, merges, moves and hiding, on both databases."""

from collections.abc import Callable

import pytest

from community.contributions.models import RevisionState
from community.ideas import actions, queries
from community.ideas.models import Merge
from community.kit.errors import Conflict
from community.moderation.models import Outcome
from tests.cast import Cast, Person
from tests.factories.contributions import Factory, form_id
from tests.factories.ideas import MISSING, SAID, Ideas, idea, idea_text, stage
from tests.faults.test_races import together
from tests.helpers.site import Site

pytestmark = pytest.mark.race
ROUNDS = 10
WRONG = """SELECT i.id FROM idea i JOIN contribution c ON c.id = i.id WHERE
    i.supporter_count <> (SELECT count(*) FROM vote v WHERE v.idea_id = i.id)
    OR i.breadth <> (SELECT count(DISTINCT v.country) FROM vote v WHERE v.idea_id = i.id)
    OR i.supporter_count <> (SELECT coalesce(sum(t.votes), 0) FROM idea_tally t
        WHERE t.idea_id = i.id AND t.kind = 'country')
    OR (i.listed_at IS NOT NULL) <> (c.state = 'live' AND i.merged_into_id IS NULL)
    OR (i.merged_into_id IS NOT NULL) <> EXISTS (SELECT 1 FROM merge m
        WHERE m.duplicate_id = i.id AND m.original_id = i.merged_into_id AND m.undone_at IS NULL)
    OR i.moves <> (SELECT count(*) FROM step s WHERE s.idea_id = i.id)"""


class Pair:
    """Two ideas, and what one click does to them."""

    def __init__(self, site: Site, cast: Cast, make: Factory) -> None:
        self.site, self.cast, self.make, self.ideas = site, cast, make, Ideas(site, make)
        self.first, self.second = (
            self.ideas.live(by, idea_text(f"{by.handle} {form_id()}", f"{MISSING} {form_id()}"))
            for by in (cast.lan, cast.member)
        )

    def merge(self, duplicate: int, original: int, by: Person) -> Callable[[], object]:
        return lambda: self.ideas.merge(duplicate, original, by=by)

    def part(self, number: int) -> Callable[[], object]:
        return lambda: self.ideas.part(number, by=self.cast.admin)

    def support(self, number: int, by: Person) -> Callable[[], object]:
        return lambda: self.ideas.support(number, by)

    def take_back(self, number: int, by: Person) -> Callable[[], object]:
        def act() -> None:
            with self.site.writing():
                actions.take_back(idea(number), by=by.row())

        return act

    def move(self, number: int, to: str, by: Person) -> Callable[[], object]:
        def act() -> int:
            with self.site.writing():
                step = actions.move(idea(number), stage(to), SAID, on=0, form_id=form_id(), by=by.row())
                return step.id

        return act

    def decide(self, number: int, outcome: Outcome) -> Callable[[], object]:
        return lambda: self.make.decide(number, outcome, on=RevisionState.LIVE)

    def assert_right(self, given: list[object]) -> None:
        """Nobody met anything but a conflict, and what is counted is there."""
        assert all(one is None or isinstance(one, int | Conflict) for one in given), given
        assert self.site.rows(WRONG) == []


@pytest.fixture
def pair(site: Site, cast: Cast, make: Factory) -> Callable[[], Pair]:
    _ = cast.admin, cast.other_moderator
    return lambda: Pair(site, cast, make)


def test_of_two_merges_one_into_the_other_one_stands(
    site: Site, cast: Cast, pair: Callable[[], Pair]
) -> None:
    for _ in range(ROUNDS):
        it = pair()
        given = together(
            [
                it.merge(it.first, it.second, cast.admin),
                it.merge(it.second, it.first, cast.other_moderator),
            ]
        )
        assert len([one for one in given if isinstance(one, Conflict)]) == 1, given
        it.assert_right(given)
    assert site.value("SELECT count(*) FROM merge") == ROUNDS


def test_a_vote_while_its_idea_is_merged_or_parted_is_not_lost(
    site: Site, cast: Cast, pair: Callable[[], Pair]
) -> None:
    for _ in range(ROUNDS):
        it = pair()
        acts = [
            it.merge(it.first, it.second, cast.admin),
            it.support(it.first, cast.moderator),
            it.support(it.second, cast.other_moderator),
        ]
        given = together(acts)
        it.assert_right(given)
        expected = {cast.lan.id, cast.other_moderator.id}
        if not isinstance(given[1], Conflict):
            expected.add(cast.moderator.id)
        assert voters(site, it.second) == expected
        with site.reading():
            (merge,) = [one for one in [queries.standing_merge(it.first)] if isinstance(one, Merge)]
            number = merge.id
        # Votes anew for what they stand behind by the merge alone, in the moment it is undone.
        given = together(
            [it.part(number), it.support(it.second, cast.lan), it.take_back(it.second, cast.other_moderator)]
        )
        it.assert_right(given)
        assert voters(site, it.second) == {cast.lan.id}


def voters(site: Site, number: int) -> set[int]:
    return {row[0] for row in site.rows("SELECT account_id FROM vote WHERE idea_id = :n", n=number)}


def test_of_two_moves_at_once_one_is_a_conflict(site: Site, cast: Cast, pair: Callable[[], Pair]) -> None:
    for _ in range(ROUNDS):
        it = pair()
        given = together(
            [it.move(it.first, "planned", cast.admin), it.move(it.first, "considering", cast.other_moderator)]
        )
        it.assert_right(given)
        assert len([one for one in given if isinstance(one, Conflict)]) == 1, given
        steps = "SELECT to_id FROM step WHERE idea_id = :n"
        assert site.rows(steps, n=it.first) == site.rows(
            "SELECT stage_id FROM idea WHERE id = :n", n=it.first
        )


@pytest.mark.parametrize("nth", [0, 1])
def test_hidden_or_restored_in_the_moment_it_is_merged_or_parted_it_is_listed_while_it_is_live(
    site: Site, cast: Cast, pair: Callable[[], Pair], nth: int
) -> None:
    for _ in range(ROUNDS):
        it = pair()
        number = (it.first, it.second)[nth]
        merge, hide = it.merge(it.first, it.second, cast.admin), it.decide(number, Outcome.HIDE)
        given = together([merge, hide])
        it.assert_right(given)
        if isinstance(given[0], Conflict):
            continue
        given = together([it.part(int(str(given[0]))), it.decide(number, Outcome.RESTORE)])
        it.assert_right(given)
        assert site.value("SELECT count(*) FROM idea WHERE listed_at IS NULL AND id = :n", n=number) == 0


def test_of_two_who_take_an_idea_on_one_has_it(site: Site, cast: Cast, pair: Callable[[], Pair]) -> None:
    def take(number: int, by: Person) -> Callable[[], object]:
        def act() -> None:
            with site.writing():
                actions.assign(idea(number), by.row(), instead_of=None)

        return act

    for _ in range(ROUNDS):
        it = pair()
        given = together([take(it.first, cast.admin), take(it.first, cast.other_moderator)])
        it.assert_right(given)
        assert len([one for one in given if isinstance(one, Conflict)]) == 1, given
