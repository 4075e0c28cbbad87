"""Writing an idea: a draft that is kept, sent to the moderators when it says enough."""

from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.actions import Wording
from community.contributions.models import Revision, RevisionState
from community.contributions.models.concern import AREA
from community.ideas import queries
from community.ideas.models import Idea, Meaning
from community.ideas.processing import halves
from community.kit import text
from community.kit.errors import Conflict, Invalid, Words

SHORTEST_HALF = 20
TOO_SHORT = _l("Say a little more: at least 20 characters.")


def keep_new(form_id: str, wording: Wording, *, by: Account, sequence: int | None = None) -> Idea:
    """Keep what was typed into the form for a new idea; the form makes one idea however often it is sent.

    Raises Conflict when a newer save of the same draft is there.
    """
    earlier = queries.by_form(by.id, form_id)
    if earlier is not None:
        keep(earlier, wording, sequence=sequence)
        return earlier
    first = next(one for one in queries.stages("en") if one.meaning is Meaning.OPEN and one.is_used)
    new = Idea(form_id=form_id, stage_id=first.id, moves=0, supporter_count=0, breadth=0, fresh_breadth=0)
    started = contributions.start(new, wording, by=by, sequence=sequence or 1)
    if not isinstance(started, Idea):
        raise Conflict(contributions.STALE)
    return started


def keep(idea: Idea, wording: Wording, *, sequence: int | None) -> Revision:
    """Keep what was typed as a draft. Raises Conflict when a newer save is there, or it cannot be changed any more."""
    if not idea.is_editable:
        raise Conflict(contributions.STALE)
    return _sent(idea, wording) or contributions.save_draft(idea, wording, sequence=sequence)


def submit(idea: Idea, wording: Wording, *, sequence: int | None, by: Account) -> Idea:
    """Keep and send it. Raises Invalid, Conflict.

    It has a ``told_draft`` still when the checks found something its author hears of first.
    """
    check(wording)
    if _was_told(idea, wording, sequence):
        return idea
    keep(idea, wording, sequence=sequence)
    if not _sent(idea, wording):
        contributions.submit(idea, by=by)
    return idea


def check(wording: Wording) -> None:
    """What an idea needs before moderators read it. Raises Invalid."""
    problems: dict[str, list[Words]] = {}
    if text.is_blank(wording.title):
        problems["title"] = [_l("Give your idea a title.")]
    for name, half in zip(("missing", "better"), halves.split(wording.body), strict=True):
        if len(half.strip()) < SHORTEST_HALF:
            problems[name] = [TOO_SHORT]
    if not any(concern.kind == AREA for concern in wording.concerns):
        problems["area"] = [_l("Choose what it is about.")]
    if problems:
        raise Invalid(problems)


def _sent(idea: Idea, wording: Wording) -> Revision | None:
    """What waits or is live, where it says exactly this and no newer draft has been begun."""
    newest = contribution_queries.newest_revision(idea.id)
    is_sent = newest is not None and newest.state in (RevisionState.WAITING, RevisionState.LIVE)
    return newest if is_sent and newest and contributions.says(newest, wording) else None


def _was_told(idea: Idea, wording: Wording, sequence: int | None) -> bool:
    """Whether this is the very request whose answer told the author what the checks found, and not their next one."""
    told = contribution_queries.told_draft(idea.id) if sequence is not None else None
    return (
        told is not None
        and sequence is not None
        and told.sequence >= sequence
        and contributions.says(told, wording)
    )
