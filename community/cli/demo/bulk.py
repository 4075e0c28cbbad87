"""Content in bulk, for measuring: three years of a community, straight into the tables.

Owns what happened when and in what numbers; ``telling`` writes it down, ``population`` has the people, ``texts`` their
words. The two stories that are measured are the same whatever the size.
"""

import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import Random

import click
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from community.accounts.models import Account
from community.cli.demo import pondering
from community.cli.demo.moments import DAY
from community.cli.demo.population import BENCH_MEMBER, Registry
from community.cli.demo.store import Store, opened
from community.cli.demo.telling import IDEAS, MEASURED, NOBODYS, Event, Told, Writer
from community.contributions.models import Follow, Tally, Topic
from community.contributions.models.follow import TARGETS
from community.contributions.models.topic import ANY_COUNTRY, ANY_TOPIC
from community.kit import clock
from community.kit.pulse import Pulse
from community.stories.models import ModelTally

FEWEST_STORIES, FEWEST_COMMENTS, FEWEST_MEMBERS = 20, sum(MEASURED.values()), 20
WAITING = 200
REFUSED = 40  # one story on top of so many live ones
QUEUE = timedelta(hours=240)
YEARS = timedelta(days=3 * 365)
AT_ONCE = 10_000
FOLLOWS, FOLLOWED_COUNTRIES = 500, 40


@dataclass(frozen=True, kw_only=True)
class Size:
    """``stories`` and ``comments`` are live ones; ``waiting`` stories come on top, and some that were refused."""

    stories: int
    comments: int
    members: int
    seed: int
    waiting: int = WAITING
    ideas: int = 0


def fill(size: Size, password_hash: str) -> dict[str, int]:
    """What was made: the sizes, and the ids of the stories that are measured, by their labels."""
    began = time.monotonic()
    chance = Random(size.seed)  # noqa: S311 - repeatable on purpose
    now = clock.now().replace(microsecond=0)
    with opened() as connection:
        store = Store(connection)
        people = Registry(store, chance, now, password_hash).settle(size.members)
        end = int(now.timestamp())
        topics = list(connection.scalars(select(Topic.id).order_by(Topic.position)))
        writer = Writer(store, people, topics, seed=size.seed, stories=_planned(size, chance), now=end)
        _play(writer, store, _events(size, writer.stories, end, chance))
        _queue(writer, store, now, size.waiting)
        store.finish()
        _count(connection, writer.shelves)
        _count_models(connection, writer.models)
        writer.desk.count()
        _follow(connection, now)
        connection.execute(update(Pulse).values(number=Pulse.number + 1, changed_at=clock.now()))
    measured = {story.label: story.id for story in writer.stories if story.label}
    if writer.thinker.measured is not None:
        measured[pondering.MEASURED] = writer.thinker.measured
    return {**measured, **asdict(size), "seconds": round(time.monotonic() - began)}


def _follow(connection: Connection, now: datetime) -> None:
    """The measured member follows every topic and as many countries and members as make FOLLOWS."""
    me = connection.scalar(select(Account.id).where(Account.email == BENCH_MEMBER))
    if me is None or connection.scalar(select(Follow.id).where(Follow.account_id == me).limit(1)):
        return
    topics = connection.scalars(select(Topic.id).order_by(Topic.id)).all()
    countries = connection.scalars(select(Tally.country).where(Tally.country != ANY_COUNTRY).distinct()).all()
    rows: list[dict[str, object]] = [{"topic_id": one} for one in topics]
    rows += [{"country": one} for one in sorted(countries)[:FOLLOWED_COUNTRIES]]
    others = select(Account.id).where(Account.id != me).order_by(Account.id).limit(FOLLOWS - len(rows))
    rows += [{"member_id": one} for one in connection.scalars(others)]
    given = dict.fromkeys(TARGETS)
    for row in rows:
        connection.execute(
            insert(Follow).values({**given, **row, "account_id": me, "is_muted": False, "created_at": now})
        )


