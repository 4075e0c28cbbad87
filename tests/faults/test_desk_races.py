"""A thousand races at the desk, half on each database: two to eight people reach for one contribution at one moment.

No decision is lost, taken twice or kept without its statement, and whoever was too late is told so.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from threading import Barrier

import pytest
from sqlalchemy.exc import SQLAlchemyError

from community.contributions import actions as contributions
from community.contributions.actions import Wording
from community.contributions.models import RevisionState, State
from community.contributions.queries import revision_in
from community.kit.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from community.moderation import actions as moderation
from community.moderation import queries as desk
from community.moderation.actions import bulk, escalation, reports, reviews
from community.moderation.actions.bulk import Chosen
from community.moderation.actions.reports import Notice
from community.moderation.models import Outcome, Reason
from community.policy.permissions import Role
from community.stories import actions as stories
from tests.cast import Cast, Person
from tests.factories.contributions import (
    BODY,
    Factory,
    contribution,
    decision,
    form_id,
    ruling,
    story,
    wording,
)
from tests.helpers.desk import Chain, assert_all_holds
from tests.helpers.site import Site

pytestmark = pytest.mark.race
RACES = 500  # on each database
FEWEST, MOST = 2, 8
LONGEST_LIFE = 6  # races about one contribution
CHECKED_EVERY = 25
EXPECTED = str | Conflict | Forbidden | Invalid | NotFound

Act = Callable[[], str]


@dataclass(frozen=True)
class Seen:
    """A contribution as everybody has it before them when a race begins; revisions and the last decision by id."""

    number: int
    version: int
    state: State
    waiting: int | None
    live: int | None
    last: int | None
    last_by: int | None

    @property
    def is_over(self) -> bool:
        return self.state in (State.REFUSED, State.WITHDRAWN) or (self.waiting or self.live) is None


@pytest.fixture
def runners() -> Iterator[ThreadPoolExecutor]:
    """The same threads race after race: new ones would spend their time on connections."""
    with ThreadPoolExecutor(MOST) as pool:
        yield pool


@dataclass
class Team:
    """Who races, and what each of them may try."""

    site: Site
    make: Factory
    author: Person
    moderators: list[Person]
    members: list[Person]
    chance: Random
    texts: Iterator[int] = field(default_factory=count)

    def new(self) -> int:
        """Waiting, live, or live with an edit that waits."""
        number = self.make.waiting_story(text=self.wording())
        if self.chance.random() < 0.7:
            self.make.decide(number)
            if self.chance.random() < 0.5:
                self.edit(number)
        return number

    def look(self, number: int) -> Seen:
        with self.site.reading():
            it, decisions = contribution(number), desk.decisions_on(number)
            waiting, live = (
                revision_in(number, state) for state in (RevisionState.WAITING, RevisionState.LIVE)
            )
            last = decisions[-1] if decisions else None
            at_desk, public, decided = (thing.id if thing else None for thing in (waiting, live, last))
            by_id = last.by_id if last else None
            return Seen(number, it.version, it.state, at_desk, public, decided, by_id)

    def acts(self, seen: Seen) -> list[Act]:
        """Two to eight people, each with something of their own to do."""
        some = self.chance.randint(FEWEST, MOST)
        desk_acts = [self._at_the_desk(seen, person) for person in self.chance.sample(self.moderators, 5)]
        others = [self._report(seen, person) for person in self.chance.sample(self.members, 2)]
        others.append(self._as_author(seen))
        return self.chance.sample([*desk_acts, *others], some)

    def _at_the_desk(self, seen: Seen, person: Person) -> Act:
        on = self.chance.choice([one for one in (seen.waiting, seen.live) if one])
        outcome = self.chance.choice(self._outcomes(seen, on))
        kind = self.chance.random()
        if kind < 0.25 and seen.last and person.id in (seen.last_by, self.moderators[0].id):
            # To all but who made it, it is not there.
            return lambda: self.undo(seen.last or 0, person)
        if kind < 0.24:
            return lambda: self.claim(on, person)
        if kind < 0.30:
            return lambda: self.escalate(on, person)
        if kind < 0.42:
            return lambda: self.sweep(seen, on, outcome, person)
        return lambda: self.decide(seen, on, outcome, person)

    def _outcomes(self, seen: Seen, on: int) -> tuple[Outcome, ...]:
        if on == seen.waiting:
            return Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE
        if seen.state is State.HIDDEN:
            return (Outcome.RESTORE,)
        return Outcome.HIDE, Outcome.LOCK, Outcome.UNLOCK, Outcome.KEEP

    def _as_author(self, seen: Seen) -> Act:
        if self.chance.random() < 0.1:
            return lambda: self.withdraw(seen.number)
        return lambda: self.edit(seen.number)

    def _report(self, seen: Seen, person: Person) -> Act:
        reason = self.chance.choice(list(Reason))
        return lambda: self.report(seen.number, reason, person)

    def decide(self, seen: Seen, on: int, outcome: Outcome, by: Person) -> str:
        with self.site.writing():
            it, text = contribution(seen.number), desk.revision(on)
            assert text
            given = replace(ruling(outcome, it, text), version=seen.version)
            moderation.decide(it, text, given, by=by.account())
        return "decided"

    def sweep(self, seen: Seen, on: int, outcome: Outcome, by: Person) -> str:
        with self.site.writing():
            it, text = contribution(seen.number), desk.revision(on)
            assert text
            item = Chosen(on, text.number, seen.version)
            swept = bulk.decide_each([item], ruling(outcome, it, text), by_id=by.id)
        return "decided in bulk" if swept.done else f"left out: {swept.left[0][1]}"

    def undo(self, last: int, by: Person) -> str:
        with self.site.writing():
            it = decision(last)
            text = desk.revision(it.revision_id)
            assert text
            moderation.undo(it, contribution(it.contribution_id), text, by=by.account())
        return "decided: undone"

    def claim(self, on: int, by: Person) -> str:
        with self.site.writing():
            item = desk.review(on)
            if item is None:
                raise NotFound
            reviews.claim(item, by=by.account())
            if on % 2:
                reviews.release(by_id=by.id, only=on)
        return "claimed"

    def escalate(self, on: int, by: Person) -> str:
        with self.site.writing():
            item = desk.review(on)
            if item is None:
                raise NotFound
            escalation.escalate(item, "Please look at the second paragraph.", by=by.account())
        return "escalated"

    def report(self, number: int, reason: Reason, by: Person) -> str:
        notice = Notice(
            reason=reason,
            explanation="He never drove there.",
            seen=None,
            language="en",
            form_id=form_id(),
            origin=by.handle,
        )
        with self.site.writing():
            reports.report(contribution(number), notice, by=by.account())
        return "reported"

    def edit(self, number: int) -> str:
        with self.site.writing():
            stories.submit(story(number), self.wording(), sequence=None, by=self.author.row())
        return "edited"

    def withdraw(self, number: int) -> str:
        with self.site.writing():
            contributions.withdraw(contribution(number), by=self.author.row())
        return "withdrawn"

    def wording(self) -> Wording:
        return wording(body=f"{BODY} The {next(self.texts)}th time.")


@pytest.fixture
def team(site: Site, cast: Cast, make: Factory) -> Team:
    more = [cast.join(f"Mod {name}", "SG", "en", "vi", role=Role.MODERATOR) for name in ("One", "Two")]
    members = [cast.member, cast.join("Ruth Wambui", "KE", "en"), cast.join("Noor Haddad", "JO", "en")]
    moderators = [cast.moderator, cast.other_moderator, cast.admin, *more]
    return Team(site, make, cast.lan, moderators, members, Random("races"))


def test_a_thousand_races(site: Site, team: Team, runners: ThreadPoolExecutor) -> None:
    ends, chain, seen = Counter[str](), Chain(), team.look(team.new())
    for race in range(1, RACES + 1):
        before = decided(site, seen)
        given = together(runners, team.acts(seen))
        assert all(isinstance(one, EXPECTED) for one in given), given
        named = Counter(one if isinstance(one, str) else type(one).__name__ for one in given)
        decisions = sum(number for name, number in named.items() if name.startswith("decided"))
        assert decided(site, seen) == before + decisions, given
        ends += named
        if race % CHECKED_EVERY == 0:
            chain = assert_all_holds(site, chain)
        seen = team.look(seen.number)
        if seen.is_over or race % LONGEST_LIFE == 0:
            seen = team.look(team.new())
    # They were races, and everything that may happen did.
    assert ends["Conflict"] > RACES / 2, ends
    assert {"edited", "withdrawn", "claimed", "reported", "escalated", "left out: stale"} <= set(ends), ends
    assert {"decided", "decided in bulk", "decided: undone"} <= set(ends), ends
    assert {outcome for (outcome,) in site.rows("SELECT DISTINCT outcome FROM decision")} == set(Outcome)


def together(runners: ThreadPoolExecutor, acts: list[Act]) -> list[object]:
    """Start all at one moment; what each gave, or the error it raised."""
    gate = Barrier(len(acts))

    def run(act: Act) -> object:
        gate.wait()
        try:
            return act()
        except (DomainError, SQLAlchemyError) as error:
            return error

    return list(runners.map(run, acts))


def decided(site: Site, seen: Seen) -> int:
    return int(site.value("SELECT count(*) FROM decision WHERE contribution_id = :n", n=seen.number))
