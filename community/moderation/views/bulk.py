"""Bulk: many items, one outcome, one ground; then a report of what was done and what was left out, and why."""

from dataclasses import dataclass

from flask import jsonify, redirect, render_template, request, url_for

from community.accounts import access as accounts
from community.moderation import forms, queries
from community.moderation.actions import bulk
from community.moderation.actions.bulk import MOST, Swept, Why
from community.moderation.models import Decision
from community.moderation.processing import desk
from community.moderation.queries import chosen
from community.moderation.queries.chosen import Brief
from community.moderation.views import around, undo
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import Page, blueprint
from community.moderation.views.undo import Undoable
from community.policy.permissions import Permission


@dataclass(frozen=True)
class Done:
    """An item that was decided on, and how it can be taken back, while it can."""

    brief: Brief
    decision: Decision
    undoable: Undoable | None


@blueprint.post("/moderation/bulk")
def decide_bulk() -> Page:
    """What the queue chose; where the outcome needs a ground, first the page that asks for it."""
    by, form = accounts.require(Permission.REVIEW), forms.BulkForm().offer(queries.clauses_in_force())
    briefs = chosen.briefs([one.revision_id for one in form.chosen.data])
    templates = queries.templates(desk.language_of(brief.ui_language for brief in briefs.values()))
    if form.fill_in(templates) or (form.needs_words and form.validate()):
        return _ask(form, briefs, templates)
    swept = form.attempt(lambda: bulk.decide_each(form.chosen.data, form.ruling(), by_id=by.id))
    return _ask(form, briefs, templates) if swept is None else _told(swept)


@blueprint.get("/moderation/bulk")
def bulk_report() -> Page:
    """What was done (``?done=`` decisions) and what was left out (``?left=`` revisions, each with why)."""
    by = accounts.require(Permission.REVIEW)
    left = _left(request.args.get("left", ""))
    decisions = chosen.decisions_by(by.id, desk.numbers(request.args.get("done", ""), MOST))
    undone = chosen.undone_among([decision.id for decision in decisions])
    briefs = chosen.briefs([*(one.revision_id for one in decisions), *left])
    return render_template(
        "moderation/bulk_report.html",
        done=[
            Done(briefs[one.revision_id], one, undo.undoable(one, is_undone=one.id in undone))
            for one in decisions
        ],
        left=[(briefs[number], bulk.WORDS[why]) for number, why in left.items() if number in briefs],
        choice=scopes.chosen(by),
    )


def _told(swept: Swept) -> Page:
    """The report's address, or for the page that sends a few at a time what it is made of."""
    done, left = ",".join(map(str, swept.done)), ",".join(f"{number}-{why}" for number, why in swept.left)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(done=done, left=left)
    query = scopes.chosen(accounts.require(Permission.REVIEW)).with_(done=done, left=left)
    return redirect(url_for("moderation.bulk_report") + query)


def _ask(form: forms.BulkForm, briefs: dict[int, Brief], templates: dict[str, str]) -> Page:
    page = render_template(
        "moderation/bulk.html",
        form=form,
        chosen=form.chosen.data,
        briefs=briefs,
        grounds=around.Grounds(list(bulk.OUTCOMES), queries.clauses_in_force(), templates),
        query=scopes.chosen(accounts.require(Permission.REVIEW)).query,
    )
    return page, form.status


def _left(given: str) -> dict[int, Why]:
    """``7-stale,9-own``; what is unknown is passed over."""
    pairs = (one.partition("-") for one in given.split(",")[:MOST])
    return {int(number): Why(why) for number, _, why in pairs if number.isdecimal() and why in set(Why)}
