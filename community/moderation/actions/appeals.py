"""Appeals: opened by the one concerned, talked over, decided by another person (Regulation (EU) 2022/2065, Article 20).

The appeal's row is locked first, then what ``reversing`` touches, and the log last.
"""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.kit import clock, db, facts, text
from community.kit.errors import Conflict, Forbidden, Invalid, Words
from community.moderation.actions import log, reversing, undoing
from community.moderation.actions.ruling import Ruling
from community.moderation.facts import AppealAnswered, AppealDecided, Appealed
from community.moderation.models import (
    LONGEST_ANSWER,
    LONGEST_MESSAGE,
    WINDOW,
    Act,
    Appeal,
    AppealMessage,
    LogEntry,
    Result,
    Verdict,
)
from community.moderation.queries import appeals as queries
from community.moderation.queries.appeals import Matter
from community.policy import rules
from community.policy.permissions import Permission

UNANSWERED = _l("Your report has not been answered yet. Once it is, you can appeal here.")
WITHDRAWN = _l("Its author took the text away before anybody decided, so there is no decision to appeal.")
TAKEN_BACK = _l("This decision was taken back at once. There is nothing to appeal.")
TOO_LATE = _l("Six months have passed since you were told, so this can no longer be appealed here.")
ALREADY = _l("You have appealed this already. What you typed now can be sent as a message.")
CLOSED = _l("This appeal has been decided in the meantime. Nothing can be added to it any more.")
DECIDED = _l("Somebody decided this appeal while you were reading. What you wrote is still here.")
ANOTHER = _l("An appeal is decided by somebody whom it does not concern, and who did not decide first.")


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the second person filled in. ``ruling`` is the restriction that follows from a reporter's being right."""

    verdict: Verdict
    answer: str
    ruling: Ruling | None = None


def obstacle(matter: Matter) -> Words | None:
    """Why this cannot be appealed now; None when it can, or was."""
    if matter.appeal is not None:
        return None
    if matter.told_at is None or (matter.report is not None and _can_be_undone(matter.told_at)):
        return UNANSWERED
    if matter.report is not None and (matter.decision is None or matter.report.result is Result.GONE):
        return WITHDRAWN
    if matter.is_undone:
        return TAKEN_BACK
    return TOO_LATE if clock.now() >= matter.told_at + WINDOW else None


def open_appeal(matter: Matter, message: str) -> Appeal:
    """Appeal, once an act and appellant; the same words sent again are the same appeal. Raises Invalid, Conflict."""
    words = obstacle(matter)
    if words:
        raise Conflict(words)
    _check_message(message)
    if matter.appeal is not None:
        return _same(matter.appeal, message)
    appeal = _new(matter)
    try:
        with db.session.begin_nested():
            db.session.add(appeal)
    except IntegrityError:
        now = queries.matter(matter.against, matter.number)
        if now is None or now.appeal is None:
            raise
        return _same(now.appeal, message)
    _say(appeal, message, by_id=matter.appellant_id, is_from_desk=False)
    of = matter.report or matter.decision or matter.sanction
    line = log.append(Act.APPEAL, of_number=of.log_number if of else None, **_about(appeal))
    appeal.log_number = line.number
    db.session.flush()
    facts.announce(Appealed(appeal.id))
    return appeal


def write(appeal: Appeal, message: str, *, by_id: int | None, is_from_desk: bool) -> AppealMessage:
    """Add to the dialogue; the same words sent twice in a row are said once.

    ``by_id`` is None for somebody without an account. Raises Invalid, and Conflict once the appeal is decided.
    """
    _check_message(message)
    is_open = select(Appeal.id).where(Appeal.id == appeal.id, Appeal.decided_at.is_(None)).with_for_update()
    if db.session.scalar(is_open) is None:
        db.session.expire(appeal)
        raise Conflict(CLOSED)
    last = queries.messages(appeal.id)[-1]
    if (last.body, last.is_from_desk) == (message, is_from_desk):
        return last
    said = _say(appeal, message, by_id=by_id, is_from_desk=is_from_desk)
    if is_from_desk:
        facts.announce(AppealAnswered(said.id))
    return said


