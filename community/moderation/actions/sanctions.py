"""Sanctions: measures against misuse, and the standing that follows from those in force.

Regulation (EU) 2022/2065, Article 23. The account's row is locked first, then claims, and the log last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from community.accounts import actions as accounts
from community.accounts.models import Account
from community.accounts.models.person import WARNED_FOR
from community.kit import clock, db, facts, text
from community.kit.errors import Forbidden, Invalid, Words
from community.moderation import queries
from community.moderation.actions import log, notes, reviews, statements
from community.moderation.facts import Sanctioned, SanctionLifted
from community.moderation.models import (
    LONGEST_FACTS,
    LONGEST_LEGAL_GROUND,
    LONGEST_REASON,
    Act,
    Clause,
    Gravity,
    Intent,
    LogEntry,
    Measure,
    Sanction,
    Source,
)
from community.policy import rules
from community.policy.permissions import Permission, Standing

COUNTED = timedelta(days=90)
SAME = timedelta(hours=1)
SHORTEST_DAYS, LONGEST_DAYS = 1, 365
ACTS = {Measure.WARNING: Act.WARN, Measure.SUSPENSION: Act.SUSPEND, Measure.CLOSURE: Act.CLOSE}
NEEDS = {
    Measure.WARNING: Permission.SANCTION,
    Measure.SUSPENSION: Permission.SANCTION,
    Measure.CLOSURE: Permission.CLOSE_ACCOUNT,
}
LIMITS = {
    "explanation": (LONGEST_REASON, _l("Use at most 2,000 characters.")),
    "legal_ground": (LONGEST_LEGAL_GROUND, _l("Use at most 500 characters.")),
    "facts": (LONGEST_FACTS, _l("Use at most 5,000 characters.")),
}
HELD = ("given_standing", "suspended_until", "has_unread_warning")
NOT_YOURS = _l("This is not yours to do to this member.")
UNWARNED = _l(
    "Warn this member first: more than a warning needs an earlier one, unless the content was illegal."
)
CLOSED = _l("This account is closed already.")


@dataclass(frozen=True, kw_only=True)
class Charge:
    """What a moderator filled in.

    ``ground`` is the number of a clause in force, ``legal_ground`` the law where that clause speaks of it; ``days``
    (1–365) is for a suspension. ``facts`` without personal data; empty, the explanation stands for them.
    """

    measure: Measure
    ground: str
    explanation: str
    facts: str = ""
    legal_ground: str = ""
    days: int | None = None
    gravity: Gravity = Gravity.MINOR
    intent: Intent = Intent.UNKNOWN


def impose(member: Account, charge: Charge, *, by: Account) -> Sanction:
    """Warn, suspend, or close an account, with its statement of reasons; the member is told by mail.

    The same charge sent twice within the hour is one sanction. Raises Invalid, and Forbidden for somebody out of reach.
    """
    if not rules.can(by, NEEDS[charge.measure], member):
        raise Forbidden(NOT_YOURS)
    clause = _checked(charge)
    account = _hold(member.id)
    before = queries.members.sanctions_in_force(account.id)
    again = next((one for one in before if _is_same(one, charge, by)), None)
    if again:
        return again
    after = max((one.id for one in before if one.measure is Measure.WARNING), default=None)
    _check_history(charge, clause, before, after)
    return _record(account, charge, clause, after, by)


def lift(sanction: Sanction, *, by: Account, explanation: str = "", log: bool = True) -> Sanction:
    """End a sanction before its time, or take it back; lifting it again changes nothing.

    ``explanation`` goes to the member and stays as a note. With ``log=False`` an appeal ends it, which writes its own
    line and its own mail.
    """
    account = _hold(sanction.account_id)
    done = db.session.execute(
        update(Sanction)
        .where(Sanction.id == sanction.id, Sanction.lifted_at.is_(None))
        .values(lifted_at=clock.now(), lifted_by_id=by.id)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(sanction)
    if not db.changed(done):
        return sanction
    settle(account)
    if log:
        if not text.is_blank(explanation):
            notes.write_note(account, explanation, by=by)
        _log(Act.LIFT, account, of_number=sanction.log_number)
        facts.announce(SanctionLifted(sanction.id, explanation))
    return sanction


def acknowledge(account: Account, *, up_to: int) -> None:
    """The member has read every warning up to this one: they may post again."""
    held = _hold(account.id)
    db.session.execute(
        update(Sanction)
        .where(
            Sanction.account_id == account.id,
            Sanction.measure == Measure.WARNING,
            Sanction.acknowledged_at.is_(None),
            Sanction.id <= up_to,
        )
        .values(acknowledged_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    settle(held)


def settle(account: Account) -> Standing:
    """Work the standing out from the sanctions not lifted; their rows alone decide it.

    A closure closes; else a suspension that runs suspends, until the latest end; else a warning, or the end of a
    suspension, is remembered for 180 days; else the standing is good. Ends come by themselves (Account.standing).
    """
    now = clock.now()
    found = queries.members.sanctions_in_force(account.id)
    ends = [one.ends_at for one in found if one.ends_at]
    warnings = [one for one in found if one.measure is Measure.WARNING]
    until = max(ends, default=now)
    remembered = max(
        (mark + WARNED_FOR for mark in [*ends, *(one.created_at for one in warnings)]), default=now
    )
    if any(one.measure is Measure.CLOSURE for one in found):
        account.standing = Standing.CLOSED
    elif until > now:
        account.standing, account.suspended_until = Standing.SUSPENDED, until
    elif remembered > now:
        account.standing, account.suspended_until = Standing.WARNED, remembered
    else:
        account.standing = Standing.GOOD
    account.has_unread_warning = any(one.acknowledged_at is None for one in warnings)
    db.session.flush()
    return account.standing


def _hold(account_id: int) -> Account:
    """The account, its row locked until the transaction ends, so that two who sanction it see each other's rows."""
    account = db.session.get_one(Account, account_id)
    db.session.refresh(account, HELD, with_for_update={"key_share": True})
    return account


