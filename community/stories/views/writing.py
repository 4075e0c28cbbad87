"""The writing page: a new story or an existing one, kept, previewed, submitted."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.accounts.actions import garage
from community.accounts.models import Account
from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.actions import Wording
from community.contributions.models import Purpose, Revision, RevisionState
from community.contributions.processing import checks
from community.kit import i18n, languages
from community.kit.errors import Conflict, NotFound
from community.kit.forms import posted_json
from community.kit.numbers import BIGGEST, is_id
from community.media import queries as media_queries
from community.media.processing import showing
from community.media.processing.showing import Arranged
from community.policy.permissions import Permission
from community.stories import access, actions
from community.stories.forms import GuessForm, PreviewForm, StoryForm
from community.stories.models import Story
from community.stories.views import calls, pictures
from community.stories.views.blueprint import blueprint

Page = Response | str | tuple[str, int]
WITHOUT_CALL = "submit_without_call"


@blueprint.get("/stories/new")
def new() -> Page:
    """``?vehicle=7``: about that one of the member's garage; ``?call=3`` answers that call."""
    account = accounts.require(Permission.WRITE)
    asked = {name: request.args.get(name, "") for name in ("vehicle", "call")}
    return _page(_offered(StoryForm(data=asked), account))


@blueprint.post("/stories/new")
def create() -> Page:
    account = accounts.require(Permission.WRITE)
    form = _offered(StoryForm(), account)
    if request.form.get("action") == "preview":
        return _previewed(form)
    is_final = _may_submit(form)
    story = form.attempt(lambda: _keep_new(form, account, is_final=is_final))
    if story is None:
        return _page(form)
    return _done(story, form.number, is_final=is_final)


@blueprint.get(f"/stories/<int(max={BIGGEST}):story_id>/edit")
def edit(story_id: int) -> Page:
    account = accounts.require(Permission.WRITE)
    story = access.load(story_id, Permission.EDIT)
    revision = _latest(story)
    form = _offered(StoryForm(data=_typed(revision, story)), account, revision)
    return _page(form, story, revision)


@blueprint.post(f"/stories/<int(max={BIGGEST}):story_id>/edit")
def save(story_id: int) -> Page:
    account = accounts.require(Permission.WRITE)
    story = access.load(story_id, Permission.EDIT)
    form = _offered(StoryForm(), account)
    if request.form.get("action") == "preview":
        return _previewed(form, story)
    is_final = _may_submit(form)
    done = form.attempt(lambda: _keep(story, form, account, is_final=is_final))
    if done is None:
        return _page(form, story)
    return _done(done, form.number, is_final=is_final)


@blueprint.post("/stories/drafts")
def autosave() -> Page:
    """Keep what is being typed. JSON in and out; the vehicle's new fields wait for a real save."""
    account = accounts.require(Permission.WRITE)
    given = posted_json("body")
    form = _offered(
        StoryForm(formdata=MultiDict({k: str(v) for k, v in given.items() if v is not None})), account
    )
    if not form.validate():
        raise form.refusal()
    story = _autosaved(form, given.get("story_id"), account)
    draft = contribution_queries.revision_in(story.id, RevisionState.DRAFT)
    if draft is None:
        raise Conflict(actions.SENT_ALREADY)
    return jsonify(
        sequence=draft.sequence,
        saved_at=draft.saved_at.isoformat(),
        edit_url=url_for("stories.edit", story_id=story.id),
    )


@blueprint.post("/stories/preview")
def preview() -> Page:
    account = accounts.require(Permission.WRITE)
    form = PreviewForm()
    if not form.validate():
        raise form.refusal()
    return render_template(
        "stories/_preview.html",
        title=form.title.data or "",
        arranged=_arranged(form, account),
        language=_language(form),
    )


@blueprint.post("/stories/language")
def guess() -> Page:
    """A guess at the language of a text, a preset for its author."""
    accounts.require(Permission.WRITE)
    form = GuessForm()
    return jsonify(language=languages.guess(form.text.data or "") if form.validate() else None)


def _may_submit(form: StoryForm) -> bool:
    """Whether this is to be submitted; somebody who may not yet has it kept as a draft and is told why."""
    action = request.form.get("action", "save")
    if action not in ("submit", WITHOUT_CALL):
        return False
    if action == WITHOUT_CALL:
        form.leave_call()
    reason = contributions.why_silent() or pictures.why_unready(form)
    if reason:
        flash(str(reason), "error")
    return not reason


def _autosaved(form: StoryForm, story_id: object, account: Account) -> Story:
    if story_id in (None, ""):
        story = actions.keep_new(form.number, form.wording(), sequence=form.saves, by=account)
    elif is_id(str(story_id)):
        story = access.load(int(str(story_id)), Permission.EDIT)
        actions.keep(story, form.wording(was=_before(form, story)), sequence=form.saves, by=account)
    else:
        raise NotFound
    return _agreed(story, form)


