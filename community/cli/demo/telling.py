"""Writing down what happened in content in bulk: a story or a comment becomes the rows its actions would have made."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple
from uuid import UUID

from community.cli.demo import texts
from community.cli.demo.desk import Desk, Subject
from community.cli.demo.moments import stamp
from community.cli.demo.pondering import Thinker
from community.cli.demo.population import Person, Population
from community.cli.demo.store import Store
from community.comments.actions import step  # the one place that knows how a path is written
from community.kit import languages

Event = tuple[int, int]  # when, in seconds of the epoch, and which story's, or NOBODYS
NOBODYS = -1  # a story that is refused, which nobody else ever sees
IDEAS = -2  # an idea
MEASURED = {"photos_1": 0, "photos_12": 0, "story_20": 20, "story_200": 200}
"""Stories that are the same in every set, and their comments; the first two say the same, too."""
MEASURED_LANGUAGE = "en"
MOST_REACTIONS = 50
DEEPEST_BULK = 6
STILL_ANSWERED = 6  # comments of a story
BENCH_STORIES = 6  # by the bench's member, who is thereby trusted
STRIDE = 7_919  # from one who reacted to the next; prime, so that few sizes meet it


@dataclass(slots=True)
class Told:
    """A story on its way: how many comments it gets, and, once it is told, its number and who may be answered.

    ``label`` is a measured story's, and ``voice`` the chance of its own that it has; ``open`` holds (id, path, depth).
    """

    comments: int = 0
    label: str = ""
    voice: Random | None = None
    id: int = 0
    language: str = ""
    open: list[tuple[int, str, int]] = field(default_factory=list)

    def measure(self, label: str) -> None:
        self.label, self.comments = label, MEASURED[label]
        self.voice = Random(self.comments)  # noqa: S311 - repeatable on purpose


class Piece(NamedTuple):
    """A contribution with one revision; ``decided`` is None while it waits, ``by_id`` whoever decided.

    ``puid`` names its statement of reasons where it was refused.
    """

    kind: str
    author: Person
    language: str
    title: str
    text: texts.Drawn
    topic_id: int | None
    vehicle_id: int | None
    sent: int
    decided: int | None
    by_id: int
    puid: str | None = None

    @property
    def state(self) -> str:
        return "waiting" if self.decided is None else "refused" if self.puid else "live"

    @property
    def cause(self) -> str:
        """Of the move that ended its waiting."""
        return "refuse" if self.puid else "trusted" if self.by_id == self.author.id else "approve"


class Writer:
    """``shelves`` counts the live stories by language, country and topic, ``models`` by model and country."""

    def __init__(
        self, store: Store, people: Population, topics: list[int], *, seed: int, stories: list[Told], now: int
    ) -> None:
        self.stories = stories
        self.shelves: Counter[tuple[str, str, int]] = Counter()
        self.models: Counter[tuple[int, str]] = Counter()
        self.desk = Desk(store)
        self.thinker = Thinker(store, people, self.desk, seed=seed, now=now)
        self._store, self._people, self._topics = store, people, topics
        self._most_reactions = min(MOST_REACTIONS, len(people.members))
        self._chance = Random(seed + 1)  # noqa: S311 - repeatable on purpose
        self._shelf = {code: texts.shelf(code, seed) for code in texts.languages()}
        # Not the seed's: the measured stories say the same in every set.
        self._measured_shelf = texts.shelf(MEASURED_LANGUAGE, 0)

    def tell(self, event: Event) -> None:
        moment, index = event
        story = self.stories[index]
        if index == NOBODYS:
            self._refuse(moment)
        elif index == IDEAS:
            self.thinker.tell(moment)
        elif story.id:
            self._comment(story, moment)
        else:
            self._story(story, moment, self._people.bench_member if index < BENCH_STORIES else None)

    def wait(self, sent: int) -> None:
        """A story that was submitted and not decided on yet."""
        piece = self._piece(Told(), self._anybody(self._chance), self._chance, sent=sent, live=None)
        number, revision = self._write(piece, reactions=0, comments=0)
        self._store.add("story", number, None)
        self.desk.wait(number, revision, piece.author.id, piece.language, piece.author.country, sent)

    def _refuse(self, decided: int) -> None:
        chance = self._chance
        sent = decided - self._waited(chance)
        piece = self._piece(Told(), self._anybody(chance), chance, sent=sent, live=decided)
        piece = piece._replace(puid=str(UUID(int=chance.getrandbits(128), version=4)))
        number, revision = self._write(piece, reactions=0, comments=0)
        self._store.add("story", number, None)
        self.desk.refuse(_subject(piece, number, revision, decided), piece.puid or "")

    def _story(self, story: Told, live: int, author: Person | None) -> None:
        chance = story.voice or self._chance
        sent = live - self._waited(chance)
        piece = self._piece(story, author or self._anybody(chance), chance, sent=sent, live=live)
        reactions = min(self._most_reactions, int(chance.paretovariate(1.1)) - 1)
        story.id, revision = self._write(piece, reactions=reactions, comments=story.comments)
        self._react(story.id, live, reactions, chance)
        self._store.add("story", story.id, piece.vehicle_id)
        self._gather(story.id, piece.author, live)
        self.desk.approve(_subject(piece, story.id, revision, live))
        self.shelves[piece.language, piece.author.country, piece.topic_id or 0] += 1

    def _gather(self, number: int, author: Person, live: int) -> None:
        """Under the vehicle of its author and under its model (see ``stories.index``)."""
        if author.vehicle_id is None or author.model_id is None:
            return
        self._store.add(
            "vehicle_story", number, author.vehicle_id, author.model_id, author.country, stamp(live)
        )
        self.models[author.model_id, author.country] += 1

    def _piece(self, story: Told, author: Person, chance: Random, *, sent: int, live: int | None) -> Piece:
        is_foreign = chance.random() < 0.1
        story.language = MEASURED_LANGUAGE if story.voice or is_foreign else author.language
        shelf = self._measured_shelf if story.voice else self._shelf[story.language]
        title, text = chance.choice(shelf.titles), chance.choice(shelf.stories)
        topic, moderator = chance.choice(self._topics), self._people.moderators[story.language]
        return Piece(
            "story", author, story.language, title, text, topic, author.vehicle_id, sent, live, moderator
        )

    def _comment(self, story: Told, moment: int) -> None:
        """By somebody trusted, so that it went live at once."""
        chance = story.voice or self._chance
        author = self._anybody(chance)
        language = story.language if story.voice or chance.random() < 0.8 else author.language
        text = chance.choice((self._measured_shelf if story.voice else self._shelf[language]).comments)
        reactions = int(1 + 3 * chance.random()) if chance.random() < 0.1 else 0
        piece = Piece("comment", author, language, "", text, None, None, moment, moment, author.id)
        number, _ = self._write(piece, reactions=reactions, comments=0)
        self._react(number, moment, reactions, chance)
        self._place(story, number, chance)

    def _place(self, story: Told, number: int, chance: Random) -> None:
        parent = chance.choice(story.open) if story.open and chance.random() < 0.6 else None
        parent_id, above, depth = (parent[0], parent[1], parent[2] + 1) if parent else (None, "", 0)
        path = above + step(number)
        self._store.add("comment", number, story.id, parent_id, depth, path)
        if depth < DEEPEST_BULK - 1:
            story.open.append((number, path, depth))
            del story.open[:-STILL_ANSWERED]

    def _write(self, piece: Piece, *, reactions: int, comments: int) -> tuple[int, int]:
        """The numbers of the contribution and of its revision."""
        store, author, state = self._store, piece.author, piece.state
        number, revision = store.number("contribution"), store.number("revision")
        sent, decided = stamp(piece.sent), None if piece.decided is None else stamp(piece.decided)
        is_live, version = state == "live", 2 if decided is None else 3
        store.add(
            "contribution", number, piece.kind, author.id, f"bulk-{number}", state, version,
            revision if is_live else None, author.country, piece.language, piece.topic_id, sent, decided or sent,
            decided if is_live else None, piece.puid, reactions, comments,
        )  # fmt: skip
        text, finding = piece.text, "trust" if piece.cause == "trusted" else "everybody"
        store.add(
            "revision", revision, number, 1, state, piece.title, text.body, text.html, text.excerpt,
            text.minutes, piece.language, piece.topic_id, piece.vehicle_id, "", text.fingerprint,
            finding, "", piece.puid, 1, "[]",
            sent, sent, sent, decided,
        )  # fmt: skip
        store.add("move", number, revision, author.id, author.id, "draft", "waiting", "submit", sent)
        if decided:
            store.add(
                "move", number, revision, author.id, piece.by_id, "waiting", state, piece.cause, decided
            )
        return number, revision

    def _react(self, number: int, live: int, reactions: int, chance: Random) -> None:
        members = self._people.members
        first = int(len(members) * chance.random())
        for nth in range(reactions):
            member = members[(first + nth * STRIDE) % len(members)]
            self._store.add("reaction", member.id, number, stamp(live + 10 * nth))

    def _anybody(self, chance: Random) -> Person:
        """Some write much more than others."""
        members = self._people.members
        return members[int(len(members) * chance.random() ** 1.5)]

    @staticmethod
    def _waited(chance: Random) -> int:
        """Seconds from half an hour to a good day, mostly short."""
        return int(1800 + 100_000 * chance.random() ** 2)


def _subject(piece: Piece, number: int, revision: int, decided: int) -> Subject:
    author = piece.author
    speaks = piece.author.language if piece.author.language in languages.INTERFACE else "en"
    return Subject(
        number, revision, piece.language, author.country, author.id, speaks, piece.by_id, piece.sent, decided
    )
