"""The least that is valid, made through the actions people's clicks reach."""

from itertools import count
from typing import Any, TypeVar

from community.accounts.actions import garage
from community.accounts.actions.garage import Car
from community.comments import actions as comments
from community.comments import queries as comment_queries
from community.comments.models import Comment
from community.contributions import actions as contributions
from community.contributions import queries
from community.contributions.actions import Wording, withdraw
from community.contributions.models import Contribution, Pictures, Revision, RevisionState, State
from community.moderation import actions as moderation
from community.moderation import queries as desk
from community.moderation.actions import Ruling
from community.moderation.models import RESTRICTIONS, Decision, Outcome
from community.stories import actions as stories
from community.stories import queries as story_queries
from community.stories.models import Story
from tests.cast import Cast, Person
from tests.helpers.site import Site

BODY = "We drove over the Hải Vân pass in the rain and the car hummed like my grandmother."
_numbers = count(1)
Thing = TypeVar("Thing")


def form_id() -> str:
    return f"form-{next(_numbers):08d}"


def wording(
    title: str = "Over the pass",
    body: str = BODY,
    *,
    language: str = "en",
    topic_id: int | None = 2,
    vehicle_id: int | None = None,
    pictures: Pictures = (),
) -> Wording:
    return Wording(title, body, language, topic_id, vehicle_id, pictures)


class Factory:
    """Each returns ids, because rows belong to the context that loaded them."""

    def __init__(self, site: Site, cast: Cast) -> None:
        self._site, self._cast = site, cast

    @property
    def cast(self) -> Cast:
        return self._cast

    def vehicle(self, by: Person | None = None, model: str = "Vireo", **said: Any) -> int:
        """In the author's garage; public, unless ``is_public`` is False."""
        car = Car(model=model, **{"is_public": True, **said})
        with self._site.writing():
            return garage.park(car, form_id=form_id(), by=(by or self._cast.lan).account()).id

    def draft_story(self, by: Person | None = None, text: Wording | None = None) -> int:
        author = by or self._cast.lan
        with self._site.writing():
            return stories.keep_new(form_id(), text or wording(), sequence=1, by=author.account()).id

    def waiting_story(self, by: Person | None = None, text: Wording | None = None) -> int:
        author = by or self._cast.lan
        with self._site.writing():
            number = form_id()
            told = stories.submit_new(number, text or wording(), sequence=1, by=author.account())
            if told.state is State.DRAFT:
                # The checks had something to say, once; most texts of the tests are the same one.
                told = stories.submit_new(number, text or wording(), sequence=2, by=author.account())
            return told.id

    def live_story(self, by: Person | None = None, text: Wording | None = None) -> int:
        number = self.waiting_story(by, text)
        self.decide(number)
        return number

    def hidden_story(self, by: Person | None = None) -> int:
        number = self.live_story(by)
        self.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
        return number

    def refused_story(self, by: Person | None = None) -> int:
        number = self.waiting_story(by)
        self.decide(number, Outcome.REFUSE)
        return number

    def returned_story(self, by: Person | None = None) -> int:
        number = self.waiting_story(by)
        self.decide(number, Outcome.RETURN)
        return number

    def withdrawn_story(self, by: Person | None = None) -> int:
        number = self.live_story(by)
        with self._site.writing():
            withdraw(contribution(number), by=(by or self._cast.lan).account())
        return number

    def edit_waiting(self, number: int, text: Wording, by: Person | None = None) -> None:
        """The author edits; the new revision waits."""
        with self._site.writing():
            author = (by or self._cast.lan).account()
            stories.submit(story(number), text, sequence=99, by=author)
            if queries.told_draft(number):
                stories.submit(story(number), text, sequence=100, by=author)

    def comment(
        self,
        on: int,
        by: Person | None = None,
        body: str = "I know this road.",
        *,
        parent: int | None = None,
        language: str = "en",
        is_trusted: bool = True,
    ) -> int:
        """Live at once, as a trusted member's is, unless ``is_trusted`` is False."""
        with self._site.writing():
            author = (by or self._cast.member).account()
            said = comments.answer(
                contribution(on), Wording("", body, language), form_id=form_id(), parent_id=parent, by=author
            )
            if said.state is State.DRAFT:
                contributions.submit(said, by=author)
            if is_trusted and not said.is_public:
                contributions.publish(
                    said,
                    revision(said.id, RevisionState.WAITING),
                    by=author,
                    version=said.version,
                    cause="trusted",
                )
            return said.id

    def trusted(self, person: Person) -> Person:
        """Enough of theirs is live for their answers to be live at once."""
        for _ in range(queries.TRUSTED_AFTER):
            self.live_story(person)
        return person

    def decide(
        self,
        number: int,
        outcome: Outcome = Outcome.APPROVE,
        *,
        by: Person | None = None,
        on: RevisionState = RevisionState.WAITING,
        explanation: str = "Please look at the second paragraph again.",
    ) -> int:
        """A decision on the one revision in this state; its number."""
        with self._site.writing():
            thing = contribution(number)
            return moderation.decide(
                thing,
                revision(number, on),
                ruling(outcome, thing, revision(number, on), explanation),
                by=(by or self._cast.moderator).account(),
            ).id


def ruling(
    outcome: Outcome, thing: Contribution, text: Revision, explanation: str = "Please look again."
) -> Ruling:
    is_restriction = outcome in RESTRICTIONS
    return Ruling(
        outcome=outcome,
        ground="1.2" if is_restriction else None,
        explanation="" if outcome in (Outcome.APPROVE, Outcome.RESTORE) else explanation,
        revision_number=text.number,
        version=thing.version,
    )


def contribution(number: int) -> Contribution:
    return _found(queries.contribution(number))


def story(number: int) -> Story:
    return _found(story_queries.story(number))


def comment(number: int) -> Comment:
    return _found(comment_queries.comment(number))


def revision(number: int, state: RevisionState) -> Revision:
    return _found(queries.revision_in(number, state))


def decision(number: int) -> Decision:
    return _found(desk.decision(number))


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise AssertionError("it is not there")
    return thing
