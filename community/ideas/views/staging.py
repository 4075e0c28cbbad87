"""The table of stages, for admins."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.ideas import actions, queries
from community.ideas.forms.staging import AddForm, StagesForm
from community.ideas.processing.board import MEANINGS
from community.ideas.views.blueprint import Page, blueprint
from community.policy.permissions import Permission

CONFLICT = 409


@blueprint.get("/curation/stages")
def stages() -> Page:
    accounts.require(Permission.SET_RULES)
    return _page()


@blueprint.post("/curation/stages")
def save_stages() -> Page:
    accounts.require(Permission.SET_RULES)
    form = StagesForm()
    if form.attempt(lambda: actions.save_stages(form.columns(), on=form.on.data or "")) is None:
        return _page(table=form)
    flash(_("Saved. The stages are called so everywhere."))
    return redirect(url_for("ideas.stages"))


@blueprint.post("/curation/stages/new")
def add_stage() -> Page:
    accounts.require(Permission.SET_RULES)
    form = AddForm().offer()
    if form.attempt(lambda: actions.add_stage(form.slug.data or "", form.meant, form.names())) is None:
        return _page(new=form)
    flash(_("The stage stands at the end of the board."))
    return redirect(url_for("ideas.stages"))


def _page(*, table: StagesForm | None = None, new: AddForm | None = None) -> Page:
    listed, names, wrong = queries.table(), queries.stage_names(), table or new
    is_stale = table is not None and table.status == CONFLICT
    now = table.stand_on(actions.as_kept(listed, names)) if table and is_stale else []
    page = render_template(
        "ideas/stages.html",
        form=table or StagesForm.of(listed, names),
        new=new or AddForm(formdata=None).offer(),
        meanings={one.slug: MEANINGS[one.meaning] for one in listed},
        wrong=wrong,
        now=now,
    )
    return page, wrong.status if wrong else 200
