"""What stands beside the words of an idea under review: its two halves, what it is about, the paragraphs it quotes."""

from dataclasses import dataclass

from markupsafe import Markup

from community.contributions.models import Revision
from community.contributions.processing import comparing
from community.contributions.processing.comparing import Concerned
from community.ideas import queries as ideas
from community.ideas.processing import halves
from community.ideas.queries.records import Quoted


@dataclass(frozen=True)
class Begun:
    """``quotes`` are all of them: a moderator reads them before their authors are asked."""

    missing: Markup
    better: Markup
    concerned: list[Concerned]
    changes: list[Concerned]
    quotes: list[Quoted]


def begun(revision: Revision, live: Revision | None) -> Begun:
    """``changes`` are against the ``live`` one, where it is an edit of it."""
    missing, better = halves.split_html(revision.html)
    return Begun(
        Markup(missing),  # noqa: S704 - of ``kit/markup``
        Markup(better),  # noqa: S704
        comparing.named(revision.concerns),
        comparing.concerns(live, revision) if live else [],
        ideas.quotes(revision.contribution_id),
    )
