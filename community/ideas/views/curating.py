"""One idea before a curator: what it says, what was answered, and everything that can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from community.accounts import access as accounts
from community.ideas import access, actions, queries
from community.ideas.actions.listing import terms_of
from community.ideas.forms.curating import AssignForm, MergeForm, MoveForm, NoteForm, PartForm, or_fresh
from community.ideas.models import Idea, IdeaNote, Stage, Step
from community.ideas.processing import board as words
from community.ideas.processing import halves
from community.ideas.queries import Card, Merged, Named, Sums
from community.ideas.queries.records import Quoted
from community.ideas.views.blueprint import Page, blueprint
from community.kit import i18n, markup
from community.kit.errors import NotFound
from community.kit.forms import Form
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission

PATH = f"/curation/ideas/<int(max={BIGGEST}):idea_id>"


@dataclass(frozen=True)
class Forms:
    """Those of an idea's page."""

    move: MoveForm
    note: NoteForm
    assign: AssignForm
    merge: MergeForm
    part: PartForm


@dataclass(frozen=True)
class Matter:
    """What stands beside them."""

    missing: Markup
    better: Markup
    stage: Named
    is_due: bool
    steps: Sequence[Step]
    names: dict[int, str]
    quotes: Sequence[Quoted]
    sums: Sums
    notes: Sequence[IdeaNote]
    merges: Sequence[Merged]
    alike: Sequence[Card]
    curator: str


@blueprint.get(PATH)
def curate(idea_id: int) -> Page:
    """``?original=7`` has that idea filled in as the one this is the same as."""
    return _page(access.load_to_curate(idea_id))


@blueprint.post(f"{PATH}/moves")
def move(idea_id: int) -> Page:
    idea, by = access.load_to_curate(idea_id), accounts.require(Permission.CURATE)
    form = MoveForm().offer(queries.stages(i18n.language()), idea, by.languages)
    if request.form.get("action") == "preview":
        return _page(idea, form, preview=markup.render(form.answer.data or ""))
    moved = form.attempt(
        lambda: actions.move(idea, _stage(form), form.said(), on=form.count, form_id=form.number, by=by)
    )
    if moved is None:
        return _refused(idea_id, form)
    flash(_("Your answer can be read. Everyone quoted, every supporter and every follower hears of it."))
    return redirect(_address(idea_id))


@blueprint.post(f"{PATH}/notes")
def write_note(idea_id: int) -> Page:
    idea, by = access.load_to_curate(idea_id), accounts.require(Permission.CURATE)
    form = NoteForm()
    kept = form.attempt(lambda: actions.write_note(idea, form.words.data or "", form_id=form.number, by=by))
    if kept is None:
        return _refused(idea_id, form)
    flash(_("The note is kept."))
    return redirect(_address(idea_id, "notes"))


@blueprint.post(f"{PATH}/curator")
def assign(idea_id: int) -> Page:
    idea, team = access.load_to_curate(idea_id), {str(one.id): one for one in access.curators()}
    form = AssignForm().offer(team.values(), idea)
    before = form.instead_of.data or None
    to = team.get(form.curator.data or "")
    if form.attempt(lambda: actions.assign(idea, to, instead_of=before)) is None:
        return _refused(idea_id, form)
    flash(
        _("%(name)s sees to this idea now.", name=to.display_name)
        if to
        else _("Nobody sees to this idea now.")
    )
    return redirect(_address(idea_id))


@blueprint.post(f"{PATH}/merging")
def merge(idea_id: int) -> Page:
    idea, by = access.load_to_curate(idea_id), accounts.require(Permission.CURATE)
    form = MergeForm()
    merged = form.attempt(
        lambda: actions.merge(idea, access.load_original(form.number), why=form.why.data or "", by=by)
    )
    if merged is None:
        return _refused(idea_id, form)
    flash(_("They are one idea now. Everyone concerned is told."))
    return redirect(_address(merged.original_id))


@blueprint.post(f"/curation/merges/<int(max={BIGGEST}):merge_id>/undo")
def part(merge_id: int) -> Page:
    merged, by = access.load_merge(merge_id), accounts.require(Permission.CURATE)
    original = merged.original_id
    actions.part(merged, by=by)
    flash(_("They are two ideas again. Everyone concerned is told."))
    return redirect(_address(original))


def _refused(idea_id: int, form: Form) -> Page:
    """The page as it stands by now, with what was typed."""
    idea = access.load_to_curate(idea_id)
    if form.status == 409 and isinstance(form, MoveForm | AssignForm):
        form.stand_on(idea)
    return _page(idea, form)


def _page(idea: Idea, refused: Form | None = None, *, preview: str = "") -> Page:
    stages, me = queries.stages(i18n.language()), accounts.me()
    team = access.curators()
    fresh = MoveForm(formdata=None, function=queries.last_function(me.id))
    asked = MergeForm(formdata=None, original=request.args.get("original", "")[:20])
    page = render_template(
        "ideas/curation.html",
        idea=idea,
        it=_matter(idea, stages, {one.id: one.display_name for one in team}),
        forms=Forms(
            or_fresh(refused, fresh).offer(stages, idea, me.languages),
            or_fresh(refused, NoteForm(formdata=None)),
            or_fresh(refused, AssignForm(formdata=None)).offer(team, idea),
            or_fresh(refused, asked),
            PartForm(formdata=None),
        ),
        refused=refused,
        preview=Markup(preview),  # noqa: S704 - of ``kit/markup``
    )
    return page, refused.status if refused else 200


def _matter(idea: Idea, stages: Sequence[Named], team: dict[int, str]) -> Matter:
    live = idea.live_revision
    if live is None:
        raise NotFound
    missing, better = halves.split_html(live.html)
    stage = next(one for one in stages if one.id == idea.stage_id)
    is_waiting = idea.listed_at is not None and not stage.is_end
    return Matter(
        missing=Markup(missing),  # noqa: S704 - of ``kit/markup``
        better=Markup(better),  # noqa: S704
        stage=stage,
        is_due=is_waiting and idea.answered_at is not None and idea.answered_at < words.due_before(),
        steps=queries.steps(idea.id),
        names={one.id: one.name for one in stages},
        quotes=queries.quotes(idea.id),
        sums=queries.sums(idea.id),
        notes=queries.notes(idea.id),
        merges=queries.merges_about(idea.id),
        alike=queries.similar(terms_of(live), besides=idea.id) if idea.listed_at else (),
        curator=team.get(idea.curator_id or 0, ""),
    )


def _stage(form: MoveForm) -> Stage:
    found = queries.stage(form.stage.data)
    if found is None:
        raise NotFound
    return found


def _address(idea_id: int, part_of_page: str | None = None) -> str:
    return url_for("ideas.curate", idea_id=idea_id, _anchor=part_of_page)
