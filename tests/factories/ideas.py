"""Ideas as tests need them, made through the actions people's clicks reach."""

from collections.abc import Sequence

from community.contributions import queries as contributions
from community.contributions.actions import Wording, give, submit
from community.contributions.models import Concern, Purpose, RevisionState
from community.contributions.models.concern import AREA, COUNTRY, MODEL
from community.ideas import actions, queries
from community.ideas.actions import Said
from community.ideas.models import Area, Idea, Stage
from community.ideas.processing import halves
from community.ideas.processing.paragraphs import paragraphs
from tests.cast import Person
from tests.factories.contributions import Factory, form_id
from tests.helpers.site import Site

MISSING = "There is no hook for a grocery bag on the passenger's side."
BETTER = "A small folding hook, as old taxis have it, would hold one."
SAID = Said(answer="We are looking into it.", function="Interior design", language="en")
DECLINED = Said(answer="Not with this platform.", function="Interior design", language="en", reason="No room")
SHIPPED = Said(
    answer="It is there.",
    function="Interior design",
    language="en",
    shipped_models="Vireo",
    shipped_countries="Vietnam",
    shipped_version="2026.4",
)


def idea_text(
    title: str = "A hook for the bag",
    missing: str = MISSING,
    better: str = BETTER,
    *,
    language: str = "en",
    area: Area = Area.DESIGN,
    countries: Sequence[str] = (),
    models: Sequence[int] = (),
) -> Wording:
    concerns = (
        Concern(AREA, area.value),
        *(Concern(COUNTRY, code) for code in countries),
        *(Concern(MODEL, str(number)) for number in models),
    )
    return Wording(title, halves.join(missing, better), language, concerns=concerns)


def idea(number: int) -> Idea:
    """In the present context."""
    found = queries.idea(number)
    if found is None:
        raise AssertionError(f"there is no idea {number}")
    return found


def stage(slug: str) -> Stage:
    found = queries.stage(slug)
    if found is None:
        raise AssertionError(f"there is no stage {slug}")
    return found


class Ideas:
    """Each returns ids, because rows belong to the context that loaded them."""

    def __init__(self, site: Site, make: Factory) -> None:
        self._site, self._make = site, make

    def draft(self, by: Person, text: Wording | None = None) -> int:
        with self._site.writing():
            return actions.keep_new(form_id(), text or idea_text(), by=by.account()).id

    def waiting(self, by: Person, text: Wording | None = None) -> int:
        number = self.draft(by, text)
        with self._site.writing():
            actions.submit(idea(number), text or idea_text(), sequence=None, by=by.account())
            if contributions.told_draft(number):
                submit(idea(number), by=by.account())
        return number

    def live(self, by: Person, text: Wording | None = None) -> int:
        number = self.waiting(by, text)
        self._make.decide(number)
        return number

    def quote(self, number: int, story: int, *, place: int = 0, agreed: bool = True) -> int:
        """A paragraph of a live story; its author agreed to be quoted, unless ``agreed`` is False. Its number."""
        with self._site.writing():
            told = contributions.contribution(story)
            text = contributions.revision_in(story, RevisionState.LIVE)
            if told is None or text is None:
                raise AssertionError(f"story {story} is not live")
            actions.begin_with(idea(number), told, text, paragraphs(text)[place])
            if agreed:
                give(story, Purpose.QUOTE)
            return max(one.id for one in queries.quotes(number))

    def support(self, number: int, by: Person, **said: int) -> None:
        with self._site.writing():
            actions.support(idea(number), by=by.account(), **said)

    def move(self, number: int, to: str, said: Said = SAID, *, by: Person) -> int:
        with self._site.writing():
            found = idea(number)
            step = actions.move(found, stage(to), said, on=found.moves, form_id=form_id(), by=by.account())
            return step.id

    def merge(self, duplicate: int, original: int, *, by: Person) -> int:
        with self._site.writing():
            return actions.merge(idea(duplicate), idea(original), why="The same.", by=by.account()).id

    def part(self, merge: int, *, by: Person) -> None:
        with self._site.writing():
            found = queries.merge(merge)
            if found is None:
                raise AssertionError(f"there is no merge {merge}")
            actions.part(found, by=by.account())
