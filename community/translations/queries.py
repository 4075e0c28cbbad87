"""Questions about translations, of stories and to members."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select, text
from sqlalchemy.orm import aliased, joinedload

from community.accounts.models import Account
from community.contributions.models import (
    Contribution,
    Edition,
    Passages,
    Revision,
    RevisionState,
    State,
)
from community.contributions.models.states import ENDED
from community.kit import db, paging
from community.translations.models import Translation

PAGE = 24
MOST_LOVED = 500
"""Wanted translations are looked for among so many of the stories most loved."""


def translation(translation_id: int) -> Translation | None:
    """With its translator and live revision."""
    return db.session.scalar(
        select(Translation)
        .where(Translation.id == translation_id)
        .options(joinedload(Translation.author), joinedload(Translation.live_revision))
    )


def by_form(author_id: int, form_id: str) -> Contribution | None:
    return db.session.scalar(
        select(Contribution).where(Contribution.author_id == author_id, Contribution.form_id == form_id)
    )


def own(author_id: int, story_id: int, language: str) -> Translation | None:
    """A member's own translation that has not ended."""
    return db.session.scalar(
        select(Translation)
        .where(
            Translation.of_id == story_id,
            Translation.author_id == author_id,
            Translation.language == language,
            Translation.state.not_in(ENDED),
        )
        .options(joinedload(Translation.author), joinedload(Translation.live_revision))
        .order_by(Translation.id.desc())
        .limit(1)
    )


def attempts(author_id: int, story_id: int, language: str) -> int:
    """How many translations of it into a language a member has begun, those that ended among them."""
    found = (
        select(func.count(Contribution.id))
        .select_from(Translation)
        .where(
            Translation.of_id == story_id,
            Translation.author_id == author_id,
            Translation.language == language,
        )
    )
    return db.session.scalar(found) or 0


class Line(NamedTuple):
    """A translation in a list; ``title`` is its newest revision's; ``story_title`` is None for a hidden story."""

    id: int
    of_id: int
    language: str
    state: State
    version: int
    changed_at: datetime
    title: str
    revision_state: RevisionState
    handle: str
    display_name: str
    stale: int | None
    """None where readers are not shown it."""
    story_title: str | None
    story_language: str

    @property
    def is_returned(self) -> bool:
        """Only a moderator's return makes a submitted text a draft again."""
        return self.state is State.DRAFT and self.version > 1


def of_story(story_id: int, *, viewer_id: int | None, is_author: bool) -> list[Line]:
    """What there is of a story: all that was ever sent for its author, else what is shown; and the viewer's own."""
    seen: ColumnElement[bool] = Edition.translation_id.is_not(None)
    if is_author:
        seen = Translation.state.in_((State.WAITING, State.LIVE, State.HIDDEN, State.REFUSED))
    if viewer_id is not None:
        seen = seen | ((Translation.author_id == viewer_id) & Translation.state.not_in(ENDED))
    rows = db.session.execute(
        _lines().where(Translation.of_id == story_id, seen).order_by(Translation.language, Translation.id)
    )
    return [Line._make(row) for row in rows]


def mine(author_id: int, *, after: str | None = None) -> paging.Page[Line]:
    """A member's own, the newest first. Raises NotFound for a cursor that was not made here."""
    query = _lines().where(Translation.author_id == author_id, Translation.state != State.ERASED)
    place = paging.decode(after, (int,))
    if place:
        query = query.where(Translation.id < place[0])
    rows = [
        Line._make(row) for row in db.session.execute(query.order_by(Translation.id.desc()).limit(PAGE + 1))
    ]
    return paging.page(rows, PAGE, lambda row: (row.id,))


def live_of(story_id: int) -> list[tuple[Translation, Revision]]:
    """Those that are live in themselves with their live revisions, the last approved last."""
    rows = db.session.execute(
        select(Translation, Revision)
        .join(Revision, Revision.id == Translation.live_revision_id)
        .where(Translation.of_id == story_id, Translation.state == State.LIVE)
        .order_by(func.coalesce(Translation.edited_at, Translation.published_at), Translation.id)
    )
    return [(translation, revision) for translation, revision in rows]


def original(story_id: int, number: int) -> Revision | None:
    """A text the story has or had."""
    return db.session.scalar(
        select(Revision).where(Revision.contribution_id == story_id, Revision.number == number)
    )


def live_revision(story: Contribution) -> Revision | None:
    """Asked for by its number: a move changes that, while what was loaded before it still holds the old text."""
    return db.session.get(Revision, story.live_revision_id) if story.live_revision_id else None


