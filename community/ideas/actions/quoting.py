"""Quoting: an idea begins with a paragraph of a story; its author's consent decides whether readers see it."""

from sqlalchemy import and_, delete, exists, func, or_, select, update

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions.models import Contribution, Purpose, Revision, State
from community.ideas.models import IDEA, Idea, Quote
from community.ideas.processing.paragraphs import Paragraph
from community.kit import clock, db, unit_of_work


def begin_with(idea: Idea, story: Contribution, revision: Revision, paragraph: Paragraph) -> None:
    """The idea quotes this paragraph of this revision; quoted again it changes nothing."""
    row = db.insert(Quote).values(
        idea_id=idea.id,
        story_id=story.id,
        revision_id=revision.id,
        account_id=story.author_id,
        key=paragraph.key,
        words=paragraph.words,
        html=paragraph.html,
        language=revision.language,
        created_at=clock.now(),
    )
    db.session.execute(
        row.on_conflict_do_nothing(
            index_elements=["idea_id", "story_id", "key"], index_where=Quote.merge_id.is_(None)
        )
    )


def take_out(idea: Idea, *, quote_id: int = 0, story_id: int = 0, key: str = "") -> None:
    """A draft quotes it no more, named by its number or by what it is of; what was sent keeps what it quotes."""
    named = or_(Quote.id == quote_id, and_(Quote.story_id == story_id, Quote.key == key))
    is_draft = exists().where(Contribution.id == idea.id, Contribution.state == State.DRAFT)
    db.session.execute(
        delete(Quote)
        .where(named, Quote.idea_id == idea.id, Quote.merge_id.is_(None), is_draft)
        .execution_options(synchronize_session=False)
    )


def agree_to(quote: Quote) -> None:
    """The story may be quoted from now on: here, and wherever else it is."""
    contributions.give(quote.story_id, Purpose.QUOTE)
    _answer(quote, refused=False)


def agree_to_own(idea: Idea, *, by: Account) -> None:
    """What they told themselves and quote in their idea may be quoted from now on."""
    own = select(Quote.story_id).where(Quote.idea_id == idea.id, Quote.account_id == by.id).distinct()
    for story_id in db.session.scalars(own.order_by(Quote.story_id)):
        contributions.give(story_id, Purpose.QUOTE)
    unit_of_work.public_change()


def refuse(quote: Quote) -> None:
    """Not in this idea, nor in those put together with it; what was agreed to for other ideas stays."""
    _answer(quote, refused=True)


def _answer(quote: Quote, *, refused: bool) -> None:
    original = select(func.coalesce(IDEA.c.merged_into_id, IDEA.c.id)).where(IDEA.c.id == quote.idea_id)
    root = original.scalar_subquery()
    one = select(IDEA.c.id).where(or_(IDEA.c.id == root, IDEA.c.merged_into_id == root))
    db.session.execute(
        update(Quote)
        .where(Quote.story_id == quote.story_id, Quote.key == quote.key, Quote.idea_id.in_(one))
        .values(refused_at=clock.now() if refused else None)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(quote)
    unit_of_work.public_change()
