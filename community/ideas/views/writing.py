"""The writing page: a new idea or an existing one, kept, previewed, compared with others, sent."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.accounts.models import Account
from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.actions import Wording
from community.contributions.models import Revision, RevisionState
from community.contributions.processing import checks
from community.ideas import access, actions, queries
from community.ideas.forms.writing import IdeaForm, typed
from community.ideas.models import Idea
from community.ideas.processing import halves
from community.ideas.processing.alike import Like, alike
from community.ideas.views import beginning
from community.ideas.views.blueprint import Page, blueprint
from community.kit import i18n, languages, markup
from community.kit.errors import NotFound
from community.kit.forms import posted_json
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission

Halves = tuple[Markup, Markup]
NEAREST = 6
"""Countries in sight besides the writer's own: those most stories come from."""


@blueprint.get("/ideas/new")
def new() -> Page:
    """``?story=7`` lists what can be quoted of it; with ``&part=`` one of its paragraphs stands above the form."""
    account = accounts.require(Permission.WRITE)
    story, part = request.args.get("story", ""), request.args.get("part", "")
    begun = access.load_beginning(story, part) if story else None
    if begun and begun.chosen is None:
        return beginning.choose(begun, was_changed=bool(part))
    return _page(_offered(IdeaForm(data={"story": story, "part": part}), account))


@blueprint.post("/ideas/new")
def create() -> Page:
    account, form = accounts.require(Permission.WRITE), IdeaForm()
    _offered(form, account)
    if request.form.get("action") == "preview":
        return _previewed(form)
    is_final = _may_submit()
    idea = form.attempt(lambda: _keep_new(form, account, is_final=is_final))
    return _page(form) if idea is None else _done(idea, form, is_final=is_final)


@blueprint.get(f"/ideas/<int(max={BIGGEST}):idea_id>/edit")
def edit(idea_id: int) -> Page:
    """``?alike=1``: with the ideas that say much the same, before it is sent."""
    account = accounts.require(Permission.WRITE)
    idea = access.load(idea_id, Permission.EDIT)
    newest = _newest(idea)
    return _page(_offered(IdeaForm(data=_kept(idea, newest)), account), idea, newest)


@blueprint.post(f"/ideas/<int(max={BIGGEST}):idea_id>/edit")
def save(idea_id: int) -> Page:
    account = accounts.require(Permission.WRITE)
    idea, form = access.load(idea_id, Permission.EDIT), IdeaForm()
    _offered(form, account)
    if request.form.get("action") == "preview":
        return _previewed(form, idea)
    is_final = _may_submit()
    done = form.attempt(lambda: _keep(idea, form, account, is_final=is_final))
    return _page(form, idea) if done is None else _done(idea, form, is_final=is_final)


@blueprint.post("/ideas/drafts")
def autosave() -> Page:
    """Keep what is being typed. JSON in and out; what is agreed to waits for a real save."""
    account = accounts.require(Permission.WRITE)
    form = _offered(IdeaForm(formdata=_given()), account)
    if not form.validate():
        raise form.refusal()
    begun = beginning.of(form, account)
    idea = actions.keep_new(form.number, form.wording(), sequence=form.saves, by=account)
    beginning.quote(idea, begun)
    kept = _newest(idea)
    return jsonify(
        sequence=kept.sequence,
        saved_at=kept.saved_at.isoformat(),
        edit_url=url_for("ideas.edit", idea_id=idea.id),
    )


@blueprint.post("/ideas/preview")
def preview() -> Page:
    form = _offered(IdeaForm(), accounts.require(Permission.WRITE))
    if not form.validate():
        raise form.refusal()
    return render_template("ideas/_preview.html", form=form, drawn=_drawn(form))


def _given() -> MultiDict[str, str]:
    """The JSON of an autosave; a name may have several values. Raises Invalid."""
    given = posted_json("better")
    several = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return MultiDict(
        {name: [str(one) for one in values if one is not None] for name, values in several.items()}
    )


def _may_submit() -> bool:
    """Whether this is to be sent; somebody who may not yet has it kept as a draft and is told why."""
    if request.form.get("action", "save") != "submit":
        return False
    reason = contributions.why_silent()
    if reason:
        flash(str(reason), "error")
    return not reason


