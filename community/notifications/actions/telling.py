"""Telling: one statement a fact, in the fact's own transaction, however many people it concerns.

Who hears is a SELECT of ``account_id`` and ``rank``, the place of their reason among ``Who.reasons``: of somebody with
several the first counts. The key of a notice names the fact, and the database takes each key once a member.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    SelectBase,
    String,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from community.accounts.models import Block
from community.contributions.facts import Moved
from community.contributions.models import Contribution, Follow, State
from community.gatherings import queries as gatherings
from community.gatherings.facts import Spotlighted, TakenBack
from community.gatherings.models import Spotlight
from community.ideas import queries as ideas
from community.ideas.facts import IdeaMoved, IdeasMerged, IdeasParted, QuoteAsked, Supported
from community.ideas.models import Merge, Quote, Step
from community.ideas.queries import Why
from community.kit import clock, db
from community.moderation.actions import undoing
from community.notifications import queries
from community.notifications.models import USUAL, Mail, Notice, NoticeChoice, NoticeKind, Reason

SETTLING = undoing.WINDOW + timedelta(seconds=1)
"""What somebody approved can be undone as long; the second more is for the clocks of two rows of one decision."""
OF_IDEAS = tuple(Reason(why.value) for why in Why)
OF_ANSWERS = (Reason.PARENT, Reason.AUTHOR, Reason.FOLLOWER)


@dataclass(frozen=True)
class Who:
    """``people`` hear, but for ``but``; ``muted_at`` names the contribution that some may have muted."""

    people: SelectBase
    reasons: tuple[Reason, ...]
    but: int | None = None
    muted_at: int | None = None


@dataclass(frozen=True)
class What:
    """``names`` are the columns that lead to what happened; before ``delay`` is over nobody is shown it.

    Without a ``contribution_id`` among them it is about one of each member's own, which ``people`` give.
    """

    kind: NoticeKind
    key: str
    names: dict[str, int]
    is_service: bool = False
    delay: timedelta = timedelta(0)

    @property
    def bundle(self) -> str:
        """Told together: all of a kind that happened to one thing, and all that is new to who follows it."""
        if self.kind is NoticeKind.TOLD:
            return self.kind.value
        return f"{self.kind}:{self.names.get('contribution_id') or self.names['spotlight_id']}"


def tell_answered(fact: Moved) -> None:
    """The author of what is answered, that of the contribution under which it stands, and who follows that one."""
    on_id, parent_id = queries.place_of(fact.contribution_id)
    author = select(Contribution.author_id.label("account_id"), literal(1).label("rank"))
    people: list[queries.Rows] = [
        author.where(Contribution.id == on_id),
        _followers(2, Follow.contribution_id == on_id),
    ]
    if parent_id is not None:
        parent = select(Contribution.author_id.label("account_id"), literal(0).label("rank"))
        people.append(parent.where(Contribution.id == parent_id))
    names = {"contribution_id": on_id, "cause_id": fact.contribution_id, "actor_id": fact.author_id}
    _tell(
        Who(union_all(*people), OF_ANSWERS, but=fact.author_id, muted_at=on_id),
        What(NoticeKind.ANSWERED, f"answered:{fact.contribution_id}", names, delay=_delay(fact)),
    )


def tell_of_new(fact: Moved) -> None:
    """Who follows its author, its model, its topic, its country; each once, the nearest reason first."""
    on = fact.is_on
    reasons = (Reason.MEMBER, Reason.MODEL, Reason.TOPIC, Reason.COUNTRY)
    wanted: tuple[ColumnElement[bool], ...] = (
        Follow.member_id == fact.author_id,
        Follow.model_id.in_(queries.models_of(fact.contribution_id)),
        Follow.topic_id == (on.topic_id if on else None),
        Follow.country.in_(queries.countries_of(fact.contribution_id)),
    )
    people = union_all(*(_followers(rank, one) for rank, one in enumerate(wanted)))
    names = {"contribution_id": fact.contribution_id, "actor_id": fact.author_id}
    _tell(
        Who(people, reasons, but=fact.author_id),
        What(NoticeKind.TOLD, f"told:{fact.contribution_id}", names, delay=_delay(fact)),
    )


def tell_moved(fact: IdeaMoved) -> None:
    """Everyone quoted, its author, every supporter, every follower: but not who moved it."""
    mover = select(Step.by_id).where(Step.id == fact.step_id)
    names = {"contribution_id": fact.idea_id, "step_id": fact.step_id}
    _tell(
        Who(ideas.audience(fact.idea_id), OF_IDEAS, but=db.session.scalar(mover), muted_at=fact.idea_id),
        What(NoticeKind.IDEA_MOVED, f"moved:{fact.step_id}", names),
    )


def tell_merged(fact: IdeasMerged) -> None:
    _tell_of_merge(fact, NoticeKind.MERGED)


def tell_parted(fact: IdeasParted) -> None:
    _tell_of_merge(fact, NoticeKind.PARTED)


def tell_quoted(fact: QuoteAsked) -> None:
    """The author of the quoted story, unless the idea is theirs. Of a service that no muting switches off."""
    quoted = db.session.get(Quote, fact.quote_id)
    idea = db.session.get(Contribution, quoted.idea_id) if quoted else None
    if quoted is None or idea is None:
        return
    names = {"contribution_id": idea.id, "quote_id": quoted.id, "actor_id": idea.author_id}
    people = select(literal(quoted.account_id).label("account_id"), literal(0).label("rank"))
    _tell(
        Who(people, (Reason.QUOTED,), but=idea.author_id),
        What(NoticeKind.QUOTED, f"quoted:{quoted.id}", names, is_service=True, delay=SETTLING),
    )


def tell_supported(fact: Supported) -> None:
    """The idea's author; who comes, goes and comes again is told of once."""
    author = select(Contribution.author_id.label("account_id"), literal(0).label("rank"))
    names = {"contribution_id": fact.idea_id, "actor_id": fact.account_id}
    _tell(
        Who(
            author.where(Contribution.id == fact.idea_id),
            (Reason.AUTHOR,),
            but=fact.account_id,
            muted_at=fact.idea_id,
        ),
        What(NoticeKind.SUPPORTED, f"supported:{fact.idea_id}:{fact.account_id}", names),
    )


