"""Editions: kept beside what they are of, those of stories counted with them, and told of."""

from collections import Counter

from sqlalchemy import delete, select

from community.contributions.actions import tallies
from community.contributions.facts import EditionChanged
from community.contributions.models import Edition, Kind
from community.kit import db, facts, unit_of_work


def put_edition(edition: Edition) -> None:
    """Readers see it from now on, in place of the one there was in this language."""
    _take_away(edition.story_id, edition.language)
    db.session.add(edition)
    db.session.flush()
    _count(edition, 1)
    _tell(edition)


def remove_edition(of_id: int, language: str) -> None:
    """Nobody reads it in this language any more; nothing where nobody could."""
    earlier = _take_away(of_id, language)
    if earlier is not None:
        _tell(earlier)


def _take_away(of_id: int, language: str) -> Edition | None:
    this = (Edition.story_id == of_id, Edition.language == language)
    # Whoever changes the editions of anything holds its row: nobody adds one between these two.
    earlier = db.session.scalar(select(Edition).where(*this))
    if earlier is None:
        return None
    _count(earlier, -1)
    db.session.expunge(earlier)
    db.session.execute(delete(Edition).where(*this).execution_options(synchronize_session=False))
    return earlier


def _count(edition: Edition, number: int) -> None:
    if edition.kind is not Kind.STORY:
        return
    rows = tallies.rows_of(edition.language, edition.country, edition.topic_id)
    tallies.add(Counter(dict.fromkeys(rows, number)), "translated")


def _tell(edition: Edition) -> None:
    unit_of_work.public_change()
    facts.announce(EditionChanged(edition.story_id, edition.kind, edition.language))
