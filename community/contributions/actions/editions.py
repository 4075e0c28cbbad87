"""Editions: kept beside the stories they are of, counted with them, and told of."""

from collections import Counter

from sqlalchemy import delete, select

from community.contributions.actions import tallies
from community.contributions.facts import EditionChanged
from community.contributions.models import Edition
from community.kit import db, facts, unit_of_work


def put_edition(edition: Edition) -> None:
    """Readers see it from now on, in place of the one there was in this language."""
    _take_away(edition.story_id, edition.language)
    db.session.add(edition)
    db.session.flush()
    _count(edition, 1)
    _tell(edition.story_id, edition.language)


def remove_edition(story_id: int, language: str) -> None:
    """Nobody reads the story in this language any more; nothing where nobody could."""
    if _take_away(story_id, language):
        _tell(story_id, language)


def _take_away(story_id: int, language: str) -> bool:
    this = (Edition.story_id == story_id, Edition.language == language)
    # Whoever changes editions of a story holds its row: nobody adds one between these two.
    earlier = db.session.scalar(select(Edition).where(*this))
    if earlier is None:
        return False
    _count(earlier, -1)
    db.session.expunge(earlier)
    db.session.execute(delete(Edition).where(*this).execution_options(synchronize_session=False))
    return True


def _count(edition: Edition, number: int) -> None:
    rows = tallies.rows_of(edition.language, edition.country, edition.topic_id)
    tallies.add(Counter(dict.fromkeys(rows, number)), "translated")


def _tell(story_id: int, language: str) -> None:
    unit_of_work.public_change()
    facts.announce(EditionChanged(story_id, language))