def _keep_new(form: IdeaForm, account: Account, *, is_final: bool) -> Idea:
    begun = beginning.of(form, account)
    idea = queries.by_form(account.id, form.number)
    if idea is None:
        idea = actions.keep_new(form.number, form.wording(), sequence=form.saves, by=account)
    beginning.quote(idea, begun)
    return _keep(idea, form, account, is_final=is_final)


def _keep(idea: Idea, form: IdeaForm, account: Account, *, is_final: bool) -> Idea:
    """Ideas that say the same come before the moderators: with likes not seen yet it stays a draft."""
    wording = form.wording()
    if is_final:
        actions.check(wording)
    if is_final and (form.seen.data or not _likes(idea, wording)):
        actions.submit(idea, wording, sequence=form.saves, by=account)
    else:
        actions.keep(idea, wording, sequence=form.saves)
    beginning.take_out(idea, form)
    if form.may_quote.data:
        actions.agree_to_own(idea, by=account)
    return idea


def _likes(idea: Idea, wording: Wording) -> list[Like]:
    """What its author has not been shown; an idea that went this way before is not asked again."""
    is_past = idea.has_been_submitted or contribution_queries.told_draft(idea.id)
    return [] if is_past else alike(wording, besides=idea.id)


def _done(idea: Idea, form: IdeaForm, *, is_final: bool) -> Page:
    if not is_final:
        flash(_("The paragraph is out. Your idea is kept.") if form.without.data else _("Saved as a draft."))
        return redirect(url_for("ideas.edit", idea_id=idea.id))
    if contribution_queries.revision_in(idea.id, RevisionState.DRAFT):
        is_told = contribution_queries.told_draft(idea.id)
        return redirect(url_for("ideas.edit", idea_id=idea.id, alike=None if is_told else 1))
    flash(_("Your idea is with the moderators. You will hear from us by mail."))
    return redirect(url_for("moderation.status", contribution_id=idea.id, sent=form.number))


def _page(
    form: IdeaForm,
    idea: Idea | None = None,
    newest: Revision | None = None,
    *,
    drawn: Halves | None = None,
) -> Page:
    returned = contribution_queries.returned_revision(idea.id) if idea else None
    begun = beginning.open_to(form)
    page = render_template(
        "ideas/write.html",
        form=form,
        idea=idea,
        begun=begun,
        quotes=beginning.shown(idea, begun),
        likes=alike(form.wording(), besides=idea.id) if idea and newest and form.seen.data else (),
        notes=returned.notes if returned else "",
        saved_at=newest.saved_at if newest else None,
        usual_wait=contribution_queries.usual_wait_seconds(_language(form)),
        drawn=drawn,
        told=checks.told_of(contribution_queries.told_draft(idea.id) if idea else None),
    )
    return page, form.status


def _previewed(form: IdeaForm, idea: Idea | None = None) -> Page:
    """The preview of a browser without JavaScript: the same page, with the text as it will appear."""
    form.validate()
    return _page(form, idea, drawn=_drawn(form))


def _drawn(form: IdeaForm) -> Halves:
    missing, better = halves.split_html(markup.render(form.wording().body))
    return Markup(missing), Markup(better)  # noqa: S704 - of ``kit/markup``


def _language(form: IdeaForm) -> str:
    """What a refused form names may be no language at all."""
    named = form.language.data or ""
    return named if languages.may_carry(named) else i18n.language()


def _offered(form: IdeaForm, account: Account) -> IdeaForm:
    told = contribution_queries.stories_by_country()
    garage = account_queries.vehicles(account.id)
    return form.offer(
        read=account.languages,
        near=[account.country, *sorted(told, key=lambda code: (-told[code], code))[:NEAREST]],
        models=account_queries.models(),
        driven=[vehicle.model_id for vehicle in garage if vehicle.model_id],
    )


def _newest(idea: Idea) -> Revision:
    """The draft where there is one, else the newest text."""
    revision = contribution_queries.newest_revision(idea.id)
    if revision is None:
        raise NotFound
    return revision


def _kept(idea: Idea, newest: Revision) -> dict[str, object]:
    is_draft = newest.state is RevisionState.DRAFT
    return {
        **typed(newest),
        "form_id": idea.form_id,
        "sequence": newest.sequence + 1 if is_draft else 1,
        "seen": request.args.get("alike", ""),
    }
