"""An idea as its page shows it: the two halves, what it came from, the way it went, who stands behind it, what is said.

Everything but the words is gathered here, so that the page asks as often for five thousand supporters as for none.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from community.accounts import access as accounts
from community.comments import processing as threads
from community.comments import queries as comments
from community.contributions.models import Edition, Revision
from community.contributions.processing import telling as tellings
from community.contributions.processing.telling import Telling
from community.ideas import queries
from community.ideas.models import Idea, Meaning, Step
from community.ideas.processing import halves
from community.ideas.queries import Sums, Way
from community.ideas.queries.board import Named
from community.ideas.queries.records import Quoted
from community.kit import i18n
from community.policy.people import Person

NOBODY: frozenset[int] = frozenset()
SHOWN_COUNTRIES = 12
"""Of those supporters are from; the rest are one click away."""


class Station(NamedTuple):
    """A stage on the way of one idea: ``reached`` when it came there last, None where it has not been."""

    stage: Named
    reached: datetime | None
    is_here: bool


@dataclass(frozen=True)
class Reading:
    """``others`` were put together with it, or it with them; ``writers`` are those of the conversation.

    ``is_alike`` says whether every member who has no part in it sees it so, but for what they ``reacted`` to and
    whether they follow it.
    """

    idea: Idea
    telling: Telling
    missing: Markup
    better: Markup
    stations: list[Station]
    steps: Sequence[Step]
    stages: dict[int, Named]
    quotes: list[Quoted]
    sums: Sums
    others: list[Idea]
    rows: Markup
    writers: Set[int]
    ids: list[int]
    reacted: Set[int]
    is_followed: bool
    next: str | None
    is_alike: bool = False

    def has_part_of(self, account_id: int) -> bool:
        """Whether this member wrote it or something under it, so that it looks another way for them."""
        return account_id == self.idea.author_id or account_id in self.writers

    @property
    def duplicates(self) -> list[Idea]:
        return [other for other in self.others if other.merged_into_id == self.idea.id]

    @property
    def original(self) -> Idea | None:
        return next((other for other in self.others if other.id == self.idea.merged_into_id), None)

    @property
    def text(self) -> Revision | Edition | None:
        """What is shown of it: title, excerpt, language."""
        return self.telling.edition or self.idea.live_revision

    @property
    def first_countries(self) -> list[tuple[str, int]]:
        return list(self.sums.countries.items())[:SHOWN_COUNTRIES]

    @property
    def other_countries(self) -> list[tuple[str, int]]:
        return list(self.sums.countries.items())[SHOWN_COUNTRIES:]


def read(
    idea: Idea, telling: Telling, *, reader: Person | None, may_answer: bool, after: str | None
) -> Reading:
    """Of one that readers see; to ``reader``, or to nobody in particular, as all see it who have no part in it.

    Raises NotFound for a cursor that was not made here.
    """
    viewer_id = reader.id if reader else None
    page = comments.thread(idea.id, viewer_id=viewer_id, after=after)
    blocked, unseen = (reader.blocks, accounts.unseen()) if reader else (NOBODY, NOBODY)
    apart = blocked | unseen
    shown = threads.arrange(page.rows, is_last_page=page.next is None, blocked=blocked, unseen=unseen)
    ids = [idea.id, *(one.line.id for one in shown)]
    part = comments.part_of(viewer_id, idea.id, ids) if viewer_id else comments.NO_PART
    missing, better = halves.split_html(_html(idea, telling))
    way = queries.way(idea.id, i18n.language())
    others = queries.put_together(idea)
    return Reading(
        idea=idea,
        telling=telling,
        missing=Markup(missing),  # noqa: S704 - of ``kit/markup``
        better=Markup(better),  # noqa: S704
        stations=stations(idea, way),
        steps=way.steps,
        stages={stage.id: stage for stage in way.stages},
        quotes=[one for one in queries.quotes(idea.id) if one.account_id not in apart],
        sums=queries.sums(idea.id),
        others=[other for other in others if other.author_id not in apart],
        rows=threads.draw(shown, on=idea, viewer_id=viewer_id, may_answer=may_answer, reacted=part.reacted),
        writers=frozenset(one.line.author_id for one in shown),
        ids=ids,
        reacted=part.reacted,
        is_followed=part.is_following,
        next=page.next,
    )


def _html(idea: Idea, telling: Telling) -> str:
    drawn = telling.edition or idea.live_revision
    return tellings.noted(drawn.html, telling.edition) if drawn else ""


def stations(idea: Idea, way: Way) -> list[Station]:
    """The stages in their order; the end that nobody hopes for stands there only once it was reached."""
    reached = {step.to_id: step.created_at for step in reversed(way.steps)}
    first = next((step.from_id for step in reversed(way.steps)), idea.stage_id)
    reached.setdefault(first, idea.published_at or idea.created_at)
    return [
        Station(stage, reached.get(stage.id), stage.id == idea.stage_id)
        for stage in way.stages
        if stage.id in reached or (stage.is_used and stage.meaning is not Meaning.DECLINED)
    ]
