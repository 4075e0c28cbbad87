"""A thread made ready to be shown: what is gone leaves a quiet placeholder where answers stand on it, else nothing."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from community.comments.models import DEEPEST
from community.comments.queries import SHOWN_DEPTH, Line
from community.contributions.models import Contribution, State


@dataclass(frozen=True, slots=True)
class Shown:
    """``level`` is the indentation, 0 to 3; ``continues`` says that answers go on, on the comment's own page.

    ``is_blocked``: by the reader, whom a quiet line tells so; ``is_unseen``: by who wrote it, who blocked the reader.
    """

    line: Line
    level: int
    is_gone: bool
    is_waiting: bool
    is_draft: bool
    continues: bool
    may_be_answered: bool
    is_blocked: bool = False
    is_unseen: bool = False


def arrange(
    lines: Sequence[Line],
    *,
    base_depth: int = 0,
    is_last_page: bool = True,
    blocked: Set[int] = frozenset(),
    unseen: Set[int] = frozenset(),
) -> list[Shown]:
    """The lines to show, in their order, to somebody who ``blocked`` some and for whom others are ``unseen``."""
    shown: list[Shown] = []
    next_depth, next_kept_depth = -1 if is_last_page else DEEPEST, -1
    for line in reversed(lines):
        level = line.depth - base_depth
        has_answers = next_kept_depth > line.depth or (next_depth == DEEPEST and not shown)
        if level >= SHOWN_DEPTH:
            next_kept_depth = line.depth if line.state is State.LIVE else next_kept_depth
            continue
        is_unseen = line.author_id in unseen
        is_gone = is_unseen or line.state in (State.HIDDEN, State.WITHDRAWN, State.ERASED, State.REFUSED)
        if is_gone and not has_answers:
            continue
        shown.append(
            Shown(
                line=line,
                level=max(level, 0),
                is_gone=is_gone,
                is_waiting=line.state in (State.WAITING, State.DRAFT),
                is_draft=line.state is State.DRAFT,
                continues=level == SHOWN_DEPTH - 1 and next_kept_depth > line.depth,
                may_be_answered=line.state is State.LIVE,
                is_blocked=line.author_id in blocked and not is_gone,
                is_unseen=is_unseen,
            )
        )
        next_kept_depth = line.depth
    shown.reverse()
    return shown


def draw(
    shown: Sequence[Shown], *, on: Contribution, viewer_id: int | None, may_answer: bool, reacted: Set[int]
) -> Markup:
    """The lines as markup."""
    drawn = render_template(
        "comments/_rows.html", comments=shown, on=on, me=viewer_id, may_answer=may_answer, reacted=reacted
    )
    return Markup(drawn.strip())  # noqa: S704 - a template's own output


def mark(rows: Markup, reacted: Iterable[int]) -> Markup:
    """Lines drawn for everybody, with the buttons pressed that this reader pressed."""
    for number in reacted:
        button = f'formaction="/contributions/{number}/reactions" name="on" '
        rows = rows.replace(
            Markup(f'{button}value="1" aria-pressed="false"'),  # noqa: S704 - a number and our own words
            Markup(f'{button}value="0" aria-pressed="true"'),  # noqa: S704
        )
    return rows
