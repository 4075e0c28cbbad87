"""Undo: offered on whatever page follows a decision, for its ten seconds."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from community.accounts import access as accounts
from community.kit.numbers import BIGGEST
from community.moderation import access, actions, queries
from community.moderation.actions import undoing
from community.moderation.models import Decision
from community.moderation.processing import desk
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@dataclass(frozen=True)
class Undoable:
    """A decision that can still be taken back for ``seconds``."""

    decision: Decision
    words: LazyString
    seconds: int


@blueprint.post(f"/moderation/decisions/<int(max={BIGGEST}):decision_id>/undo")
def undo_decision(decision_id: int) -> Page:
    decision, contribution, revision = access.load_decision(decision_id)
    choice = scopes.chosen(accounts.require(Permission.REVIEW))
    actions.undo(decision, contribution, revision, by=accounts.me())
    flash(_("Undone. Everything is as it was, and nobody is told."))
    return redirect(url_for("moderation.review", revision_id=revision.id) + choice.query)


def just_decided() -> Undoable | None:
    """The decision that led to this page (``?decided=``), while its maker can take it back."""
    decision = next((queries.decision(n) for n in desk.numbers(request.args.get("decided", ""), 1)), None)
    return undoable(decision, is_undone=queries.is_undone(decision.id)) if decision else None


def undoable(decision: Decision, *, is_undone: bool) -> Undoable | None:
    """None when it is another's, too late, or undone."""
    seconds = desk.seconds_left(decision.created_at, undoing.WINDOW)
    is_own = decision.by_id == accounts.me().id and decision.outcome in desk.DONE
    if not seconds or not is_own or is_undone:
        return None
    return Undoable(decision, desk.DONE[decision.outcome], seconds)
