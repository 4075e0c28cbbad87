"""What readers are shown of a story or an idea in other languages: drawn anew when it, or a translation of it, moves.

Locks are taken in one order: the original's row, then its translations and editions.
"""

from typing import Any

from sqlalchemy import update

from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.facts import Moved
from community.contributions.models import Contribution, Edition, Kind, Revision
from community.kit import clock, db, facts, jobs, unit_of_work
from community.translations import queries
from community.translations.facts import OriginalChanged, TranslationShown
from community.translations.models import TRANSLATED, Translation
from community.translations.processing import aligning

DRAW_IDEAS = "translations.draw_ideas"
"""The migration that tells the editions of ideas from those of stories asks for this job."""
AT_ONCE = 50
NEWS = frozenset({"approve", "reverse"})
"""Moves after which readers have a text before them that nobody had: an edit that is sent is none, nor a look at it."""


def original_moved(moved: Moved) -> None:
    """An original's languages follow it: hidden with it, shown again with it, marked where it reads otherwise now."""
    if moved.kind not in TRANSLATED or (moved.was_on is None and moved.is_on is None):
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
        thing = contribution_queries.contribution(translation.of_id)
        if thing is not None:
            facts.announce(
                TranslationShown(
                    translation.id, thing.id, thing.author_id, translation.author_id, translation.language
                )
            )


def refresh(of_id: int, *, only: str | None = None) -> None:
    """Draw an original's editions anew, all of them or that in one language."""
    queries.lock(of_id)
    thing = contribution_queries.contribution(of_id)
    is_shown = thing is not None and thing.is_public and thing.takes_translations
    _show(of_id, is_shown)
    original = queries.live_revision(thing) if thing is not None else None
    wanted: dict[str, tuple[Translation, Revision]] = {}
    if thing is not None and is_shown:
        live = queries.live_of(of_id)
        wanted = {one.language: (one, revision) for one, revision in live if one.language != thing.language}
    for language in sorted({*wanted, *queries.languages_of(of_id)} if only is None else {only}):
        edition = (
            _drawn(thing, original, *wanted[language]) if thing and original and language in wanted else None
        )
        if edition is not None:
            contributions.put_edition(edition)
        else:
            contributions.remove_edition(of_id, language)


def draw_ideas(_number: int, payload: dict[str, Any]) -> None:
    """The job: some ideas that were translated, and the next job for those after them. To do it twice is harmless."""
    with unit_of_work.transaction():
        numbers = queries.translated_ideas(payload["after"], AT_ONCE)
        for number in numbers:
            refresh(number)
        if len(numbers) == AT_ONCE:
            jobs.enqueue(DRAW_IDEAS, {"after": numbers[-1]})


def _show(of_id: int, is_shown: bool) -> None:
    table = Translation.__table__
    db.session.execute(
        update(table).where(table.c.of_id == of_id, table.c.is_shown != is_shown).values(is_shown=is_shown)  # type: ignore[arg-type]
    )


def _drawn(
    thing: Contribution, original: Revision, translation: Translation, revision: Revision
) -> Edition | None:
    """None where nothing of the original's text is said any more."""
    drawn = aligning.draw(original, revision.passages)
    if not drawn.said or thing.published_at is None:
        return None
    return Edition(
        story_id=thing.id,
        language=translation.language,
        kind=thing.kind,
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
        original_language=thing.language,
        country=thing.country,
        topic_id=thing.topic_id,
        published_at=thing.published_at,
    )


jobs.carries(DRAW_IDEAS, draw_ideas)