def _checked(charge: Charge) -> Clause:
    """The clause it rests on. Raises Invalid."""
    clause = queries.clause_in_force(charge.ground)
    problems: dict[str, list[Words]] = {}
    if clause is None:
        problems["ground"] = [_l("Name the clause this rests on.")]
    elif clause.is_illegal and text.is_blank(charge.legal_ground):
        problems["legal_ground"] = [_l("Name the law this rests on.")]
    if text.is_blank(charge.explanation):
        problems["explanation"] = [_l("Explain it in a sentence or two; the member reads this.")]
    for name, (most, words) in LIMITS.items():
        if len(getattr(charge, name)) > most:
            problems[name] = [words]
    if charge.measure is Measure.SUSPENSION and not SHORTEST_DAYS <= (charge.days or 0) <= LONGEST_DAYS:
        problems["days"] = [_l("Say for how many days, from 1 to 365.")]
    if clause is None or problems:
        raise Invalid(problems)
    return clause


def _check_history(charge: Charge, clause: Clause, before: Sequence[Sanction], after: int | None) -> None:
    if any(one.measure is Measure.CLOSURE for one in before):
        raise Invalid({"measure": [CLOSED]})
    if charge.measure is not Measure.WARNING and after is None and not clause.is_illegal:
        raise Invalid({"measure": [UNWARNED]})


def _is_same(sanction: Sanction, charge: Charge, by: Account) -> bool:
    """Whether this is the row that the same form, sent a moment ago, has made."""
    return sanction.created_at > clock.now() - SAME and (
        (sanction.by_id, sanction.measure, sanction.ground, sanction.explanation, sanction.facts)
        == (by.id, charge.measure, charge.ground, charge.explanation, charge.facts)
    )


def _record(member: Account, charge: Charge, clause: Clause, after: int | None, by: Account) -> Sanction:
    """The sanction, its statement, what follows from it, and last the log's line."""
    sanction = _written(member, charge, clause, after, by)
    if sanction.statement_puid:
        statements.state_sanction(sanction.statement_puid, sanction, member, clause)
    settle(member)
    reviews.release(by_id=member.id)
    if sanction.measure is Measure.CLOSURE:
        accounts.end_all(member)
    line = _log(
        ACTS[charge.measure],
        member,
        ground=clause.number,
        clause_version=clause.version,
        category=clause.category,
        source=Source.OWN_INITIATIVE,
    )
    sanction.log_number = line.number
    db.session.flush()
    facts.announce(Sanctioned(sanction.id))
    return sanction


def _written(member: Account, charge: Charge, clause: Clause, after: int | None, by: Account) -> Sanction:
    now, is_restriction = clock.now(), charge.measure is not Measure.WARNING
    misuse = queries.members.misuse(member.id, now - COUNTED)
    sanction = Sanction(
        account_id=member.id,
        by_id=by.id,
        measure=charge.measure,
        clause_id=clause.id,
        ground=clause.number,
        is_illegal=clause.is_illegal,
        legal_ground=charge.legal_ground,
        explanation=charge.explanation,
        facts=charge.facts,
        count=misuse.restricted,
        total=misuse.sent,
        gravity=charge.gravity,
        intent=charge.intent,
        after_id=after if is_restriction else None,
        statement_puid=statements.new_puid() if is_restriction else None,
        created_at=now,
        ends_at=now + timedelta(days=charge.days or 0) if charge.measure is Measure.SUSPENSION else None,
    )
    db.session.add(sanction)
    db.session.flush()
    return sanction


def _log(act: Act, member: Account, **fields: object) -> LogEntry:
    return log.append(act, kind="account", language=member.ui_language, country=member.country, **fields)