def judge(appeal: Appeal, judgement: Judgement, *, by: Account) -> Appeal:
    """Uphold the first decision, or reverse it and put everything back; the appellant is told, with the answer.

    One UPDATE decides between two at once. Raises Invalid, Conflict, and Forbidden for whom it concerns and for who
    decided first.
    """
    if not rules.can(by, Permission.DECIDE_APPEAL, appeal):
        raise Forbidden(ANOTHER)
    _check_judgement(judgement)
    with db.session.begin_nested():
        _settle(appeal, judgement, by=by)
        if judgement.verdict is Verdict.REVERSED:
            change = reversing.reverse(appeal, judgement.ruling, by=by)
            line = _log_verdict(appeal, Act.REVERSE)
            if change is not None:
                reversing.record(appeal, change, line, by=by)
        else:
            _log_verdict(appeal, Act.UPHOLD)
    db.session.refresh(appeal, ["decided_at", "decided_by_id", "verdict", "answer"])
    facts.announce(AppealDecided(appeal.id))
    return appeal


def _can_be_undone(told_at: datetime) -> bool:
    """A reporter is not told before; an author may be faster than the mail, and is not turned away."""
    return clock.now() < told_at + undoing.WINDOW


def _new(matter: Matter) -> Appeal:
    act = matter.decision or matter.sanction
    if act is None:
        raise Conflict(WITHDRAWN)
    about = matter.decision or db.session.get_one(LogEntry, act.log_number)
    return Appeal(
        decision=matter.decision,
        sanction=matter.sanction,
        report=matter.report,
        appellant_id=matter.appellant_id,
        first_by_id=act.by_id,
        language=about.language,
        country=about.country,
        opened_at=clock.now(),
        answer="",
    )


def _same(appeal: Appeal, message: str) -> Appeal:
    if queries.messages(appeal.id)[0].body != message:
        raise Conflict(ALREADY)
    return appeal


def _say(appeal: Appeal, message: str, *, by_id: int | None, is_from_desk: bool) -> AppealMessage:
    said = AppealMessage(
        appeal_id=appeal.id, by_id=by_id, is_from_desk=is_from_desk, body=message, created_at=clock.now()
    )
    db.session.add(said)
    db.session.flush()
    return said


def _settle(appeal: Appeal, judgement: Judgement, *, by: Account) -> None:
    done = db.session.execute(
        update(Appeal)
        .where(Appeal.id == appeal.id, Appeal.decided_at.is_(None))
        .values(
            decided_at=clock.now(),
            decided_by_id=by.id,
            verdict=judgement.verdict,
            answer=judgement.answer,
        )
        .execution_options(synchronize_session=False)
    )
    if not db.changed(done):
        db.session.expire(appeal)
        raise Conflict(DECIDED)


def _log_verdict(appeal: Appeal, act: Act) -> LogEntry:
    first = _first_line(appeal)
    waited = max(0, int((clock.now() - appeal.opened_at).total_seconds()))
    return log.append(
        act,
        ground=first.ground,
        clause_version=first.clause_version,
        category=first.category,
        of_number=first.number,
        waited_seconds=waited,
        **_about(appeal),
    )


def _about(appeal: Appeal) -> dict[str, str]:
    kind = appeal.decision.kind if appeal.decision else _first_line(appeal).kind
    return {"kind": kind, "language": appeal.language, "country": appeal.country}


def _first_line(appeal: Appeal) -> LogEntry:
    """What the log says of the act the appeal is against."""
    act = appeal.decision or appeal.sanction
    return db.session.get_one(LogEntry, act.log_number if act else None)


def _check_message(message: str) -> None:
    if text.is_blank(message):
        raise Invalid({"message": [_l("Write something first.")]})
    if len(message) > LONGEST_MESSAGE:
        raise Invalid({"message": [_l("Use at most 4,000 characters.")]})


def _check_judgement(judgement: Judgement) -> None:
    if text.is_blank(judgement.answer):
        raise Invalid({"answer": [_l("Give your reasons: whoever appealed reads this.")]})
    if len(judgement.answer) > LONGEST_ANSWER:
        raise Invalid({"answer": [_l("Use at most 4,000 characters.")]})
