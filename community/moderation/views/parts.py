"""Parts of the desk's pages that come again unchanged: each is drawn once for whatever it is drawn from, and kept.

What is kept depends on its key alone, so nothing of it grows old; who asks never is part of it.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from community.kit import i18n, keeping
from community.kit.stencil import Stencil
from community.moderation.processing import desk
from community.moderation.processing.desk import Alarm
from community.moderation.queries import InLanguage, Scope, Waiting
from community.moderation.views.blueprint import blueprint
from community.moderation.views.scope import Choice

KEPT_LINES = 2_000  # of about 1.5 kB
KEPT_HEADS = 100
KEPT_PAGES = 20  # of about 45 kB


def lines(rows: Iterable[Waiting], choice: Choice, now: datetime) -> list[Markup]:
    """Lines of the queue, each with its age, and with who holds it at ``now``."""
    spoken, query = i18n.language(), choice.query
    return [_line(row, desk.age(row.opened_at), _held(row, choice, now), query, spoken) for row in rows]


def head(rows: Sequence[InLanguage], alarms: Sequence[Alarm], choice: Choice) -> Markup:
    """What waits by language, the filters, the alarms."""
    return _head(tuple(rows), tuple(alarms), choice.scope, tuple(choice.asked.items()), i18n.language())


def page(key: Hashable, draw: Callable[[], Stencil]) -> Stencil:
    """A page of the desk with gaps for what is its reader's own; ``key`` holds all the rest that it shows."""
    return keeping.kept("desk pages", (key, i18n.language()), draw, most=KEPT_PAGES)


@blueprint.app_template_global("desk_keys")
def keys() -> Markup:
    """The list of keys, and the switch that turns them off."""
    return _keys(i18n.language())


def _held(row: Waiting, choice: Choice, now: datetime) -> str:
    is_held = (
        row.claimed_until is not None and row.claimed_until > now and row.claimed_by_id != choice.viewer_id
    )
    return desk.held(row.claimed_by or "", row.claimed_until) if is_held else ""


@lru_cache(maxsize=KEPT_LINES)
def _line(row: Waiting, age: str, held: str, query: str, spoken: str) -> Markup:
    return _macro("moderation/_row.html", "line")(row, age, held, query, spoken)


@lru_cache(maxsize=KEPT_HEADS)
def _head(
    rows: tuple[InLanguage, ...],
    alarms: tuple[Alarm, ...],
    scope: Scope,
    asked: tuple[tuple[str, str], ...],
    _spoken: str,
) -> Markup:
    return _macro("moderation/_counts.html", "head")(desk.overview(rows, scope), alarms, scope, dict(asked))


@lru_cache
def _keys(_spoken: str) -> Markup:
    return _macro("moderation/_keys.html", "keys")()


def _macro(template: str, name: str) -> Callable[..., Markup]:
    found: Callable[..., Markup] = getattr(current_app.jinja_env.get_template(template).module, name)
    return found
