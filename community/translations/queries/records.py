"""Questions about one translation, and about what it says again."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from community.contributions.models import (
    Contribution,
    Edition,
    Kind,
    Passages,
    Revision,
    State,
)
from community.contributions.models.states import ENDED
from community.kit import db
from community.translations.models import Translation


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


def own(author_id: int, of_id: int, language: str) -> Translation | None:
    """A member's own translation that has not ended."""
    return db.session.scalar(
        select(Translation)
        .where(
            Translation.of_id == of_id,
            Translation.author_id == author_id,
            Translation.language == language,
            Translation.state.not_in(ENDED),
        )
        .options(joinedload(Translation.author), joinedload(Translation.live_revision))
        .order_by(Translation.id.desc())
        .limit(1)
    )


def attempts(author_id: int, of_id: int, language: str) -> int:
    """How many translations of it into a language a member has begun, those that ended among them."""
    found = (
        select(func.count(Contribution.id))
        .select_from(Translation)
        .where(
            Translation.of_id == of_id,
            Translation.author_id == author_id,
            Translation.language == language,
        )
    )
    return db.session.scalar(found) or 0


def live_of(of_id: int) -> list[tuple[Translation, Revision]]:
    """Those that are live in themselves with their live revisions, the last approved last."""
    rows = db.session.execute(
        select(Translation, Revision)
        .join(Revision, Revision.id == Translation.live_revision_id)
        .where(Translation.of_id == of_id, Translation.state == State.LIVE)
        .order_by(func.coalesce(Translation.edited_at, Translation.published_at), Translation.id)
    )
    return [(translation, revision) for translation, revision in rows]


def original(of_id: int, number: int) -> Revision | None:
    """A text that the original has or had."""
    return db.session.scalar(
        select(Revision).where(Revision.contribution_id == of_id, Revision.number == number)
    )


def live_revision(thing: Contribution) -> Revision | None:
    """Asked for by its number: a move changes that, while what was loaded before it still holds the old text."""
    return db.session.get(Revision, thing.live_revision_id) if thing.live_revision_id else None


def has_any(of_id: int) -> bool:
    """Whether anybody ever began to translate it."""
    return db.session.scalar(select(Translation.id).where(Translation.of_id == of_id).limit(1)) is not None


def languages_of(of_id: int) -> set[str]:
    """Those in which an edition of it is kept."""
    return set(db.session.scalars(select(Edition.language).where(Edition.story_id == of_id)))


def live_passages(of_id: int, language: str) -> Passages:
    """What readers are shown in a language now, whoever wrote it: where the next one goes on from."""
    found = db.session.scalar(
        select(Revision.passages)
        .join(Contribution, Contribution.live_revision_id == Revision.id)
        .join(Edition, Edition.translation_id == Contribution.id)
        .where(Edition.story_id == of_id, Edition.language == language)
    )
    return found or ()


def edition(of_id: int, language: str) -> Edition | None:
    return db.session.get(Edition, (of_id, language))


def lock(of_id: int) -> None:
    """Until this transaction ends, nobody else changes what it can be read in."""
    db.session.execute(
        select(Contribution.id).where(Contribution.id == of_id).with_for_update(key_share=True)
    )


def translated_ideas(after: int, most: int) -> Sequence[int]:
    """The next ideas by number that somebody ever began to translate."""
    of = Translation.__table__.c.of_id
    found = (
        select(of)
        .join(Contribution, Contribution.id == of)
        .where(Contribution.kind == Kind.IDEA, of > after)
        .distinct()
        .order_by(of)
        .limit(most)
    )
    return db.session.scalars(found).all()
