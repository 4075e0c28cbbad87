"""The queue: what waits, for whom, and what must not be overlooked."""

from collections.abc import Sequence
from datetime import timedelta

from flask import current_app, render_template, url_for
from markupsafe import Markup

from community.accounts import access as accounts
from community.kit import clock
from community.moderation import queries
from community.moderation.processing import desk
from community.moderation.queries import Scope, Show, Waiting
from community.moderation.views import parts, undo
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import Page, blueprint
from community.moderation.views.scope import Choice
from community.policy import rules
from community.policy.permissions import Permission

blueprint.add_app_template_filter(desk.age, "age")
blueprint.add_app_template_filter(desk.found, "found")
blueprint.add_app_template_filter(desk.held, "held")
blueprint.add_app_template_filter(desk.remaining, "remaining")


@blueprint.get("/moderation")
def queue() -> Page:
    """What waits, oldest first: the moderator's languages and countries unless the address asks otherwise."""
    choice = scopes.chosen(accounts.require(Permission.REVIEW))
    page, now = queries.waiting(choice.scope, viewer_id=choice.viewer_id, after=choice.after), clock.now()
    return render_template(
        "moderation/queue.html",
        waiting=parts.lines(page.rows, choice, now),
        escalated=parts.lines(_escalated(choice), choice, now),
        choice=choice,
        head=_head(choice),
        now=now,
        decided=undo.just_decided(),
        next_url=url_for("moderation.queue") + choice.with_(after=page.next) if page.next else None,
    )


def _head(choice: Choice) -> Markup:
    rows = queries.in_languages(choice.scope, viewer_id=choice.viewer_id)
    longest = timedelta(hours=current_app.extensions["settings"].oldest_wait_hours)
    return parts.head(rows, desk.alarms(rows, queries.languages_read(), longest), choice)


def _escalated(choice: Choice) -> Sequence[Waiting]:
    """What was put before the admins, for an admin who opens the desk: it comes first."""
    if choice.asked or choice.after or not rules.can(accounts.person(), Permission.TAKE_ESCALATED):
        return ()
    return queries.waiting(Scope((), (), show=Show.ESCALATED), viewer_id=choice.viewer_id).rows
