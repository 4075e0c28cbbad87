"""Keeping the index: with every change of what can be read, and from the beginning.

The number of an entry is made of when it was published, so what comes later or again stands where it belongs.
"""

from operator import itemgetter
from typing import Any

from sqlalchemy import delete, or_, tuple_

from community.contributions.facts import EditionChanged, Moved
from community.contributions.models import Kind
from community.kit import db, jobs, unit_of_work
from community.search import queries
from community.search.models import Entry, number
from community.search.processing import terms
from community.search.queries import Text

FILL = "search.fill"
"""The migrations that make the table, and that add ideas to it, ask for this job."""
AT_ONCE = 500
FOUND = (Kind.STORY, Kind.IDEA)
# What happens to a live text without a word of it changing.
SAME_WORDS = frozenset({"submit", "return", "refuse", "keep", "lock", "unlock"})


def keep(moved: Moved) -> None:
    """A story or an idea is found by its live words for as long as it is live, and by nothing of it afterwards."""
    if moved.kind not in FOUND or (moved.was_on is None and moved.is_on is None):
        return
    if moved.is_on is None:
        db.session.execute(delete(Entry).where(Entry.story_id == moved.contribution_id))
        return
    if moved.was_on is not None and moved.cause in SAME_WORDS and moved.was_on == moved.is_on:
        return
    if moved.was_on is not None and moved.was_on.language != moved.is_on.language:
        _put(moved.contribution_id, moved.was_on.language)
    _put(moved.contribution_id, moved.is_on.language)


def keep_edition(changed: EditionChanged) -> None:
    _put(changed.of_id, changed.language)


def fill(_number: int, payload: dict[str, Any]) -> None:
    """The job: some texts, and the next job for those after them, in one transaction. To do it twice is harmless."""
    with unit_of_work.transaction():
        last = fill_some(payload["after"])
        if last is not None:
            jobs.enqueue(FILL, {"after": last})


def fill_some(after: int) -> int | None:
    """Make the entries of the next AT_ONCE texts anew; the number of the last of them, or None at the end."""
    ids = queries.live_after(after, AT_ONCE)
    is_end = len(ids) < AT_ONCE
    among = Entry.story_id > after if is_end else Entry.story_id.between(after + 1, ids[-1])
    texts = queries.texts(ids)
    right = [(number(text.published_at, text.story_id, text.language), text.language) for text in texts]
    db.session.execute(delete(Entry).where(among, tuple_(Entry.id, Entry.language).not_in(right)))
    _write(texts)
    return None if is_end else ids[-1]


def _put(of_id: int, language: str) -> None:
    """What can be read in this language is what it is found by."""
    text = queries.text_in(of_id, language)
    if text is None:
        db.session.execute(delete(Entry).where(Entry.story_id == of_id, Entry.language == language))
    else:
        _write([text])


def _write(texts: list[Text]) -> None:
    if not texts:
        return
    # By number, and in one statement: FTS5 writes what it has to disk with every other one, and before a lower number.
    values = sorted(
        (
            {
                "id": number(text.published_at, text.story_id, text.language),
                "story_id": text.story_id,
                "language": text.language,
                "terms": terms.terms_of(text),
            }
            for text in texts
        ),
        key=itemgetter("id"),
    )
    rows = db.insert(Entry).values(values)
    db.session.execute(
        rows.on_conflict_do_update(
            index_elements=["story_id", "language"],
            set_={"id": rows.excluded.id, "terms": rows.excluded.terms},
            where=or_(Entry.id != rows.excluded.id, Entry.terms != rows.excluded.terms),
        )
    )


jobs.carries(FILL, fill)
