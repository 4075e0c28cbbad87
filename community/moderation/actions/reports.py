"""Reports: taken in, answered by what was decided, opened again when that is undone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from community.accounts import actions as accounts
from community.accounts.models import Account
from community.contributions.models import Contribution, Revision
from community.kit import clock, db, facts, text
from community.kit.errors import Conflict, Invalid, NotFound, Words
from community.moderation import queries
from community.moderation.actions import log, reviews
from community.moderation.facts import ReportAnswered, Reported, ReportReopened
from community.moderation.models import (
    CATEGORIES,
    LONGEST_REPORT,
    LONGEST_REPORTER,
    Act,
    Decision,
    LogEntry,
    Rank,
    Reason,
    Report,
    Result,
    Review,
    Source,
)
from community.moderation.models.report import key_with_photo

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Nothing that is read as something else over the telephone: no 0 and O, no 1, I and L, no U."""
LETTERS = 8
MOST_REFERENCES = 5  # tries at a free one: with 30^8 of them the second is hardly ever needed


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What somebody filled in (Article 16(2) of the DSA).

    ``seen`` is the number of the revision they had before them, ``photo`` the key of one in it, where it is about that.
    ``origin`` stands for their network, unreadably.
    ``name`` and ``email`` are of somebody without an account; only for child safety may they be left out.
    """

    reason: Reason
    explanation: str
    seen: int | None
    language: str
    form_id: str
    origin: str
    name: str = ""
    email: str = ""
    photo: str = ""


def report(contribution: Contribution, notice: Notice, *, by: Account | None) -> Report:
    """Take a report in; several on one revision are one review. The same form sent twice is one report.

    Raises Invalid, NotFound once it is not public any more, and Conflict for the same reason again before an edit.
    """
    name, email = _reporter(notice, by)
    # Two reports at once, or a report and a decision, follow each other.
    db.session.execute(
        select(Contribution.id).where(Contribution.id == contribution.id).with_for_update(key_share=True)
    )
    db.session.refresh(contribution, ["state", "live_revision_id"])
    revision = queries.reportable(contribution, notice.seen) if contribution.is_public else None
    if revision is None:
        raise NotFound
    # Its language may have been corrected since it was loaded; now nobody does.
    db.session.refresh(revision, ["language"])
    kept = Report(
        contribution_id=contribution.id,
        revision_id=revision.id,
        reason=notice.reason,
        explanation=notice.explanation,
        reporter_id=by.id if by else None,
        reporter_key=_key(by, email, notice.origin, _photo(notice, revision)),
        name=name,
        email=email,
        language=notice.language,
        created_at=clock.now(),
    )
    earlier = _add(kept, notice.form_id)
    if earlier is None:
        _have_it_read(kept, contribution, revision)
    return earlier or kept


def answer(
    contribution_id: int,
    result: Result,
    *,
    revision_id: int | None = None,
    decision: Decision | None = None,
) -> list[Report]:
    """Answer every open report on a contribution, or on one revision of it; each reporter is told."""
    query = select(Report).where(Report.contribution_id == contribution_id, Report.answered_at.is_(None))
    if revision_id is not None:
        query = query.where(Report.revision_id == revision_id)
    now = clock.now()
    found = list(db.session.scalars(query.order_by(Report.id)))
    for report in found:
        report.answered_at, report.result = now, result
        report.decision_id = decision.id if decision else None
        waited = max(0, int((now - report.created_at).total_seconds()))
        _log(report, Act.ANSWER, result=result, waited_seconds=waited)
        facts.announce(ReportAnswered(report.id))
    return found


def reopen(decision: Decision, contribution: Contribution) -> Sequence[Report]:
    """Take the answers of an undone decision back; what they were about is to be read again."""
    found = queries.reports_answered_by(decision.id)
    for report in found:
        report.answered_at = report.result = report.decision_id = None
        reviews.open_for(report.revision, contribution, rank=Rank.REPORTED, at=report.created_at)
    db.session.flush()
    _count({report.revision_id for report in found})
    for report in found:
        _log(report, Act.REOPEN)
        facts.announce(ReportReopened(report.id))
    return found


def _reporter(notice: Notice, by: Account | None) -> tuple[str, str]:
    """Name and address as they are kept: of a member neither, their account stands for them. Raises Invalid."""
    problems: dict[str, Sequence[Words]] = {}
    if text.is_blank(notice.explanation):
        problems["explanation"] = [_l("Say what is wrong with it, in a sentence or two.")]
    elif len(notice.explanation) > LONGEST_REPORT:
        problems["explanation"] = [_l("Use at most 4,000 characters.")]
    name, email = ("", "") if by else (notice.name, notice.email.strip())
    is_needed = by is None and notice.reason is not Reason.CHILD_SAFETY
    if len(name) > LONGEST_REPORTER or (is_needed and text.is_blank(name)):
        problems["name"] = [_l("Give your name, in at most 120 characters. The author does not see it.")]
    if email:
        try:
            email = accounts.normal_email(email)
        except Invalid as error:
            problems.update(error.errors)
    elif is_needed:
        problems["email"] = [_l("Give your mail address: we write there what came of your report.")]
    if problems:
        raise Invalid(problems)
    return name, email


def _photo(notice: Notice, revision: Revision) -> str:
    """The photo it is about; what is not in the revision means the whole of it."""
    return notice.photo if notice.photo in {picture.key for picture in revision.pictures} else ""


def _key(by: Account | None, email: str, origin: str, photo: str) -> str:
    """Who reports what part of it, for the rule against repeats.

    Anybody can type anybody's mail address. So that a guess does not tell an author who reported them, an address
    counts as the same reporter's only where it comes from the same network.
    """
    reached = f"mail:{email} {origin[:16]}" if email else f"address:{origin}"
    key = f"account:{by.id}" if by else reached
    return key_with_photo(key, photo) if photo else key


def _add(report: Report, form_id: str) -> Report | None:
    """Add it, or find it added by the same form before. Raises Conflict when another form did."""
    # From the form's own random number, so that the same form gives the same reference.
    kept = {column: getattr(report, column) for column in ("reporter_key", "revision_id", "reason")}
    seed = (form_id, *map(str, kept.values()))
    for attempt in range(MOST_REFERENCES):
        report.reference = _reference(*seed, str(attempt))
        try:
            with db.session.begin_nested():
                db.session.add(report)
        except IntegrityError:
            earlier = queries.report_by(**kept)
            if earlier is None:
                continue
            if earlier.reference in [_reference(*seed, str(n)) for n in range(MOST_REFERENCES)]:
                return earlier
            raise Conflict(_repeated(earlier)) from None
        return None
    raise Conflict(_l("This could not be taken in just now. Please send it again."))


def _repeated(earlier: Report) -> Words:
    return _l(
        "You have reported this for the same reason before (reference %(reference)s). "
        "It can be reported again once its text has changed.",
        reference=earlier.reference,
    )


def _reference(*seed: str) -> str:
    """Such as R-7K3M-9Q2X."""
    number = int.from_bytes(sha256("\n".join(seed).encode()).digest())
    letters = ""
    for _ in range(LETTERS):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return f"R-{letters[:4]}-{letters[4:]}"


def _have_it_read(report: Report, contribution: Contribution, revision: Revision) -> None:
    """The review, its count, the log's line, the fact: locks in the order of the house."""
    reviews.open_for(revision, contribution, rank=Rank.REPORTED, at=report.created_at)
    _count({revision.id})
    line = log.append(
        Act.REPORT,
        kind=contribution.kind,
        language=revision.language,
        country=contribution.country,
        category=CATEGORIES[report.reason],
        source=Source.NOTICE,
    )
    report.log_number = line.number
    db.session.flush()
    facts.announce(Reported(report.id))


def _count(revision_ids: Collection[int]) -> None:
    """How many reports their reviews have to answer; whoever reports or undoes holds the contribution's row."""
    unanswered = select(func.count()).where(
        Report.revision_id == Review.revision_id, Report.answered_at.is_(None)
    )
    db.session.execute(
        update(Review)
        .where(Review.revision_id.in_(revision_ids))
        .values(report_count=unanswered.scalar_subquery())
    )


def _log(report: Report, act: Act, **fields: object) -> None:
    received = db.session.get_one(LogEntry, report.log_number)
    log.append(
        act,
        kind=received.kind,
        language=received.language,
        country=received.country,
        category=received.category,
        of_number=received.number,
        **fields,
    )
