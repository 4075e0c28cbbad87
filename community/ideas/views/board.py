"""The curators' board: ideas by stage, what waits too long for an answer, one stage page by page."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app, render_template, request, url_for
from markupsafe import Markup

from community.accounts import access as accounts
from community.accounts.models import Account
from community.ideas import access
from community.ideas.models import Area
from community.ideas.processing import board as words
from community.ideas.processing.words import AREAS
from community.ideas.queries import board as queries
from community.ideas.queries.board import NOBODY, Card, Choice, Count, Named
from community.ideas.views.blueprint import Page, blueprint
from community.kit import clock, countries, frame, i18n
from community.kit.stencil import Stencil
from community.policy.permissions import Permission

FILTERS = ("area", "country", "curator")
KEPT = (*FILTERS, "stage", "due")
KEPT_CARDS = 2_000  # of about 1 kB


class Lane(NamedTuple):
    """A column of the board."""

    stage: Named
    ideas: int
    due: int
    cards: Sequence[Markup]


@blueprint.get("/curation")
def board() -> Page:
    """All stages; ``?stage=planned`` one of them, ``?due=1`` what waits too long, both page by page (``after``).

    It is kept for a minute at most, for what waits too long grows with the time, and as long as the pulse stands still.
    """
    me = accounts.require(Permission.CURATE)
    if not frame.is_plain(me):
        return _board(me)
    mine = me.id if request.args.get("curator") == "me" else None
    minute = clock.now().replace(second=0, microsecond=0)
    key = (request.full_path, mine, me.role, i18n.language(), minute)
    return access.load_page(key, lambda: Stencil(_board(me, **frame.gaps()))).fill(
        **frame.words(me, accounts.unread())
    )


def _board(me: Account, **instead: object) -> str:
    """``instead`` stands in place of what the templates would take from the reader."""
    stages, choice = queries.stages(i18n.language()), _choice(me.id)
    counts = queries.counts(choice, due_before=words.due_before())
    named = next((one for one in stages if one.slug == request.args.get("stage")), None)
    if named is not None or "due" in request.args:
        within = [named] if named else [one for one in stages if not one.is_end]
        return _list(within, choice, named, **instead)
    shown = [one for one in stages if one.is_used or one.id in counts]
    heads = queries.heads(shown, choice)
    lanes = [_lane(one, counts, heads.get(one.id, ())) for one in shown]
    overdue = sum(lane.due for lane in lanes) if choice == Choice() else None
    return render_template("ideas/board.html", lanes=lanes, **_head(overdue), **instead)


def drawn(cards: Sequence[Card], *, is_end: bool) -> list[Markup]:
    """Cards as they are kept: each depends on what it is drawn from alone."""
    due, spoken = words.due_before(), i18n.language()
    return [
        _drawn(card, words.heard(card), spoken, is_due=not is_end and card.answered_at < due)
        for card in cards
    ]


def _lane(stage: Named, counts: dict[int, Count], cards: Sequence[Card]) -> Lane:
    ideas, due = counts.get(stage.id, (0, 0))
    return Lane(stage, ideas, 0 if stage.is_end else due, drawn(cards, is_end=stage.is_end))


def _list(of: Sequence[Named], choice: Choice, stage: Named | None, **instead: object) -> str:
    page = queries.listing(of, choice, after=request.args.get("after"))
    return render_template(
        "ideas/board_list.html",
        stage=stage,
        cards=drawn(page.rows, is_end=stage is not None and stage.is_end),
        next_url=_again(page.next) if page.next else None,
        **_head(),
        **instead,
    )


def _again(after: str) -> str:
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if name in KEPT}
    return url_for("ideas.board", **asked, after=after)


def _head(overdue: int | None = None) -> dict[str, Any]:
    """What stands above every board: the filters, and how many ideas wait too long, whatever is chosen.

    ``overdue`` spares the question where it has been answered.
    """
    found = set(queries.countries())
    return {
        "asked": {name: request.args[name] for name in FILTERS if request.args.get(name)},
        "areas": AREAS,
        "countries": [one for one in countries.choices(i18n.language()) if one[0] in found],
        "overdue": queries.due_before(words.due_before()) if overdue is None else overdue,
    }


def _choice(account_id: int) -> Choice:
    """What the address asks for; what is no such thing is passed over."""
    asked = request.args.get("curator")
    area, country = request.args.get("area", ""), request.args.get("country", "")
    return Choice(
        area=Area(area) if area in set(Area) else None,
        country=country if countries.is_country(country) else "",
        curator_id={"me": account_id, "none": NOBODY}.get(asked or ""),
        due_before=words.due_before() if "due" in request.args else None,
    )


@lru_cache(maxsize=KEPT_CARDS)
def _drawn(card: Card, heard: str, spoken: str, *, is_due: bool) -> Markup:
    macro: Any = current_app.jinja_env.get_template("ideas/_board_card.html").module
    return Markup(macro.card(card, heard, spoken, is_due))  # noqa: S704 - drawn by a template
