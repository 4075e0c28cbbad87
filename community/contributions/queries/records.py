"""Questions about contributions of every kind."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache, lru_cache
from statistics import median

from sqlalchemy import Select, and_, bindparam, func, or_, select, text, tuple_
from sqlalchemy.orm import aliased, joinedload

from community.contributions.models import (
    ANY_LANGUAGE,
    Contribution,
    Kind,
    ListedWord,
    Move,
    Reaction,
    Revision,
    RevisionState,
    Tally,
    Topic,
    TopicName,
)
from community.contributions.models.topic import ANY_COUNTRY, ANY_TOPIC
from community.kit import clock, db, languages, paging

DECISIONS_FOR_MEDIAN = 50
OWN_REPEATED = timedelta(days=30)
ANYBODYS_REPEATED = timedelta(hours=24)
WORDS_ON_A_PAGE = 100


def contribution(contribution_id: int) -> Contribution | None:
    """With its author and live revision."""
    return db.session.scalar(
        select(Contribution)
        .where(Contribution.id == contribution_id)
        .options(joinedload(Contribution.author), joinedload(Contribution.live_revision))
    )


def by_form(author_id: int, form_id: str) -> Contribution | None:
    """What this author made with this one-time form."""
    return db.session.scalar(
        select(Contribution).where(Contribution.author_id == author_id, Contribution.form_id == form_id)
    )


def revision_in(contribution_id: int, state: RevisionState) -> Revision | None:
    """The one draft, waiting or live revision."""
    return db.session.scalar(
        select(Revision).where(Revision.contribution_id == contribution_id, Revision.state == state)
    )


def newest_revision(contribution_id: int) -> Revision | None:
    return db.session.scalar(
        select(Revision)
        .where(Revision.contribution_id == contribution_id)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def revision_before(revision: Revision) -> Revision | None:
    """The one that was live before this one was."""
    return db.session.scalar(
        select(Revision)
        .where(
            Revision.contribution_id == revision.contribution_id,
            Revision.state == RevisionState.PAST,
            Revision.number < revision.number,
        )
        .order_by(Revision.number.desc())
        .limit(1)
    )


def revisions(contribution_id: int) -> Sequence[Revision]:
    """All of them, first to last."""
    return db.session.scalars(
        select(Revision).where(Revision.contribution_id == contribution_id).order_by(Revision.number)
    ).all()


def moves(contribution_id: int) -> Sequence[Move]:
    return db.session.scalars(
        select(Move).where(Move.contribution_id == contribution_id).order_by(Move.id)
    ).all()


def reacted_to(account_id: int, contribution_ids: Iterable[int]) -> set[int]:
    """Those of the contributions this member said "I know this road" to."""
    values = {"account_id": account_id, "ids": list(contribution_ids)}
    return set(db.session.scalars(_reacted_to(), values)) if values["ids"] else set()


@cache
def _reacted_to() -> Select[int]:
    return select(Reaction.contribution_id).where(
        Reaction.account_id == bindparam("account_id"),
        Reaction.contribution_id.in_(bindparam("ids", expanding=True)),
    )


def is_closed(contribution_id: int) -> bool:
    """Whether the moderators closed the conversation under it."""
    return (
        db.session.scalar(select(Contribution.closed_at).where(Contribution.id == contribution_id))
        is not None
    )


def told_draft(contribution_id: int) -> Revision | None:
    """The draft whose author was told what the checks found, until it is sent again."""
    return db.session.scalar(
        select(Revision).where(
            Revision.contribution_id == contribution_id,
            Revision.state == RevisionState.DRAFT,
            Revision.told_at.is_not(None),
        )
    )


def with_the_same_words(fingerprint: str, *, author_id: int = 0, besides: int = 0) -> int | None:
    """The newest other contribution sent with these words: within a day by anybody, or OWN_REPEATED by ``author_id``.

    Not the contribution ``besides``: a text may say again what its own earlier revisions said.
    """
    now = clock.now()
    return db.session.scalar(
        select(Contribution.id)
        .join(Revision, Revision.contribution_id == Contribution.id)
        .where(
            Revision.fingerprint == fingerprint,
            Contribution.id != besides,
            or_(
                Revision.submitted_at >= now - ANYBODYS_REPEATED,
                and_(Contribution.author_id == author_id, Revision.submitted_at >= now - OWN_REPEATED),
            ),
        )
        .order_by(Revision.submitted_at.desc(), Revision.id.desc())
        .limit(1)
    )


def listed_words(language: str, *, after: str | None = None) -> paging.Page[ListedWord]:
    """The words of one list, WORDS_ON_A_PAGE at a time, the newest first."""
    question = select(ListedWord).where(ListedWord.language == language)
    place = paging.decode(after, (int,))
    if place:
        question = question.where(ListedWord.id < place[0])
    rows = db.session.scalars(question.order_by(ListedWord.id.desc()).limit(WORDS_ON_A_PAGE + 1)).all()
    return paging.page(rows, WORDS_ON_A_PAGE, lambda word: (word.id,))


def listed_word(language: str, folded: str) -> ListedWord | None:
    return db.session.scalar(
        select(ListedWord).where(ListedWord.language == language, ListedWord.folded == folded)
    )


def listed_words_by_language() -> dict[str, int]:
    """How many words each list holds."""
    counted = select(ListedWord.language, func.count().label("words")).group_by(ListedWord.language)
    return {row.language: row.words for row in db.session.execute(counted)}


def listed_words_for(language: str) -> tuple[tuple[str, str], ...]:
    """(word, folded) of what is listed for a language and for all, in one order; for an untagged text, everything."""
    question = select(ListedWord.word, ListedWord.folded).order_by(ListedWord.id)
    if language != languages.UNTAGGED:
        question = question.where(ListedWord.language.in_((language, ANY_LANGUAGE)))
    rows = db.session.execute(question)
    return tuple((word, folded) for word, folded in rows)


def returned_revision(contribution_id: int) -> Revision | None:
    """The last one a moderator gave back, with their notes, if nothing was decided after it."""
    last = db.session.scalar(
        select(Revision)
        .where(Revision.contribution_id == contribution_id, Revision.decided_at.is_not(None))
        .order_by(Revision.decided_at.desc(), Revision.id.desc())
        .limit(1)
    )
    return last if last and last.state is RevisionState.RETURNED else None


def place_in_queue(revision: Revision) -> int:
    """1 for the next one; counted among what waits in its language."""
    ahead = db.session.scalar(
        select(func.count())
        .select_from(Revision)
        .where(
            text("revision.state = 'waiting'"),
            Revision.language == revision.language,
            tuple_(Revision.submitted_at, Revision.id) < (revision.submitted_at, revision.id),
        )
    )
    return (ahead or 0) + 1


def usual_wait_seconds(language: str) -> int | None:
    """The median wait of the last decisions in a language; None where there are none yet."""
    decided = db.session.execute(
        select(Revision.submitted_at, Revision.decided_at)
        .join(Contribution, Contribution.id == Revision.contribution_id)
        .where(
            Contribution.kind.in_((Kind.STORY, Kind.IDEA)),  # trusted members' comments wait for nobody
            Revision.language == language,
            Revision.decided_at.is_not(None),
            Revision.submitted_at.is_not(None),
        )
        .order_by(Revision.decided_at.desc())
        .limit(DECISIONS_FOR_MEDIAN)
    )
    waits = [(end - start).total_seconds() for start, end in decided if start and end]
    return int(median(waits)) if waits else None


@lru_cache(maxsize=64)
def topics(language: str) -> Sequence[tuple[int, str, str]]:
    """(id, slug, name) of all topics in their order, named in ``language`` or else in English.

    Asked once a process: topics come with migrations, and a migrated database starts its workers anew.
    """
    rows = db.session.execute(_topics(), {"language": language})
    return [(number, slug, name or english_name or slug) for number, slug, name, english_name in rows]


@cache
def _topics() -> Select[int, str, str, str]:
    own, english = aliased(TopicName), aliased(TopicName)
    return (
        select(Topic.id, Topic.slug, own.name, english.name)
        .outerjoin(own, and_(own.topic_id == Topic.id, own.language == bindparam("language")))
        .outerjoin(english, and_(english.topic_id == Topic.id, english.language == "en"))
        .order_by(Topic.position, Topic.id)
    )


def stories_by_language(country: str = ANY_COUNTRY, topic_id: int = ANY_TOPIC) -> dict[str, int]:
    """How many stories are live in each language, under the filters; one row a language is read."""
    rows = db.session.execute(
        select(Tally.language, Tally.stories).where(
            Tally.country == country, Tally.topic_id == topic_id, Tally.stories > 0
        )
    )
    return {row.language: row.stories for row in rows}


def stories_by_country() -> dict[str, int]:
    """How many stories are live from each country."""
    totals: dict[str, int] = {}
    for country, stories in db.session.execute(
        select(Tally.country, Tally.stories).where(
            Tally.topic_id == ANY_TOPIC, Tally.country != ANY_COUNTRY, Tally.stories > 0
        )
    ):
        totals[country] = totals.get(country, 0) + stories
    return totals