def has_any(story_id: int) -> bool:
    """Whether anybody ever began to translate it."""
    return db.session.scalar(select(Translation.id).where(Translation.of_id == story_id).limit(1)) is not None


def languages_of(story_id: int) -> set[str]:
    """Those in which an edition of it is kept."""
    return set(db.session.scalars(select(Edition.language).where(Edition.story_id == story_id)))


def live_passages(story_id: int, language: str) -> Passages:
    """What readers are shown in a language now, whoever wrote it: where the next one goes on from."""
    found = db.session.scalar(
        select(Revision.passages)
        .join(Contribution, Contribution.live_revision_id == Revision.id)
        .join(Edition, Edition.translation_id == Contribution.id)
        .where(Edition.story_id == story_id, Edition.language == language)
    )
    return found or ()


def edition(story_id: int, language: str) -> Edition | None:
    return db.session.get(Edition, (story_id, language))


def lock(story_id: int) -> None:
    """Until this transaction ends, nobody else changes what the story can be read in."""
    db.session.execute(
        select(Contribution.id).where(Contribution.id == story_id).with_for_update(key_share=True)
    )


class Wanted(NamedTuple):
    """A loved story, and a language a member could bring it to."""

    id: int
    title: str
    excerpt: str
    language: str
    country: str
    display_name: str
    reaction_count: int
    minutes: int


def wanted(reads: Collection[str], *, viewer_id: int, target: str) -> list[Wanted]:
    """Well-loved stories in the languages somebody reads that nobody has brought to ``target`` yet.

    Looked for among the MOST_LOVED of each of those languages, so that it costs the same among a million.
    """
    found = [story for code in sorted(set(reads) - {target}) for story in _wanted(code, target, viewer_id)]
    return sorted(found, key=lambda story: (-story.reaction_count, -story.id))[:PAGE]


def _wanted(language: str, target: str, viewer_id: int) -> list[Wanted]:
    loved = (
        select(Contribution.id)
        .where(
            text("contribution.kind = 'story' AND contribution.state = 'live'"),
            Contribution.language == language,
            Contribution.reaction_count > 0,
        )
        .order_by(Contribution.reaction_count.desc(), Contribution.id.desc())
        .limit(MOST_LOVED)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Contribution.id,
            Revision.title,
            Revision.excerpt,
            Contribution.language,
            Contribution.country,
            Account.display_name,
            Contribution.reaction_count,
            Revision.minutes,
        )
        .join(loved, loved.c.id == Contribution.id)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .join(Account, Account.id == Contribution.author_id)
        .where(
            Contribution.takes_translations,
            Contribution.author_id != viewer_id,
            ~_has_edition(target),
            ~_is_under_way(target),
        )
        .order_by(Contribution.reaction_count.desc(), Contribution.id.desc())
        .limit(PAGE)
    )
    return [Wanted._make(row) for row in rows]


def _has_edition(target: str) -> ColumnElement[bool]:
    return exists().where(Edition.story_id == Contribution.id, Edition.language == target)


def _is_under_way(target: str) -> ColumnElement[bool]:
    """Whether somebody is at it already."""
    begun = aliased(Translation, flat=True)
    return (
        select(begun.id)
        .where(
            begun.of_id == Contribution.id,
            begun.language == target,
            begun.state.in_((State.DRAFT, State.WAITING)),
        )
        .correlate(Contribution)
        .exists()
    )


def _lines() -> Select[Any]:
    newest = (
        select(Revision.id)
        .where(Revision.contribution_id == Translation.id)
        .order_by(Revision.number.desc())
        .limit(1)
        .correlate(Translation.__table__, Contribution.__table__)
        .scalar_subquery()
    )
    story, told = aliased(Contribution, flat=True), aliased(Revision)
    columns: tuple[Any, ...] = (
        Translation.id,
        Translation.of_id,
        Translation.language,
        Translation.state,
        Translation.version,
        Translation.changed_at,
        Revision.title,
        Revision.state.label("revision_state"),
        Account.handle,
        Account.display_name,
        Edition.stale,
        told.title.label("story_title"),
        story.language.label("story_language"),
    )
    return (
        select(*columns)
        .join(Revision, Revision.id == newest)
        .join(Account, Account.id == Translation.author_id)
        .join(story, story.id == Translation.of_id)
        .outerjoin(told, (told.id == story.live_revision_id) & (story.state == State.LIVE))
        .outerjoin(Edition, Edition.translation_id == Translation.id)
    )
