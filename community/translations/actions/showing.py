"""What readers are shown of a story in other languages: drawn anew whenever it, or a translation of it, moves.

Locks are taken in one order: the story's row, then its translations and editions.
"""

from sqlalchemy import update

from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.facts import Moved
from community.contributions.models import Contribution, Edition, Kind, Revision
from community.kit import clock, db, facts
from community.translations import queries
from community.translations.facts import OriginalChanged, TranslationShown
from community.translations.models import Translation
from community.translations.processing import aligning

NEWS = frozenset({"approve", "reverse"})
"""Moves after which readers have a text before them that nobody had: an edit that is sent is none, nor a look at it."""


def original_moved(moved: Moved) -> None:
    """A story's languages follow it: hidden with it, shown again with it, marked where it reads otherwise now."""
    if moved.kind != Kind.STORY or (moved.was_on is None and moved.is_on is None):
        return
    if not queries.has_any(moved.contribution_id):
        return
    before = [
        found for code in queries.languages_of(moved.contribution_id) if (found := _edition(moved, code))
    ]
    told = [(one.language, one.translation_id, one.translator_id, one.stale) for one in before]
    refresh(moved.contribution_id)
    for language, translation_id, translator_id, stale in told if moved.is_on else ():
        now = _edition(moved, language)
        # None is left of it: every part of the original is another now.
        if now is None or now.stale > stale:
            facts.announce(
                OriginalChanged(
                    translation_id, moved.contribution_id, translator_id, language, now.stale if now else None
                )
            )


def _edition(moved: Moved, language: str) -> Edition | None:
    return queries.edition(moved.contribution_id, language)


def translation_moved(moved: Moved) -> None:
    if moved.kind != Kind.TRANSLATION:
        return
    translation = queries.translation(moved.contribution_id)
    if translation is None or (moved.was_on is None and moved.is_on is None):
        return
    refresh(translation.of_id, only=translation.language)
    if moved.cause not in NEWS:
        return
    shown = queries.edition(translation.of_id, translation.language)
    if moved.is_on and shown is not None and shown.translation_id == translation.id:
        story = contribution_queries.contribution(translation.of_id)
        if story is not None:
            facts.announce(
                TranslationShown(
                    translation.id, story.id, story.author_id, translation.author_id, translation.language
                )
            )


def refresh(story_id: int, *, only: str | None = None) -> None:
    """Draw a story's editions anew, all of them or that in one language."""
    queries.lock(story_id)
    story = contribution_queries.contribution(story_id)
    is_shown = story is not None and story.is_public and story.takes_translations
    _show(story_id, is_shown)
    original = queries.live_revision(story) if story is not None else None
    wanted: dict[str, tuple[Translation, Revision]] = {}
    if story is not None and is_shown:
        live = queries.live_of(story_id)
        wanted = {one.language: (one, revision) for one, revision in live if one.language != story.language}
    for language in sorted({*wanted, *queries.languages_of(story_id)} if only is None else {only}):
        edition = (
            _drawn(story, original, *wanted[language]) if story and original and language in wanted else None
        )
        if edition is not None:
            contributions.put_edition(edition)
        else:
            contributions.remove_edition(story_id, language)


def _show(story_id: int, is_shown: bool) -> None:
    table = Translation.__table__
    db.session.execute(
        update(table).where(table.c.of_id == story_id, table.c.is_shown != is_shown).values(is_shown=is_shown)  # type: ignore[arg-type]
    )


def _drawn(
    story: Contribution, original: Revision, translation: Translation, revision: Revision
) -> Edition | None:
    """None where nothing of the original's text is said any more."""
    drawn = aligning.draw(original, revision.passages)
    if not drawn.said or story.published_at is None:
        return None
    return Edition(
        story_id=story.id,
        language=translation.language,
        translation_id=translation.id,
        translator_id=translation.author_id,
        title=drawn.title,
        excerpt=drawn.excerpt,
        html=drawn.html,
        minutes=drawn.minutes,
        pictures=drawn.pictures,
        stale=drawn.stale,
        is_machine_aided=any(one.machine for one in revision.passages),
        made_at=translation.edited_at or translation.published_at or clock.now(),
        original_language=story.language,
        country=story.country,
        topic_id=story.topic_id,
        published_at=story.published_at,
    )
