"""What the demo's desk did, from ``demo/desk.toml``, through the actions its moderators and members go through."""

from collections.abc import Callable

from community.accounts.models import Account
from community.cli.demo import script
from community.contributions import queries as contributions
from community.contributions.models import Contribution, Revision
from community.kit import db
from community.moderation import actions as moderation
from community.moderation import queries
from community.moderation.actions import appeals, escalation, notes, reports, sanctions
from community.moderation.actions.appeals import Judgement
from community.moderation.actions.reports import Notice
from community.moderation.actions.sanctions import Charge
from community.moderation.models import (
    RESTRICTIONS,
    Gravity,
    Intent,
    Measure,
    Outcome,
    Reason,
    Review,
    Verdict,
)
from community.moderation.queries import appeals as appeal_queries
from community.moderation.queries.appeals import Against, Matter


class Desk:
    """``find`` gives the contribution an act is on, ``people`` are the accounts by their handles."""

    def __init__(self, find: Callable[[script.Act], Contribution], people: dict[str, Account]) -> None:
        self._find, self._people = find, people
        self._acts: dict[str, Callable[[script.Act], object]] = {
            "report": self._report,
            "keep": self._decide,
            "hide": self._decide,
            "lock": self._decide,
            "appeal": self._appeal,
            "reverse": self._judge,
            "uphold": self._judge,
            "warn": self._warn,
            "note": self._note,
            "escalate": self._escalate,
            "translate": self._translate,
        }

    def do(self, act: script.Act) -> None:
        self._acts[act.does](act)

    def _report(self, act: script.Act) -> None:
        it = self._on(act)
        notice = Notice(
            reason=Reason(act.reason),
            explanation=act.explanation,
            seen=_public(it).number,
            language=act.language,
            form_id=f"demo-{act.on}-{act.by or act.email}",
            origin=f"demo {act.by or act.email}",
            name=act.name,
            email=act.email,
        )
        reports.report(it, notice, by=self._people.get(act.by))

    def _decide(self, act: script.Act) -> None:
        it = self._on(act)
        revision = _public(it)
        ruling = moderation.Ruling(
            outcome=Outcome(act.does),
            ground=act.ground or None,
            explanation=act.explanation,
            facts=act.facts,
            revision_number=revision.number,
            version=it.version,
        )
        moderation.decide(it, revision, ruling, by=self._people[act.by])

    def _appeal(self, act: script.Act) -> None:
        appeals.open_appeal(self._matter(act), act.explanation)

    def _judge(self, act: script.Act) -> None:
        opened = self._matter(act).appeal
        appeal = appeal_queries.appeal(opened.id) if opened else None
        if appeal is None:
            raise LookupError(f"nobody appealed {act.on}")
        verdict = Verdict.REVERSED if act.does == "reverse" else Verdict.UPHELD
        appeals.judge(appeal, Judgement(verdict=verdict, answer=act.explanation), by=self._people[act.by])

    def _warn(self, act: script.Act) -> None:
        charge = Charge(
            measure=Measure.WARNING,
            ground=act.ground,
            explanation=act.explanation,
            gravity=Gravity(act.gravity),
            intent=Intent(act.intent),
        )
        sanctions.impose(self._people[act.member], charge, by=self._people[act.by])

    def _note(self, act: script.Act) -> None:
        beside = self._on(act).id if act.on else None
        notes.write_note(
            self._people[act.member], act.explanation, by=self._people[act.by], contribution_id=beside
        )

    def _escalate(self, act: script.Act) -> None:
        escalation.escalate(self._review(act), act.explanation, by=self._people[act.by])

    def _translate(self, act: script.Act) -> None:
        escalation.want_translation(self._review(act))

    def _on(self, act: script.Act) -> Contribution:
        """With its author and its public text, as a request has it."""
        it = contributions.contribution(self._find(act).id)
        if it is None:
            raise LookupError(f"{act.on} is not there")
        # Everything happens in one session, which may have seen it before anything of it was public.
        db.session.refresh(it, ["live_revision"])
        return it

    def _review(self, act: script.Act) -> Review:
        newest = contributions.newest_revision(self._find(act).id)
        review = queries.review(newest.id) if newest else None
        if review is None:
            raise LookupError(f"nobody has to look at {act.on}")
        return review

    def _matter(self, act: script.Act) -> Matter:
        """The last restriction of it, which its author may appeal."""
        decided = queries.decisions_on(self._find(act).id)
        last = max(one.id for one in decided if one.outcome in RESTRICTIONS)
        matter = appeal_queries.matter(Against.DECISION, last)
        if matter is None:
            raise LookupError(f"{act.on} was not restricted")
        return matter


def _public(it: Contribution) -> Revision:
    if it.live_revision is None:
        raise LookupError(f"nothing of contribution {it.id} is public")
    return it.live_revision
