"""Histories of a desk for the tests of the log and its reports: invented line by line, or lived by people."""

from random import Random
from typing import Any

from community.contributions.models import RevisionState
from community.moderation import actions as desk
from community.moderation import queries
from community.moderation.actions import appeals, log, reports, sanctions
from community.moderation.actions.appeals import Judgement
from community.moderation.actions.reports import Notice
from community.moderation.actions.sanctions import Charge
from community.moderation.models import (
    Act,
    Category,
    LogEntry,
    Measure,
    Outcome,
    Reason,
    Result,
    Source,
    Verdict,
)
from community.moderation.queries import appeals as appealed
from tests.cast import Cast
from tests.factories.contributions import Factory, contribution, decision, form_id
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

LANGUAGES = ("vi", "id", "en", "ar", "ta")
COUNTRIES = ("VN", "ID", "ZA", "EG", "IN")
GROUNDS = ("1.1", "1.2", "2.3", "3.1", "10.2")
DECISIONS = [Act(outcome) for outcome in Outcome if outcome is not Outcome.UNDO]


def invented(site: Site, clock: StillClock, *, seed: int, lines: int, days: int) -> None:
    """Acts of every kind in any order, spread over some days; a good part is undone or opened again."""
    chance = Random(seed)
    with site.writing():
        for _ in range(lines):
            clock.advance(seconds=chance.expovariate(lines / (days * 86_400)))
            _happens(chance, clock)


def _happens(chance: Random, clock: StillClock) -> None:
    act = chance.choice(
        [*DECISIONS, *DECISIONS, *(Act.REPORT,) * 5, *(Act.APPEAL,) * 3, Act.WARN, Act.SUSPEND]
    )
    place = {"language": chance.choice(LANGUAGES), "country": chance.choice(COUNTRIES)}
    if act in (Act.WARN, Act.SUSPEND):
        line = log.append(act, kind="account", **place, **_ground(chance))
        if chance.random() < 0.4:
            log.append(chance.choice([Act.LIFT, Act.CLOSE]), kind="account", of_number=line.number, **place)
        return
    kind = chance.choice(["story", "comment"])
    if act is Act.REPORT:
        _is_reported(chance, clock, log.append(act, kind=kind, category=chance.choice([*Category]), **place))
    elif act is Act.APPEAL:
        line = log.append(act, kind=chance.choice([kind, "account"]), of_number=_earlier(chance), **place)
        if chance.random() < 0.7:
            verdict = chance.choice([Act.UPHOLD, Act.REVERSE])
            waited = chance.choice([None, _wait(chance)])
            log.append(verdict, kind=line.kind, waited_seconds=waited, of_number=line.of_number, **place)
    else:
        _is_decided(chance, clock, act, kind, place)


def _is_decided(chance: Random, clock: StillClock, act: Act, kind: str, place: dict[str, str]) -> None:
    line = log.append(
        act,
        kind=kind,
        source=chance.choice([None, *Source]),
        is_detected_by_machine=chance.random() < 0.3,
        waited_seconds=chance.choice([None, _wait(chance), _wait(chance)]),
        **place,
        **(_ground(chance) if chance.random() < 0.7 else {}),
    )
    if chance.random() < 0.25:
        clock.advance(seconds=chance.random() * 9)
        log.append(Act.UNDO, kind=kind, of_number=line.number, **place)


def _is_reported(chance: Random, clock: StillClock, report: LogEntry) -> None:
    about = {"kind": report.kind, "language": report.language, "country": report.country}
    while chance.random() < 0.7:
        clock.advance(seconds=chance.random() * 9)
        log.append(
            Act.ANSWER,
            category=report.category,
            result=chance.choice([*Result]),
            waited_seconds=_wait(chance),
            of_number=report.number,
            **about,
        )
        if chance.random() < 0.6:
            return
        clock.advance(seconds=chance.random() * 9)
        log.append(Act.REOPEN, category=report.category, of_number=report.number, **about)


def _ground(chance: Random) -> dict[str, Any]:
    return {
        "ground": chance.choice(GROUNDS),
        "clause_version": chance.randint(1, 3),
        "category": chance.choice([*Category]),
    }


def _wait(chance: Random) -> int:
    return int(chance.lognormvariate(9, 2))


def _earlier(chance: Random) -> int | None:
    last = log.append(Act.KEEP, kind="story", language="en", country="ZA").number
    return chance.randint(1, last)


def lived(site: Site, cast: Cast, make: Factory, clock: StillClock, *, seed: int, days: int) -> None:
    """What people do at a desk, through the actions that their clicks reach; something happens every day."""
    people = People(site, cast, make, clock, seed=seed)
    for _ in range(days):
        clock.advance(days=1, minutes=people.chance.randint(0, 600))
        people.chance.choice([people.approve, people.take_back, people.report, people.appeal, people.warn])()


class People:
    """Those of the cast, at their work."""

    def __init__(self, site: Site, cast: Cast, make: Factory, clock: StillClock, *, seed: int) -> None:
        self._site, self._cast, self._make, self._clock = site, cast, make, clock
        self._judge = cast.admin  # speaks before any transaction begins
        self.chance = Random(seed)

    def approve(self) -> None:
        number = self._make.waiting_story()
        self._clock.advance(minutes=self.chance.randint(1, 900))
        self._make.decide(number)

    def take_back(self) -> None:
        outcome = self.chance.choice([Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE])
        self._undo(self._make.decide(self._make.waiting_story(), outcome))

    def report(self) -> None:
        number = self._make.live_story()
        for reason in (Reason.SCAM, Reason.HATE):
            notice = Notice(
                reason=reason,
                explanation="Look at this.",
                seen=None,
                language="en",
                form_id=form_id(),
                origin="here",
            )
            with self._site.writing():
                reports.report(contribution(number), notice, by=self._cast.member.account())
        self._clock.advance(hours=self.chance.randint(1, 50))
        outcome = self.chance.choice([Outcome.KEEP, Outcome.HIDE])
        done = self._make.decide(number, outcome, on=RevisionState.LIVE)
        if self.chance.random() < 0.5:
            self._undo(done)
            self._make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)

    def appeal(self) -> None:
        done = self._make.decide(self._make.waiting_story(), Outcome.REFUSE)
        self._clock.advance(days=1)
        with self._site.writing():
            matter = appealed.matter(appealed.Against.DECISION, done)
            if matter is None:
                raise AssertionError("a refusal can be appealed")
            opened = appeals.open_appeal(matter, "Please look again.")
            self._clock.advance(hours=self.chance.randint(1, 90))
            verdict = self.chance.choice([*Verdict])
            appeals.judge(opened, Judgement(verdict=verdict, answer="We looked."), by=self._judge.account())

    def warn(self) -> None:
        charge = Charge(measure=Measure.WARNING, ground="2.1", explanation="Please stop.")
        with self._site.writing():
            member, moderator = self._cast.member.account(), self._cast.moderator.account()
            given = sanctions.impose(member, charge, by=moderator)
            sanctions.acknowledge(member, up_to=given.id)
            if self.chance.random() < 0.5:
                sanctions.lift(given, by=moderator)

    def _undo(self, done: int) -> None:
        self._clock.advance(seconds=4)
        with self._site.writing():
            one = decision(done)
            text = queries.revision(one.revision_id)
            if text is None:
                raise AssertionError("what was decided on is there")
            desk.undo(one, contribution(one.contribution_id), text, by=self._cast.moderator.account())