def tell_spotlighted(fact: Spotlighted) -> None:
    """Whose stories a spotlight shows; and, where a call ended as it, who else answered that. Each once a spotlight."""
    found = db.session.get(Spotlight, fact.spotlight_id)
    if found is None:
        return
    _tell_gathered(found, NoticeKind.SPOTLIGHTED, gatherings.gathered(found.id))
    if found.call_id is not None:
        _tell_gathered(found, NoticeKind.GATHERED, gatherings.answering(found.call_id, but_in=found.id))


def untell_spotlight(fact: TakenBack) -> None:
    """Who was neither shown nor mailed yet that it was there never hears of it."""
    db.session.execute(
        delete(Notice)
        .where(Notice.spotlight_id == fact.spotlight_id, Notice.settled_at.is_(None))
        .execution_options(synchronize_session=False)
    )


def untell(fact: Moved) -> None:
    """It is not public any more: who was not shown yet that it was never hears of it."""
    one = or_(Notice.contribution_id == fact.contribution_id, Notice.cause_id == fact.contribution_id)
    db.session.execute(
        delete(Notice).where(one, Notice.due_at > clock.now()).execution_options(synchronize_session=False)
    )


def _tell_of_merge(fact: IdeasMerged | IdeasParted, kind: NoticeKind) -> None:
    """Everyone the duplicate concerns, and the original's author."""
    merge = db.session.get(Merge, fact.merge_id)
    by_id = (merge.undone_by_id if kind is NoticeKind.PARTED else merge.by_id) if merge else None
    rank = OF_IDEAS.index(Reason.AUTHOR)
    concerned = ideas.audience(fact.duplicate_id).subquery()
    author = select(Contribution.author_id.label("account_id"), literal(rank).label("rank"))
    people = union_all(
        select(concerned.c.account_id, concerned.c.rank), author.where(Contribution.id == fact.original_id)
    )
    names = {"contribution_id": fact.original_id, "cause_id": fact.duplicate_id}
    _tell(
        Who(people, OF_IDEAS, but=by_id, muted_at=fact.duplicate_id),
        What(kind, f"{kind}:{fact.merge_id}", names),
    )


