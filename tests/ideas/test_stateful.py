"""Votes, merges, moves, quotes and hiding, in every order: what is counted is what is there, and nobody is lost."""

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any, ClassVar

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text as sql

from community.accounts.actions import listing
from community.contributions import actions as contributions
from community.contributions.actions import Wording
from community.contributions.models import Follow, Purpose, RevisionState
from community.ideas import actions, queries
from community.ideas.models import Sum
from community.ideas.processing.paragraphs import paragraphs
from community.kit import db
from community.kit.errors import Conflict
from community.moderation.models import Outcome
from tests.cast import Cast, Person
from tests.factories.contributions import BODY, Factory, contribution, form_id, revision, wording
from tests.factories.ideas import MISSING, SAID, Ideas, idea, idea_text, stage
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

IDEAS, STORIES = 4, 2
TELLERS = ("lan", "thabo")
# Twice to the same idea, more often: or hardly two would ever be duplicates of one.
NTH = st.sampled_from((0, 0, 0, 1, 1, 2, 2, 3))
TOLD = st.integers(0, STORIES - 1)
WHO = st.sampled_from(("lan", "thabo", "dewi", "mai", "ada", "siti"))
SETTINGS = settings(
    max_examples=12,
    stateful_step_count=16,
    derandomize=True,
    phases=[Phase.generate],  # to make a failing one shorter would take minutes
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
# So that not every sequence has to find its way to where things become interesting.
BEGINNINGS = (
    (),
    ("vote", "merge"),
    ("vote", "quote", "answer", "merge", "merge too"),
    ("quote", "agree", "merge", "merge too"),
    ("follow", "vote", "merge", "merge too"),
    ("merge", "vote", "hide"),
    ("vote", "merge into 1", "withdraw"),
    ("vote", "merge", "merge back", "move", "merge too", "part"),
)
NAMES = (
    "support",
    "take back",
    "follow",
    "merge",
    "part",
    "move",
    "hide",
    "restore",
    "quote",
    "answer",
    "withdraw",
)
SHARE = 0.9
COUNTED = """SELECT i.supporter_count, i.breadth, i.moves, i.listed_at IS NOT NULL, i.merged_into_id, c.state,
    (SELECT count(*) FROM step WHERE idea_id = i.id), i.stage_id,
    (SELECT to_id FROM step WHERE idea_id = i.id ORDER BY number DESC LIMIT 1)
    FROM idea i JOIN contribution c ON c.id = i.id WHERE i.id = :n"""
STRAY = """SELECT count(*) FROM merge m JOIN {table} x ON x.merge_id = m.id
    WHERE m.undone_at IS NOT NULL OR x.{to} <> m.original_id"""


class Sequence(RuleBasedStateMachine):
    """Four ideas by three members, two stories they quote; beside them, in sets, what there should be."""

    site: ClassVar[Site]
    make: ClassVar[Factory]
    clock: ClassVar[StillClock]
    people: ClassVar[dict[str, Person]]
    models: ClassVar[list[int]]
    numbers: ClassVar["count[int]"]
    met: ClassVar["Counter[tuple[str, bool]]"]

    @initialize(before=st.sampled_from(BEGINNINGS))
    def begin(self, before: tuple[str, ...]) -> None:
        make = Ideas(self.site, self.make)
        self.stories = [
            self.make.live_story(self.people[name], wording(body=f"{BODY} {next(self.numbers)}"))
            for name in TELLERS
        ]
        authors = ("lan", "thabo", "dewi", "lan")
        self.ideas = [make.live(self.people[name], self.text()) for name in authors]
        self.author = dict(zip(self.ideas, (self.people[name].id for name in authors), strict=True))
        # Own ones, and all there are with those that came with a merge.
        self.own: dict[str, dict[int, set[Any]]] = {
            kind: {number: set() for number in self.ideas} for kind in ("vote", "quote", "follow")
        }
        self.all = {kind: {number: set(own) for number, own in of.items()} for kind, of in self.own.items()}
        self.merges: dict[int, tuple[int, int]] = {}
        self.hidden: set[int] = set()
        self.gone: set[int] = set()
        self.agreed: set[int] = set()
        self.refused: set[tuple[int, int]] = set()
        for step in before:
            self.go_on(step)

    def go_on(self, step: str) -> None:
        """With the first three ideas and the first story."""
        acts: dict[str, Callable[[], object]] = {
            "vote": lambda: [self.support("siti", nth, None) for nth in (1, 2)],
            "follow": lambda: [self.follow("siti", nth) for nth in (1, 2)],
            "quote": lambda: [self.quote(nth, 0) for nth in (0, 1, 2)],
            "agree": lambda: self.consent(0, is_yes=True),
            "answer": lambda: self.answer(0, 0, is_yes=False),
            "merge": lambda: self.merge(1, 0),
            "merge back": lambda: self.merge(0, 1),
            "merge too": lambda: self.merge(2, 0),
            "merge into 1": lambda: self.merge(2, 1),
            "part": lambda: self.part(1),
            "move": lambda: self.move(0, "planned", is_fresh=True),
            "hide": lambda: self.hide_or_restore(0, "idea"),
            "withdraw": lambda: self.withdraw(1),
        }
        acts[step]()

    def text(self) -> Wording:
        return idea_text(f"Hook {next(self.numbers)}", f"{MISSING} {next(self.numbers)}")

    # What members do

    @rule(who=WHO, nth=NTH, car=st.sampled_from((None, 0, 1)))
    def support(self, who: str, nth: int, car: int | None) -> None:
        number, person = self.ideas[nth], self.people[who]
        if person.id == self.author[number]:
            return
        model = None if car is None else self.models[car]

        def act() -> None:
            actions.support(idea(number), by=person.account(), model_id=model)

        if self.attempt("support", self.is_listed(number), act):
            self.own["vote"][number].add(person.id)
            self.all["vote"][number].add(person.id)

    @rule(who=WHO, nth=NTH)
    def take_back(self, who: str, nth: int) -> None:
        number, person = self.ideas[nth], self.people[who]

        def act() -> None:
            actions.take_back(idea(number), by=person.account())

        if self.attempt("take back", self.is_listed(number), act):
            self.own["vote"][number].discard(person.id)
            self.all["vote"][number].discard(person.id)

    @rule(who=WHO, nth=NTH)
    def follow(self, who: str, nth: int) -> None:
        number, person = self.ideas[nth], self.people[who].id
        if person in self.all["follow"][number]:
            return

        def act() -> None:
            db.session.add(
                Follow(account_id=person, contribution_id=number, is_muted=False, created_at=self.clock())
            )

        self.attempt("follow", True, act)
        self.own["follow"][number].add(person)
        self.all["follow"][number].add(person)

    @rule(nth=NTH, told=TOLD)
    def quote(self, nth: int, told: int) -> None:
        number, story = self.ideas[nth], self.stories[told]
        if {number, story} & self.hidden or any(number in pair for pair in self.merges.values()):
            return
        self.attempt("quote", True, lambda: self.begin_with(number, story))
        self.own["quote"][number].add(story)
        self.all["quote"][number].add(story)

    def begin_with(self, number: int, story: int) -> None:
        told, text = contribution(story), revision(story, RevisionState.LIVE)
        actions.begin_with(idea(number), told, text, paragraphs(text)[0])

    @rule(nth=NTH, told=TOLD, is_yes=st.booleans())
    def answer(self, nth: int, told: int, is_yes: bool) -> None:
        """One who is quoted answers where they are quoted."""
        number = self.ideas[nth]
        story = next(iter(sorted(self.all["quote"][number])[told:]), None)
        if story is None:
            return

        def act() -> None:
            quoted = next(one for one in queries.quotes(number) if one.story_id == story)
            found = queries.quote(quoted.id)
            assert found
            (actions.agree_to if is_yes else actions.refuse)(found)

        self.attempt("answer", True, act)
        if is_yes:
            self.agreed.add(story)
        self.said(number, story, is_yes=is_yes)

    def said(self, number: int, story: int, *, is_yes: bool) -> None:
        """In this idea, and in those put together with it."""
        into = dict(self.merges.values())
        root = into.get(number, number)
        for one in (root, *(duplicate for duplicate, to in into.items() if to == root)):
            if story in self.all["quote"][one]:
                (self.refused.discard if is_yes else self.refused.add)((one, story))

    @rule(told=TOLD, is_yes=st.booleans())
    def consent(self, told: int, is_yes: bool) -> None:
        """On the story's own page, for all that quotes it."""
        story = self.stories[told]
        with self.site.writing():
            contributions.agree(contribution(story), {Purpose.QUOTE} if is_yes else set())
        (self.agreed.add if is_yes else self.agreed.discard)(story)

    # What curators do

    @rule(first=NTH, second=NTH)
    def merge(self, first: int, second: int) -> None:
        duplicate, original = self.ideas[first], self.ideas[second]
        if duplicate == original or (duplicate, original) in self.merges.values():
            return
        is_original = any(duplicate == to for _one, to in self.merges.values())
        lawful = self.is_listed(duplicate) and self.is_listed(original) and not is_original
        made: list[int] = []

        def act() -> None:
            by = self.people["ada"].account()
            made.append(actions.merge(idea(duplicate), idea(original), why="The same.", by=by).id)

        if not self.attempt("merge", lawful, act):
            return
        self.merges[made[0]] = (duplicate, original)
        for story in self.all["quote"][duplicate] - self.all["quote"][original]:
            if (duplicate, story) in self.refused:
                self.refused.add((original, story))
        for kind in self.all:
            self.all[kind][original] |= self.brought(kind, duplicate, original)

    def brought(self, kind: str, duplicate: int, original: int) -> set[Any]:
        found = self.all[kind][duplicate]
        if kind != "vote":
            return found
        return (found | {self.author[duplicate]}) - {self.author[original]}

    @rule(nth=NTH)
    def part(self, nth: int) -> None:
        """Undone twice it is undone once."""
        standing = [one for one, (duplicate, _to) in self.merges.items() if duplicate == self.ideas[nth]]
        if not standing:
            return
        for _ in range(2):
            self.attempt("part", True, lambda: self.undo(standing[0]))
        self.parted(standing[0])

    def parted(self, merge: int) -> None:
        _duplicate, original = self.merges.pop(merge)
        others = [one for one, to in self.merges.values() if to == original]
        for kind, all_ in self.all.items():
            stays = self.own[kind][original].union(*(self.brought(kind, one, original) for one in others))
            all_[original] &= stays
        gone = {pair for pair in self.refused if pair[1] not in self.all["quote"][pair[0]]}
        self.refused -= gone

    def undo(self, number: int) -> None:
        found = queries.merge(number)
        assert found
        actions.part(found, by=self.people["ada"].account())

    @rule(nth=NTH, to=st.sampled_from(("open", "considering", "planned")), is_fresh=st.booleans())
    def move(self, nth: int, to: str, is_fresh: bool) -> None:
        number, steps = self.ideas[nth], list[int]()

        def act() -> None:
            found = idea(number)
            on = found.moves if is_fresh else found.moves - 1
            by = self.people["ada"].account()
            steps.append(actions.move(found, stage(to), SAID, on=on, form_id=form_id(), by=by).id)

        if self.attempt("move", is_fresh and self.is_listed(number), act):
            heard = self.site.rows("SELECT account_id FROM notice WHERE step_id = :n", n=steps[0])
            with self.site.reading():
                concerned = {row.account_id for row in db.session.execute(queries.audience(number))}
            # Each once, whatever they are to it; whoever said it knows.
            assert sorted(heard) == sorted((one,) for one in concerned - {self.people["ada"].id})

    # What moderators do

    @rule(nth=NTH, of=st.sampled_from(("idea", "idea", "story")))
    def hide_or_restore(self, nth: int, of: str) -> None:
        number = (self.ideas if of == "idea" else self.stories)[nth % (IDEAS if of == "idea" else STORIES)]
        if number in self.gone:
            return
        is_hidden = number in self.hidden
        outcome = Outcome.RESTORE if is_hidden else Outcome.HIDE
        self.make.decide(number, outcome, on=RevisionState.LIVE)
        self.hidden ^= {number}
        self.met[outcome.value, True] += 1

    @rule(nth=NTH)
    def withdraw(self, nth: int) -> None:
        """Not often: nothing happens to it any more. What was put together with it is an idea of its own again."""
        number = self.ideas[nth]
        if nth == 0 or self.gone:
            return

        def act() -> None:
            author = next(one for one in self.people.values() if one.id == self.author[number])
            contributions.withdraw(contribution(number), by=author.account())

        self.attempt("withdraw", True, act)
        self.gone.add(number)
        self.hidden.add(number)
        for standing in [one for one, (_from, to) in self.merges.items() if to == number]:
            self.parted(standing)

    # What always holds

    @invariant()
    def what_is_counted_is_there_and_everybody_is_told(self) -> None:
        with self.site.reading():
            for number in getattr(self, "ideas", ()):
                self.assert_counted(number)
                self.assert_told(number)
            for table, to in (("vote", "idea_id"), ("quote", "idea_id"), ("follow", "contribution_id")):
                assert db.session.scalar(sql(STRAY.format(table=table, to=to))) == 0

    def assert_counted(self, number: int) -> None:
        votes, breadth, moves, is_listed, into, state, steps, on, last = ask(COUNTED, n=number)[0]
        there = ask("SELECT account_id, country, model_id FROM vote WHERE idea_id = :n", n=number)
        countries = Counter(country for _by, country, _model in there)
        models = Counter(str(model) for _by, _country, model in there if model)
        assert {by for by, *_rest in there} == self.all["vote"][number]
        assert (votes, breadth, moves) == (len(there), len(countries), steps)
        assert queries.totals(number) == {Sum.COUNTRY: countries, Sum.MODEL: models}
        assert last in (None, on)
        assert is_listed == self.is_listed(number) == (state == "live" and into is None)
        assert into == dict(self.merges.values()).get(number)

    def assert_told(self, number: int) -> None:
        shown = {one.story_id for one in queries.quotes(number) if one.is_shown}
        assert shown == {
            story
            for story in self.all["quote"][number]
            if story in self.agreed and story not in self.hidden and (number, story) not in self.refused
        }
        told = {row.account_id for row in db.session.execute(queries.audience(number))}
        quoted = {
            self.people[name].id for name, one in zip(TELLERS, self.stories, strict=True) if one in shown
        }
        authors = {self.author[one] for one, to in self.merges.values() if to == number}
        everybody = quoted | authors | {self.author[number]}
        assert told == everybody | self.all["vote"][number] | self.all["follow"][number]

    def is_listed(self, number: int) -> bool:
        return number not in self.hidden and number not in {one for one, _to in self.merges.values()}

    def attempt(self, name: str, lawful: bool, act: Callable[[], object]) -> bool:
        """What is lawful happens; anything else is a conflict, and the invariants say that it changed nothing."""
        self.clock.advance(seconds=1)
        try:
            with self.site.writing():
                act()
        except Conflict:
            if lawful:
                raise
        else:
            assert lawful, f"{name} should not have been possible"
        self.met[name, lawful] += 1
        return lawful


def ask(question: str, **values: object) -> list[tuple[Any, ...]]:
    """In the present context."""
    return [tuple(row) for row in db.session.execute(sql(question), values)]


def test_in_whatever_order_totals_are_rows_and_nobody_is_lost(
    site: Site, cast: Cast, make: Factory, clock: StillClock
) -> None:
    people = {
        "lan": cast.lan,
        "thabo": cast.member,
        "mai": cast.moderator,
        "ada": cast.admin,
        "dewi": cast.join("Dewi Lestari", "ID", "id"),
        "siti": cast.join("Siti Rahma", "ID", "id"),
    }
    with site.writing():
        models = [listing.list_model("Larch", name, 2019).id for name in ("Vireo", "Wren")]
    met: Counter[tuple[str, bool]] = Counter()
    given = {"site": site, "make": make, "clock": clock, "people": people, "models": models, "met": met}
    machine = type("OnThisSite", (Sequence,), {**given, "numbers": count(1)})
    run_state_machine_as_test(machine, settings=SETTINGS)
    # Nothing of this proves anything about a move that never came up.
    assert len({name for name, is_lawful in met if is_lawful}) >= SHARE * len(NAMES)
    assert len({name for name, is_lawful in met if not is_lawful}) >= 2
