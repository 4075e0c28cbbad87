"""Changing the guidelines, for admins; and a member's word that a change was read."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.kit import addresses, paging
from community.kit.errors import NotFound
from community.moderation import processing, queries
from community.moderation.access import guidelines as access
from community.moderation.actions import guidelines as actions
from community.moderation.forms.guidelines import AddForm, AmendForm, EndForm, TemplatesForm
from community.moderation.models import Clause
from community.moderation.processing.guidelines import CHAPTERS
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission

CLAUSE = "/moderation/guidelines/clauses/<string(maxlength=8):number>"
CHAPTER = "/moderation/guidelines/chapters/<int(max=99):chapter>"

blueprint.add_app_template_global(access.unread_change, "unread_guidelines")


@blueprint.get("/moderation/guidelines")
def edit_guidelines() -> Page:
    """All clauses in force, with what can be done to each."""
    accounts.require(Permission.SET_RULES)
    chapters = processing.chapters(queries.clauses_in_force())
    return render_template(
        "moderation/guidelines_index.html",
        chapters=chapters,
        empty=[number for number in CHAPTERS if number not in {chapter.number for chapter in chapters}],
        templates=queries.templates("en"),
    )


@blueprint.get(CLAUSE)
def edit_clause(number: str) -> Page:
    clause = access.load_rule(number)
    return _clause(clause, AmendForm.of(clause))


@blueprint.post(CLAUSE)
def amend_clause(number: str) -> Page:
    form = AmendForm()
    clause = access.load_rule(number, form.version.data or 0)
    by = accounts.require(Permission.SET_RULES)
    amended = form.attempt(lambda: actions.amend(clause, form.draft(), by=by))
    if amended is None:
        return _clause(access.load_versions(number)[0], form)
    flash(_("Version %(version)s of clause %(number)s is in force.", version=amended.version, number=number))
    return redirect(url_for("moderation.edit_guidelines"))


@blueprint.get(CHAPTER)
def new_clause(chapter: int) -> Page:
    accounts.require(Permission.SET_RULES)
    return _new(chapter, AddForm())


@blueprint.post(CHAPTER)
def add_clause(chapter: int) -> Page:
    by, form = accounts.require(Permission.SET_RULES), AddForm()
    _title(chapter)
    added = form.attempt(lambda: actions.add(chapter, form.number.data or "", form.draft(), by=by))
    if added is None:
        return _new(chapter, form)
    flash(_("Clause %(number)s is in force.", number=added.number))
    return redirect(url_for("moderation.edit_guidelines"))


@blueprint.get(f"{CLAUSE}/end")
def ask_clause_end(number: str) -> Page:
    clause = access.load_rule(number)
    return _end(clause, EndForm(data={"version": clause.version}))


@blueprint.post(f"{CLAUSE}/end")
def end_clause(number: str) -> Page:
    form = EndForm()
    clause = access.load_rule(number, form.version.data or 0)
    if form.attempt(lambda: actions.retire(clause)) is None:
        return _end(clause, form)
    flash(_("Clause %(number)s is no longer in force.", number=number))
    return redirect(url_for("moderation.edit_guidelines"))


@blueprint.get(f"{CLAUSE}/templates")
def edit_templates(number: str) -> Page:
    clause = access.load_rule(number)
    had = queries.guidelines.reason_templates(number)
    return _templates(clause, TemplatesForm(data={f"text_{code}": said for code, said in had.items()}), had)


@blueprint.post(f"{CLAUSE}/templates")
def save_templates(number: str) -> Page:
    clause, form = access.load_rule(number), TemplatesForm()
    drawn = form.drawn.data or ""
    if form.attempt(lambda: actions.set_templates(number, form.texts(), drawn=drawn)) is None:
        return _templates(clause, form, queries.guidelines.reason_templates(number))
    flash(_("The templates of clause %(number)s are saved.", number=number))
    return redirect(url_for("moderation.edit_guidelines"))


@blueprint.post("/account/guidelines")
def acknowledge_guidelines() -> Page:
    """Up to the change the page told of; one that came since is told of again."""
    account = accounts.require(Permission.USE_ACCOUNT)
    actions.acknowledge(account, paging.to_moment(request.form.get("seen", "")))
    back = addresses.same_site(request.form.get("back"))
    return redirect(back or url_for("pages.guideline_changes"))


def _clause(newest: Clause, form: AmendForm) -> Page:
    """After a conflict: what is in force now beside what was typed, which goes on top of it when it is sent again."""
    is_behind = form.status == 409
    page = render_template(
        "moderation/guidelines_clause.html",
        clause=processing.worded(newest),
        others=newest.texts if is_behind else [],
        form=form.stand_on(newest) if is_behind else form,
    )
    return page, form.status


def _new(chapter: int, form: AddForm) -> Page:
    """The number is the next one, also for a form that was sent with a taken one."""
    title = _title(chapter)
    form.number.data = actions.next_number(chapter)
    page = render_template("moderation/guidelines_new.html", chapter=chapter, title=title, form=form)
    return page, form.status


def _end(clause: Clause, form: EndForm) -> Page:
    return render_template(
        "moderation/guidelines_end.html", clause=processing.worded(clause), form=form
    ), form.status


def _templates(clause: Clause, form: TemplatesForm, had: dict[str, str]) -> Page:
    form.drawn.data = actions.mark_of(had)
    page = render_template(
        "moderation/guidelines_templates.html",
        clause=processing.worded(clause),
        form=form,
        present=had if form.status == 409 else {},
    )
    return page, form.status


def _title(chapter: int) -> object:
    if chapter not in CHAPTERS:
        raise NotFound
    return CHAPTERS[chapter]
