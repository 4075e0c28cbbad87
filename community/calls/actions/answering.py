"""Answering a call: what a story needs for it, when it is too late, and which stories count."""

from collections import Counter

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select, update

from community.accounts.models import Account
from community.calls import queries
from community.calls.models import Call, CallAnswer, CallStory
from community.contributions.actions import Wording
from community.contributions.facts import Moved
from community.contributions.models import Contribution, Kind, Revision
from community.kit import clock, db, text
from community.kit.errors import Conflict, Words

UNKNOWN = _l("This call cannot be answered. Choose another one, or none.")
GONE = _l("This call is not open any more. Your story is kept: choose another call, or none.")
NOT_ASKED = _l("This call is for other countries or other languages. Choose another one, or none.")
UNANSWERED = _l("Answer every question of the call you chose.")
NOT_ACCEPTED = _l("Accept the terms of the call you chose, or choose none.")


def problems(wording: Wording, *, story_id: int | None, accepts: bool, by: Account) -> dict[str, list[Words]]:
    """What keeps a text from being sent for the call it names; that the call is over is no fault of the text."""
    if wording.call_id is None:
        return {}
    call = queries.call(wording.call_id)
    was_sent = queries.was_answered(story_id, wording.call_id)
    if call is None or not (call.is_open or call.has_ended or was_sent):
        return {"call": [UNKNOWN]}
    if call.has_ended and not was_sent:
        return {}
    if not was_sent and not call.is_for(by.country, (wording.language,)):
        return {"call": [NOT_ASKED]}
    answered = {answer.question for answer in wording.answers if not text.is_blank(answer.words)}
    if answered != set(range(1, len(call.words(call.language).questions) + 1)):
        return {"call": [UNANSWERED]}
    needs_accepting = call.terms(call.language)[0] and not was_sent
    return {"call": [NOT_ACCEPTED]} if needs_accepting and not accepts else {}


def is_late(story_id: int, call_id: int | None) -> bool:
    """Whether a story names a call that is over, and was not sent for it in time."""
    call = queries.call(call_id) if call_id else None
    return call is not None and call.has_ended and not queries.was_answered(story_id, call.id)


def accept(story_id: int, call_id: int | None) -> None:
    """The story is sent for the call, on the terms in force; the first time stands.

    Raises Conflict where the call was taken back or ended since it was looked at.
    """
    if not call_id:
        return
    # A call that is answered in this moment is not taken back: that takes the same row.
    db.session.execute(select(Call.id).where(Call.id == call_id).with_for_update(read=True))
    call = queries.call(call_id, anew=True)
    if call is None or not (call.is_open or queries.was_answered(story_id, call_id)):
        raise Conflict(GONE)
    row = db.insert(CallAnswer).values(
        story_id=story_id, call_id=call.id, terms_version=call.terms_version, accepted_at=clock.now()
    )
    db.session.execute(row.on_conflict_do_nothing(index_elements=["story_id", "call_id"]))


def keep_counted(moved: Moved) -> None:
    """A story counts for the call that its live text answers, for as long as it is live."""
    if moved.kind != Kind.STORY or (moved.was_on is None and moved.is_on is None):
        return
    changes: Counter[int] = Counter()
    gone = (
        delete(CallStory)
        .where(CallStory.story_id == moved.contribution_id)
        .returning(CallStory.call_id)
        .execution_options(synchronize_session=False)
    )
    changes.subtract(db.session.scalars(gone).all())
    told = (
        select(Contribution.id.label("story_id"), Revision.call_id, Contribution.published_at)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .where(Contribution.id == moved.contribution_id, Revision.call_id.is_not(None))
    )
    row = db.session.execute(told).first() if moved.is_on else None
    if row is not None:
        db.session.execute(insert(CallStory).values(row._asdict()))
        changes[row.call_id] += 1
    for call_id, stories in sorted(changes.items()):
        if stories:
            db.session.execute(
                update(Call)
                .where(Call.id == call_id)
                .values(story_count=Call.story_count + stories)
                .execution_options(synchronize_session=False)
            )
