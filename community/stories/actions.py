"""Writing stories: keeping a draft, submitting it, and the tally of what is live."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from community.accounts.models import Account
from community.calls import actions as calls
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.actions import Wording, tallies
from community.contributions.facts import Moved
from community.contributions.models import Contribution, Kind, Purpose, Revision, RevisionState
from community.kit import db, text
from community.kit.errors import Conflict, Invalid, Words
from community.media import actions as photos
from community.media import queries as media_queries
from community.media.actions.covering import BUSY
from community.stories import queries
from community.stories.models import Story

SHORTEST_BODY = 20
UNDESCRIBED = _l("Say in a few words what each photo shows, for those who do not see it.")
UNASKED = _l(
    "Say that everybody who can be recognised in the photos agreed to be shown, or take those photos out."
)
SENT_ALREADY = _l(
    "This story was submitted before. What you changed since is kept as a draft; submit it when you are ready."
)


def keep_new(form_id: str, wording: Wording, *, sequence: int | None, by: Account) -> Story:
    """Keep what was typed into the form for a new story; the form makes one story however often it is sent.

    Raises Conflict when a newer save of the same draft is there.
    """
    story = queries.by_form(by.id, form_id)
    if story is None:
        new = Story(form_id=form_id)
        started = contributions.start(new, wording, by=by, sequence=sequence or 1)
        if started is new:
            photos.attach(new, wording.pictures, by=by)
            return new
        if not isinstance(started, Story):
            raise Conflict(contributions.STALE)
        story = started
    if not story.is_editable:
        raise Conflict(contributions.STALE)
    _keep(story, wording, sequence, by=by)
    return story


def keep(story: Story, wording: Wording, *, sequence: int | None, by: Account) -> Story:
    """Keep what was typed into the form for an existing story. Raises Conflict, and Invalid for photos not theirs."""
    _keep(story, wording, sequence, by=by)
    return story


def submit_new(
    form_id: str,
    wording: Wording,
    *,
    sequence: int | None,
    by: Account,
    purposes: Collection[Purpose] | None = None,
    accepts: bool = False,
) -> Story:
    """Keep and submit in one; sent again it leads to the same story. Raises Invalid, Conflict.

    ``purposes`` is what its author agrees to, None where they were not asked; ``accepts`` says whether they take the
    terms of the call it answers.

    The story has a draft still when the checks found something its author hears of first, and when it answers a call
    that is over.
    """
    earlier = queries.by_form(by.id, form_id)
    if earlier is not None and earlier.is_editable:
        return submit(earlier, wording, sequence=sequence, by=by, purposes=purposes, accepts=accepts)
    check(wording, purposes, calls.problems(wording, story_id=None, accepts=accepts, by=by))
    return _send(keep_new(form_id, wording, sequence=sequence, by=by), wording, by=by)


def submit(
    story: Story,
    wording: Wording,
    *,
    sequence: int | None,
    by: Account,
    purposes: Collection[Purpose] | None = None,
    accepts: bool = False,
) -> Story:
    """As ``submit_new``, for a story that is there. Raises Invalid, Conflict."""
    check(wording, purposes, calls.problems(wording, story_id=story.id, accepts=accepts, by=by))
    if _was_told(story, wording, sequence):
        return story
    _keep(story, wording, sequence, by=by)
    return _send(story, wording, by=by)


def agree(story: Story, purposes: Collection[Purpose]) -> None:
    """What its author agrees to from now on."""
    contributions.agree(story, purposes)


def check(
    wording: Wording,
    purposes: Collection[Purpose] | None = None,
    besides: Mapping[str, Sequence[Words]] | None = None,
) -> None:
    """What a story needs before moderators read it, and what is wrong ``besides``. Raises Invalid."""
    problems: dict[str, Sequence[Words]] = {**(besides or {})}
    if text.is_blank(wording.title):
        problems["title"] = [_l("Give your story a title.")]
    if len(wording.body.strip()) < SHORTEST_BODY:
        problems["body"] = [_l("Tell a little more: at least 20 characters.")]
    if wording.topic_id is None:
        problems["topic"] = [_l("Choose the topic that fits best.")]
    if any(text.is_blank(picture.alt) for picture in wording.pictures):
        problems["pictures"] = [UNDESCRIBED]
    elif wording.pictures and media_queries.unready([picture.key for picture in wording.pictures]):
        problems["pictures"] = [BUSY]
    if wording.pictures and purposes is not None and Purpose.PEOPLE not in purposes:
        problems["people_agreed"] = [UNASKED]
    if problems:
        raise Invalid(problems)


def take_on_vehicle(moved: Moved) -> None:
    """A story names the vehicle of its live revision."""
    if moved.kind != Kind.STORY or moved.is_on is None:
        return
    of_live_revision = (
        select(Revision.vehicle_id)
        .join(Contribution, Contribution.live_revision_id == Revision.id)
        .where(Contribution.id == moved.contribution_id)
        .scalar_subquery()
    )
    table = Story.__table__
    db.session.execute(
        update(table).where(table.c.id == moved.contribution_id).values(vehicle_id=of_live_revision)  # type: ignore[arg-type]
    )


def tally(moved: Moved) -> None:
    """Keep the count of live stories."""
    if moved.kind != Kind.STORY or moved.was_on == moved.is_on:
        return
    changes: Counter[tallies.Key] = Counter()
    for shelf, stories in ((moved.was_on, -1), (moved.is_on, 1)):
        for key in tallies.rows_of(shelf.language, shelf.country, shelf.topic_id) if shelf else ():
            changes[key] += stories
    tallies.add(changes)


def _keep(story: Story, wording: Wording, sequence: int | None, *, by: Account) -> None:
    if _was_sent(story, wording):
        return
    contributions.save_draft(story, wording, sequence=sequence)
    photos.attach(story, wording.pictures, by=by)


def _send(story: Story, wording: Wording, *, by: Account) -> Story:
    """To the moderators, unless it was; what answers a call that is over stays a draft."""
    if not _was_sent(story, wording) and not calls.is_late(story.id, wording.call_id):
        calls.accept(story.id, wording.call_id)
        contributions.submit(story, by=by)
    return story


def _was_sent(story: Contribution, wording: Wording) -> bool:
    """Whether exactly this wording waits or is live, and no newer draft has been begun."""
    newest = contribution_queries.newest_revision(story.id)
    return (
        newest is not None
        and newest.state in (RevisionState.WAITING, RevisionState.LIVE)
        and contributions.says(newest, wording)
    )


def _was_told(story: Contribution, wording: Wording, sequence: int | None) -> bool:
    """Whether this is the very request whose answer told the author what the checks found, and not their next one."""
    told = contribution_queries.told_draft(story.id) if sequence is not None else None
    return (
        told is not None
        and sequence is not None
        and told.sequence >= sequence
        and contributions.says(told, wording)
    )