def _keep_new(form: StoryForm, account: Account, *, is_final: bool) -> Story:
    wording = _wording(form, account)
    if is_final:
        story = actions.submit_new(
            form.number,
            wording,
            sequence=form.saves,
            by=account,
            purposes=_purposes(form),
            accepts=form.accepts,
        )
    else:
        story = actions.keep_new(form.number, wording, sequence=form.saves, by=account)
    return _agreed(story, form)


def _keep(story: Story, form: StoryForm, account: Account, *, is_final: bool) -> Story:
    wording = _wording(form, account, story)
    if is_final:
        actions.submit(
            story, wording, sequence=form.saves, by=account, purposes=_purposes(form), accepts=form.accepts
        )
    else:
        actions.keep(story, wording, sequence=form.saves, by=account)
    return _agreed(story, form)


def _agreed(story: Story, form: StoryForm) -> Story:
    if form.knows_photos:
        actions.agree(story, form.purposes)
    return story


def _purposes(form: StoryForm) -> set[Purpose] | None:
    return form.purposes if form.knows_photos else None


def _before(form: StoryForm, story: Story | None) -> Revision | None:
    """The text whose photos or call a client that knows nothing of them leaves as they are."""
    return _latest(story) if story and not (form.knows_photos and form.knows_calls) else None


def _done(story: Story, form_id: str, *, is_final: bool) -> Page:
    if is_final and contribution_queries.revision_in(story.id, RevisionState.DRAFT):
        return redirect(url_for("stories.edit", story_id=story.id))
    if is_final:
        flash(_("Your story is with the moderators. You will hear from us by mail."))
        return redirect(url_for("moderation.status", contribution_id=story.id, sent=form_id))
    flash(_("Saved as a draft."))
    return redirect(url_for("stories.edit", story_id=story.id))


def _page(
    form: StoryForm,
    story: Story | None = None,
    revision: Revision | None = None,
    *,
    preview: Arranged | None = None,
) -> Page:
    returned = contribution_queries.returned_revision(story.id) if story else None
    page = render_template(
        "stories/write.html",
        form=form,
        story=story,
        photos=media_queries.own(
            accounts.me().id, (entry.form.key.data for entry in form.pictures if entry.form.key.data)
        ),
        notes=returned.notes if returned else "",
        saved_at=revision.saved_at if revision else None,
        models=account_queries.models(),
        usual_wait=contribution_queries.usual_wait_seconds(_language(form)),
        preview=preview,
        late=calls.late(form, story),
        told=checks.told_of(contribution_queries.told_draft(story.id) if story else None),
    )
    return page, form.status


def _previewed(form: StoryForm, story: Story | None = None) -> Page:
    """The preview of a browser without JavaScript: the same page, with the text as it will appear."""
    form.validate()
    return _page(form, story, preview=_arranged(form, accounts.me()))


def _arranged(form: StoryForm | PreviewForm, account: Account) -> Arranged:
    return showing.of_typed(
        form.body.data or "", form.chosen_pictures, language=_language(form), owner_id=account.id
    )


def _language(form: StoryForm | PreviewForm) -> str:
    """What a refused form names may be no language at all."""
    named = form.language.data or ""
    return named if languages.may_carry(named) else i18n.language()


def _offered(form: StoryForm, account: Account, revision: Revision | None = None) -> StoryForm:
    pictures.receive(form, account)
    return form.offer(
        topics=list(contribution_queries.topics(i18n.language())),
        garage=list(account_queries.vehicles(account.id, besides=form.chosen_vehicle)),
        calls=calls.offered(form, account),
        read=[*([revision.language] if revision else []), *account.languages],
    )


def _wording(form: StoryForm, account: Account, story: Story | None = None) -> Wording:
    """What the form says; a vehicle described in it is parked in the member's garage."""
    was, car = _before(form, story), form.car()
    if car is None:
        return form.wording(was=was)
    vehicle = garage.park_for(form.number, car, by=account)
    return form.wording(vehicle.id, was=was)


def _latest(story: Story) -> Revision:
    """The draft where there is one, else the newest text."""
    revision = contribution_queries.newest_revision(story.id)
    if revision is None:
        raise NotFound
    return revision


def _typed(revision: Revision, story: Story) -> dict[str, object]:
    slugs = {number: slug for number, slug, _name in contribution_queries.topics(i18n.language())}
    is_draft = revision.state is RevisionState.DRAFT
    agreed = contribution_queries.agreed(story.id)
    return {
        "form_id": story.form_id,
        "sequence": revision.sequence + 1 if is_draft else 1,
        "title": revision.title,
        "body": revision.body,
        "language": revision.language,
        "topic": slugs.get(revision.topic_id or 0, ""),
        "vehicle": str(revision.vehicle_id or ""),
        "pictures": [picture._asdict() for picture in revision.pictures],
        **calls.typed(revision),
        "may_quote": Purpose.QUOTE in agreed,
        "people_agreed": Purpose.PEOPLE in agreed,
    }