def _planned(size: Size, chance: Random) -> list[Told]:
    """All stories, oldest first, with how many comments each will have: few have many."""
    stories = [Told() for _ in range(size.stories)]
    for place, label in zip((0.80, 0.85, 0.90, 0.95), MEASURED, strict=True):
        # Their own chance, so that nothing about them depends on the size.
        stories[int(size.stories * place)].measure(label)
    others = [story for story in stories if not story.voice]
    chance.shuffle(others)
    for _ in range(size.comments - sum(MEASURED.values())):
        others[int(len(others) * chance.random() ** 1.5)].comments += 1
    return stories


def _events(size: Size, stories: list[Told], now: int, chance: Random) -> list[Event]:
    """Moments in seconds and whose they are, in order; a story's first event is its own, the others its comments."""
    begin = now - int(YEARS.total_seconds())
    length = (now - begin - DAY) / size.stories
    events: list[Event] = []
    for index, story in enumerate(stories):
        voice = story.voice or chance
        live = begin + int((index + voice.random()) * length)
        events.append((live, index))
        # Most answers come in the first days.
        events += (
            (min(live + 600 + int(voice.expovariate(1 / (5 * DAY))), now - 3600), index)
            for _ in range(story.comments)
        )
    refused = size.stories // REFUSED
    events += (
        (begin + int((nth + chance.random()) * (now - begin - DAY) / refused), NOBODYS)
        for nth in range(refused)
    )
    # Evenly: what they are is their own chance's, so that the stories are the same with and without them.
    events += (
        (begin + (nth + 1) * (now - begin - DAY) // (size.ideas + 1), IDEAS) for nth in range(size.ideas)
    )
    events.sort()
    return events


def _play(writer: Writer, store: Store, events: list[Event]) -> None:
    with click.progressbar(length=len(events), label="Stories and comments") as bar:
        for start in range(0, len(events), AT_ONCE):
            for event in events[start : start + AT_ONCE]:
                writer.tell(event)
            store.write()
            bar.update(min(AT_ONCE, len(events) - start))


def _queue(writer: Writer, store: Store, now: datetime, waiting: int) -> None:
    """What waits, oldest first, sent over the last QUEUE."""
    for start in range(0, waiting, AT_ONCE):
        for number in range(start, min(start + AT_ONCE, waiting)):
            writer.wait(int((now - QUEUE * (1 - number / waiting)).timestamp()))
        store.write()


def _count(connection: Connection, shelves: Counter[tuple[str, str, int]]) -> None:
    """Add to the tally, sums and all (see ``stories.actions.tally``)."""
    added: Counter[tuple[str, str, int]] = Counter()
    for (language, country, topic_id), stories in shelves.items():
        for of_country in (ANY_COUNTRY, country):
            for of_topic in (ANY_TOPIC, topic_id):
                added[language, of_country, of_topic] += stories
    upsert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for (language, country, topic_id), stories in sorted(added.items()):
        row = upsert(Tally).values(language=language, country=country, topic_id=topic_id, stories=stories)
        connection.execute(
            row.on_conflict_do_update(
                index_elements=["country", "topic_id", "language"], set_={"stories": Tally.stories + stories}
            )
        )


def _count_models(connection: Connection, models: Counter[tuple[int, str]]) -> None:
    """As ``_count``, for the stories about each model (see ``stories.index``)."""
    added: Counter[tuple[int, str]] = Counter()
    for (model_id, country), stories in models.items():
        added[model_id, ANY_COUNTRY] += stories
        added[model_id, country] += stories
    upsert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for (model_id, country), stories in sorted(added.items()):
        row = upsert(ModelTally).values(model_id=model_id, country=country, stories=stories)
        connection.execute(
            row.on_conflict_do_update(
                index_elements=["country", "model_id"], set_={"stories": ModelTally.stories + stories}
            )
        )
