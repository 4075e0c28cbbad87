"""Writing down ideas in bulk, with the votes, steps and totals their actions would have made.

One is measured: as many as MEASURED_SUPPORTERS stand behind it, or everybody there is.
"""

import json
from collections import Counter
from datetime import timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy import select

from community.cli.demo import texts
from community.cli.demo.desk import Desk, Subject
from community.cli.demo.moments import DAY, stamp
from community.cli.demo.population import Person, Population
from community.cli.demo.store import Store
from community.contributions.models.concern import AREA, COUNTRY, MODEL
from community.ideas.actions.voting import FRESH
from community.ideas.models import Area, Meaning, Stage, Sum
from community.kit import languages, markup
from community.kit.terms import terms

MEASURED, MEASURED_SUPPORTERS = "idea", 5_000
MOST_SUPPORTERS = 200
STRIDE = 6_007  # from one supporter to the next; prime, so that few sizes meet it
MOST_TERMS = 120
ANSWER = "We have read this, and everything under it. Here is how far we are."
FUNCTION = "Curator, owners’ ideas"
NEEDED = {
    Meaning.DECLINED: ("It would make the car heavier.", "", "", ""),
    Meaning.SHIPPED: ("", "Aru", "Everywhere", "26.1"),
}


class Thought(NamedTuple):
    """One on its way; moments in seconds of the epoch."""

    number: int
    revision: int
    author: Person
    language: str
    sent: int
    live: int


class Thinker:
    """``measured`` is the number of the first idea, which is the measured one; None while there is none."""

    def __init__(self, store: Store, people: Population, desk: Desk, *, seed: int, now: int) -> None:
        self.measured: int | None = None
        self._store, self._people, self._desk, self._now = store, people, desk, now
        self._chance = Random(seed + 2)  # noqa: S311 - repeatable on purpose
        self._shelves = {code: texts.halves_in(code, seed) for code in texts.languages()}
        self._stages = list(
            store.connection.execute(select(Stage.id, Stage.meaning).order_by(Stage.position))
        )
        self._answer = markup.render(ANSWER)

    def tell(self, live: int) -> None:
        chance, store = self._chance, self._store
        author = chance.choice(self._people.members)
        it = Thought(
            store.number("contribution"), store.number("revision"), author, author.language, live - DAY, live
        )
        if self.measured is None:
            self.measured = it.number
            supporters = min(MEASURED_SUPPORTERS, len(self._people.members) - 1)
        else:
            supporters = min(
                MOST_SUPPORTERS, len(self._people.members) - 1, int(3 * chance.paretovariate(1.1)) - 3
            )
        area = chance.choice(list(Area))
        self._write(it, area)
        stage, meaning = chance.choices(self._stages, [8, 4, 2, 2, 1, 2][: len(self._stages)])[0]
        answered = live if meaning is Meaning.OPEN else live + int((self._now - live) * chance.random())
        breadth, fresh = self._support(it, supporters)
        store.add(
            "idea", it.number, area.value, stage, int(answered != live), stamp(live), stamp(answered),
            supporters, breadth, fresh,
        )  # fmt: skip
        if answered != live:
            self._step(it, stage, meaning, answered)
        self._desk.approve(self._subject(it))

    def _write(self, it: Thought, area: Area) -> None:
        store, author, shelf = self._store, it.author, self._shelves[it.language]
        title, text = self._chance.choice(shelf.titles), self._chance.choice(shelf.stories)
        sent, live = stamp(it.sent), stamp(it.live)
        model = str(author.model_id) if author.model_id else ""
        concerns = [[AREA, area.value], [COUNTRY, author.country], *([[MODEL, model]] if model else [])]
        store.add(
            "contribution", it.number, "idea", author.id, f"bulk-{it.number}", "live", 3, it.revision,
            author.country, it.language, None, sent, live, live, None, 0, 0,
        )  # fmt: skip
        store.add(
            "revision", it.revision, it.number, 1, "live", title, text.body, text.html, text.excerpt, text.minutes,
            it.language, None, None, "", text.fingerprint, "everybody", "", None, 1,
            json.dumps(concerns), sent, sent, sent, live,
        )  # fmt: skip
        by = self._people.moderators[it.language]
        store.add("move", it.number, it.revision, author.id, author.id, "draft", "waiting", "submit", sent)
        store.add("move", it.number, it.revision, author.id, by, "waiting", "live", "approve", live)
        store.add("idea_concern", it.number, Sum.COUNTRY.value, author.country, live)
        if model:
            store.add("idea_concern", it.number, Sum.MODEL.value, model, live)
        words = f"{title}\n{markup.plain(text.html)}"
        for term in list(dict.fromkeys(terms(words)))[:MOST_TERMS]:
            store.add("idea_term", term, it.number)

    def _support(self, it: Thought, supporters: int) -> tuple[int, int]:
        """From how many countries, and from how many of them lately."""
        members, fresh_since = self._people.members, self._now - int(FRESH / timedelta(seconds=1))
        others = [(it.number + nth * STRIDE) % len(members) for nth in range(supporters + 1)]
        chosen = [members[n] for n in dict.fromkeys(others) if members[n].id != it.author.id][:supporters]
        sums: Counter[tuple[Sum, str]] = Counter()
        fresh: set[str] = set()
        for nth, member in enumerate(chosen):
            moment = it.live + (self._now - it.live) * nth // (supporters or 1)
            self._store.add("vote", it.number, member.id, member.country, member.model_id, stamp(moment))
            sums[Sum.COUNTRY, member.country] += 1
            if member.model_id:
                sums[Sum.MODEL, str(member.model_id)] += 1
            if moment >= fresh_since:
                fresh.add(member.country)
        for (kind, value), votes in sums.items():
            self._store.add("idea_tally", it.number, kind.value, value, votes)
        return sum(kind is Sum.COUNTRY for kind, _value in sums), len(fresh)

    def _step(self, it: Thought, stage: int, meaning: Meaning, answered: int) -> None:
        first = self._stages[0][0]
        self._store.add(
            "step", it.number, 1, f"bulk-{it.number}", first, stage, self._people.bench_curator, FUNCTION, ANSWER,
            self._answer, "en", *NEEDED.get(meaning, ("", "", "", "")), stamp(answered),
        )  # fmt: skip

    def _subject(self, it: Thought) -> Subject:
        author, by = it.author, self._people.moderators[it.language]
        speaks = author.language if author.language in languages.INTERFACE else "en"
        return Subject(
            it.number,
            it.revision,
            it.language,
            author.country,
            author.id,
            speaks,
            by,
            it.sent,
            it.live,
            "idea",
        )
