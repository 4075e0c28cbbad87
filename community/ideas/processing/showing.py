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
from community.ideas import queries
from community.ideas.models import Idea, Meaning, Step
from community.ideas.processing import halves
from community.ideas.queries import Sums, Way
from community.ideas.queries.board import Named
from community.ideas.queries.records import Quoted
from community.kit import i18n

SHOWN_COUNTRIES = 12
"""Of those supporters are from; the rest are one click away."""


class Station(NamedTuple):
    """A stage on the way of one idea: ``reached`` when it came there last, None where it has not been."""

    stage: Named
    reached: datetime | None
    is_here: bool


@dataclass(frozen=True)
class Reading:
    missing: Markup
    better: Markup
    stations: list[Station]
    steps: Sequence[Step]
    stages: dict[int, Named]
    quotes: list[Quoted]
    sums: Sums
    duplicates: list[Idea]
    original: Idea | None
    rows: Markup
    reacted: Set[int]
    is_followed: bool
    next: str | None

    @property
    def first_countries(self) -> list[tuple[str, int]]:
        return list(self.sums.countries.items())[:SHOWN_COUNTRIES]

    @property
    def other_countries(self) -> list[tuple[str, int]]:
        return list(self.sums.countries.items())[SHOWN_COUNTRIES:]


def read(idea: Idea, *, viewer_id: int | None, may_answer: bool, after: str | None) -> Reading:
    """Of one that readers see. Raises NotFound for a cursor that was not made here."""
    page = comments.thread(idea.id, viewer_id=viewer_id, after=after)
    blocked, unseen = accounts.person().blocks, accounts.unseen()
    shown = threads.arrange(page.rows, is_last_page=page.next is None, blocked=blocked, unseen=unseen)
    ids = [idea.id, *(one.line.id for one in shown)]
    part = comments.part_of(viewer_id, idea.id, ids) if viewer_id else comments.NO_PART
    html = idea.live_revision.html if idea.live_revision else ""
    missing, better = halves.split_html(html)
    way = queries.way(idea.id, i18n.language())
    others = queries.put_together(idea)
    return Reading(
        missing=Markup(missing),  # noqa: S704 - of ``kit/markup``
        better=Markup(better),  # noqa: S704
        stations=stations(idea, way),
        steps=way.steps,
        stages={stage.id: stage for stage in way.stages},
        quotes=[one for one in queries.quotes(idea.id) if one.account_id not in unseen],
        sums=queries.sums(idea.id),
        duplicates=[other for other in others if other.merged_into_id == idea.id],
        original=next((other for other in others if other.id == idea.merged_into_id), None),
        rows=threads.draw(shown, on=idea, viewer_id=viewer_id, may_answer=may_answer, reacted=part.reacted),
        reacted=part.reacted,
        is_followed=part.is_following,
        next=page.next,
    )


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
