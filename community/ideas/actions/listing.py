"""An idea's place in the lists: kept with every move, so that what is not public is found nowhere."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, delete, exists, func, insert, select, update

from community.contributions import queries as contributions
from community.contributions.facts import EditionChanged, Moved
from community.contributions.models import (
    Consent,
    Contribution,
    Edition,
    Kind,
    Purpose,
    Revision,
    State,
)
from community.contributions.models.concern import AREA, COUNTRY, MODEL
from community.contributions.models.consent import IS_GIVEN
from community.ideas.actions import merging
from community.ideas.facts import QuoteAsked
from community.ideas.models import IDEA, Area, IdeaConcern, IdeaTerm, Quote, Sum
from community.kit import db, facts, markup
from community.kit.terms import terms

KINDS = {COUNTRY: Sum.COUNTRY, MODEL: Sum.MODEL}
MOST_TERMS = 400
GONE = frozenset({State.WITHDRAWN, State.ERASED})


def keep_listed(moved: Moved) -> None:
    """A live idea stands in the lists by its live words, unless it is merged into another."""
    idea_id = moved.contribution_id
    if moved.kind == Kind.IDEA and moved.new in GONE:
        merging.part_all(idea_id)
    if moved.kind != Kind.IDEA or (moved.was_on is None and moved.is_on is None):
        return
    # Before its merge is looked at: who takes it apart in this moment looks at its state under the same lock.
    db.session.execute(select(IDEA.c.id).where(IDEA.c.id == idea_id).with_for_update(key_share=True))
    if moved.is_on is None:
        _set(idea_id, listed_at=None)
        _replace(IdeaTerm, idea_id, ())
        return
    live = db.session.scalar(_live(idea_id))
    if live is not None:
        _list(idea_id, live)
        if moved.was_on is None:
            _ask(idea_id)


def _list(idea_id: int, live: Revision) -> None:
    published = db.session.scalar(select(Contribution.published_at).where(Contribution.id == idea_id))
    area = next((one.value for one in live.concerns if one.kind == AREA), None)
    # A merged one stays out of the lists: the database holds it.
    db.session.execute(
        update(IDEA)
        .where(IDEA.c.id == idea_id, IDEA.c.merged_into_id.is_(None))
        .values(listed_at=published, answered_at=func.coalesce(IDEA.c.answered_at, published))
    )
    _set(idea_id, area=Area(area) if area else None)
    _replace(
        IdeaConcern,
        idea_id,
        (
            {"kind": KINDS[one.kind], "value": one.value, "published_at": published}
            for one in live.concerns
            if one.kind in KINDS
        ),
    )
    _put_terms(idea_id, live)


def keep_alike(changed: EditionChanged) -> None:
    """An idea is found alike by its words in every language it can be read in."""
    if changed.kind != Kind.IDEA:
        return
    live = db.session.scalar(_live(changed.of_id).where(Contribution.state == State.LIVE))
    if live is not None:
        _put_terms(changed.of_id, live)


def _put_terms(idea_id: int, live: Revision) -> None:
    texts: list[Revision | Edition] = [live, *contributions.editions(idea_id)]
    found = [term for one in texts for term in terms_of(one)]
    _replace(IdeaTerm, idea_id, ({"term": term} for term in dict.fromkeys(found)))


def terms_of(said: Revision | Edition) -> list[str]:
    """What an idea is found alike by in one language."""
    words = f"{said.title}\n{markup.plain(said.html)}"
    return list(dict.fromkeys(terms(words)))[:MOST_TERMS]


def _live(idea_id: int) -> Select[Revision]:
    return (
        select(Revision)
        .join(Contribution, Contribution.live_revision_id == Revision.id)
        .where(Contribution.id == idea_id)
    )


def _set(idea_id: int, **values: Any) -> None:
    db.session.execute(update(IDEA).where(IDEA.c.id == idea_id).values(**values))


def _replace(model: type[IdeaConcern | IdeaTerm], idea_id: int, rows: Iterable[dict[str, Any]]) -> None:
    db.session.execute(delete(model).where(model.idea_id == idea_id))
    values = [{"idea_id": idea_id, **row} for row in rows]
    if values:
        db.session.execute(insert(model), values)


def _ask(idea_id: int) -> None:
    """Nobody is asked about an idea that no moderator has read, nor where they have said it already."""
    author = select(Contribution.author_id).where(Contribution.id == idea_id).scalar_subquery()
    agreed = exists().where(
        Consent.contribution_id == Quote.story_id, Consent.purpose == Purpose.QUOTE, IS_GIVEN
    )
    unanswered = (
        select(Quote.id)
        .join(Contribution, Contribution.id == Quote.story_id)
        .where(
            Quote.idea_id == idea_id,
            Quote.account_id != author,
            Quote.refused_at.is_(None),
            Contribution.state == State.LIVE,
            ~agreed,
        )
        .order_by(Quote.id)
    )
    for number in db.session.scalars(unanswered):
        facts.announce(QuoteAsked(number))
