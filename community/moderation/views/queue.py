"""The queue: what waits, for whom, and what must not be overlooked."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import current_app, render_template, url_for
from markupsafe import Markup

from community.accounts import access as accounts
from community.kit import clock, frame
from community.kit.stencil import Stencil, gap
from community.moderation import queries
from community.moderation.processing import desk
from community.moderation.queries import Scope, Show, Waiting
from community.moderation.views import parts, undo
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import Page, blueprint
from community.moderation.views.scope import Choice
from community.policy import rules
from community.policy.permissions import Permission, Role

blueprint.add_app_template_filter(desk.age, "age")
blueprint.add_app_template_filter(desk.found, "found")
blueprint.add_app_template_filter(desk.held, "held")
blueprint.add_app_template_filter(desk.remaining, "remaining")


@blueprint.get("/moderation")
def queue() -> Page:
    """What waits, oldest first: the moderator's languages and countries unless the address asks otherwise."""
    me = accounts.require(Permission.REVIEW)
    choice = scopes.chosen(me)
    page, now = queries.waiting(choice.scope, viewer_id=choice.viewer_id, after=choice.after), clock.now()
    shown = Shown(
        tuple(parts.lines(page.rows, choice, now)),
        tuple(parts.lines(_escalated(choice), choice, now)),
        _head(choice),
        choice.query,
        choice.with_(),
        url_for("moderation.queue") + choice.with_(after=page.next) if page.next else None,
        me.role,
    )
    decided = undo.just_decided()
    if decided or not frame.is_plain(me):
        return _drawn(shown, now=now.isoformat(), decided=decided, choice=choice)
    return parts.page(shown, lambda: _with_gaps(shown)).fill(
        now=now.isoformat(), **frame.words(me, accounts.unread())
    )


class Shown(NamedTuple):
    """All that the page shows but the frame; equal ones look the same to everybody of a role."""

    waiting: tuple[Markup, ...]
    escalated: tuple[Markup, ...]
    head: Markup
    query: str
    query_without_place: str
    next_url: str | None
    role: Role


def _drawn(shown: Shown, **more: object) -> str:
    return render_template("moderation/queue.html", **shown._asdict(), **more)


def _with_gaps(shown: Shown) -> Stencil:
    return Stencil(_drawn(shown, now=gap("now"), decided=None, **frame.gaps()))


def _head(choice: Choice) -> Markup:
    rows = queries.in_languages(choice.scope, viewer_id=choice.viewer_id)
    longest = timedelta(hours=current_app.extensions["settings"].oldest_wait_hours)
    return parts.head(rows, desk.alarms(rows, queries.languages_read(), longest), choice)


def _escalated(choice: Choice) -> Sequence[Waiting]:
    """What was put before the admins, for an admin who opens the desk: it comes first."""
    if choice.asked or choice.after or not rules.can(accounts.person(), Permission.TAKE_ESCALATED):
        return ()
    return queries.waiting(Scope((), (), show=Show.ESCALATED), viewer_id=choice.viewer_id).rows