def _tell_gathered(spotlight: Spotlight, kind: NoticeKind, stories: Select[int]) -> None:
    people = select(
        Contribution.author_id.label("account_id"),
        literal(0).label("rank"),
        Contribution.id.label("contribution_id"),
    ).where(Contribution.id.in_(stories), Contribution.state == State.LIVE)
    what = What(kind, f"{kind}:{spotlight.id}", {"spotlight_id": spotlight.id})
    _tell(Who(people, (Reason.AUTHOR,), but=spotlight.by_id), what)


def _followers(rank: int, wanted: ColumnElement[bool]) -> queries.Rows:
    return select(Follow.account_id.label("account_id"), literal(rank).label("rank")).where(
        wanted, Follow.is_muted.is_(False)
    )


def _tell(who: Who, what: What) -> None:
    now = clock.now()
    person = who.people.subquery("person")
    account_id, rank = person.c.account_id, func.min(person.c.rank)
    chosen = (
        select(NoticeChoice.mail)
        .where(NoticeChoice.account_id == account_id, NoticeChoice.kind == what.kind)
        .scalar_subquery()
    )
    mail = func.coalesce(chosen, literal(USUAL[what.kind].value, String))
    is_quoted = rank == who.reasons.index(Reason.QUOTED) if Reason.QUOTED in who.reasons else literal(False)
    columns: dict[str, Any] = {
        "account_id": account_id,
        "kind": literal(what.kind.value, String),
        "why": case(*((rank == place, reason.value) for place, reason in enumerate(who.reasons))),
        "key": literal(what.key, String),
        "bundle": literal(what.bundle, String),
        "mail": mail,
        "is_service": literal(True, Boolean) if what.is_service else is_quoted,
        "created_at": literal(now, db.Moment),
        "due_at": literal(now + what.delay, db.Moment),
        "settled_at": case((mail == Mail.NEVER.value, literal(now, db.Moment))),
        **{name: literal(number, db.Key) for name, number in what.names.items()},
    }
    if "contribution_id" not in columns:
        columns["contribution_id"] = func.min(person.c.contribution_id)
    rows = (
        select(*(column.label(name) for name, column in columns.items()))
        .where(account_id != who.but if who.but is not None else true())
        .group_by(account_id)
        .having(or_(is_quoted, ~_is_muted(account_id, who.muted_at)) if who.muted_at else true())
        .having(~_is_apart(account_id, what.names["actor_id"]) if "actor_id" in what.names else true())
    )
    taken = db.insert(Notice).from_select(list(columns), rows)
    db.session.execute(taken.on_conflict_do_nothing(index_elements=["account_id", "key"]))


def _is_muted(account_id: ColumnElement[int], contribution_id: int) -> ColumnElement[bool]:
    return exists().where(
        and_(Follow.account_id == account_id, Follow.contribution_id == contribution_id, Follow.is_muted)
    )


def _is_apart(account_id: ColumnElement[int], actor_id: int) -> ColumnElement[bool]:
    """One of the two blocked the other. What the maker does names no actor, and reaches everybody."""
    return exists().where(
        or_(
            and_(Block.blocker_id == account_id, Block.blocked_id == actor_id),
            and_(Block.blocker_id == actor_id, Block.blocked_id == account_id),
        )
    )


def _delay(fact: Moved) -> timedelta:
    """What goes live because its author is trusted is nobody's decision, and nobody's to undo."""
    return timedelta(0) if fact.cause == "trusted" else SETTLING
