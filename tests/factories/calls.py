"""Calls and spotlights as tests need them, made through the actions people's clicks reach."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from community.calls import actions, queries
from community.calls.actions import Draft, Said
from community.calls.models import Call
from community.contributions import queries as contributions
from community.contributions.actions import Wording
from community.contributions.models import Answer
from community.gatherings import actions as gatherings
from community.gatherings import queries as gathering_queries
from community.gatherings.models import Spotlight
from community.kit import clock
from community.stories import actions as stories
from tests.cast import Person
from tests.factories.contributions import Factory, form_id, story, wording
from tests.helpers.site import Site

QUESTIONS = ("Where was it?", "Who was with you?")
ANSWERS = ("On the coast.", "My sister.")
SAID = Said("Roads by the sea", "Tell us about a road by the sea.", "We may print it.", QUESTIONS)


def call_draft(said: Said = SAID, *, first: int = 0, last: int = 7, **more: Any) -> Draft:
    """From so many days after today to so many."""
    today = clock.now().date()
    days = {"first_day": today + timedelta(first), "last_day": today + timedelta(last)}
    return Draft(**{"said": said, "language": "en", **days, **more})


def answering(call_id: int | None, text: Wording | None = None, answers: Sequence[str] = ANSWERS) -> Wording:
    given = tuple(Answer(number, words) for number, words in enumerate(answers, 1)) if call_id else ()
    return replace(text or wording(), call_id=call_id, answers=given)


def call(number: int) -> Call:
    """In the present context."""
    found = queries.call(number)
    if found is None:
        raise AssertionError(f"there is no call {number}")
    return found


def spotlight(number: int) -> Spotlight:
    """In the present context."""
    found = gathering_queries.spotlight(number)
    if found is None:
        raise AssertionError(f"there is no spotlight {number}")
    return found


class Calls:
    """Each returns ids, because rows belong to the context that loaded them."""

    def __init__(self, site: Site, make: Factory) -> None:
        self._site, self._make = site, make
        self.curator = make.cast.curator

    def draft(self, said: Draft | None = None) -> int:
        with self._site.writing():
            return actions.begin(form_id(), said or call_draft(), by=self.curator.account()).id

    def opened(self, said: Draft | None = None) -> int:
        number = self.draft(said)
        with self._site.writing():
            actions.open_call(call(number), on=call(number).version)
        return number

    def waiting(self, call_id: int | None, by: Person, text: Wording | None = None) -> int:
        """A story that answers it, sent."""
        said = answering(call_id, text)
        with self._site.writing():
            number, author = form_id(), by.account()
            told = stories.submit_new(number, said, sequence=1, by=author, accepts=True)
            if contributions.told_draft(told.id):
                stories.submit(story(told.id), said, sequence=2, by=author, accepts=True)
            return told.id

    def live(self, call_id: int | None, by: Person, text: Wording | None = None) -> int:
        number = self.waiting(call_id, by, text)
        self._make.decide(number)
        return number

    def spotlight(
        self,
        chosen: Sequence[int],
        *,
        title: str = "Three roads",
        first: int = 0,
        last: int = 7,
        published: bool = True,
    ) -> int:
        today = clock.now().date()
        days = today + timedelta(first), today + timedelta(last)
        draft = gatherings.Draft(title, "Three **roads**.", "en", *days, chosen)
        with self._site.writing():
            made = gatherings.begin(form_id(), draft, by=self.curator.account())
            if published:
                gatherings.publish(made, on=made.version)
            return made.id
