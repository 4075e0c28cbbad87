"""An idea as everybody reads it, with its conversation."""

from flask import redirect, render_template, request, url_for

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.comments.forms import CommentForm
from community.contributions.models import State
from community.ideas import access, queries
from community.ideas.forms.supporting import SupportForm
from community.ideas.models import Idea, Vote
from community.ideas.processing import showing
from community.ideas.processing.showing import Reading
from community.ideas.views.blueprint import BIGGEST, Page, blueprint
from community.kit import text
from community.kit.errors import NotFound
from community.policy import rules
from community.policy.permissions import Permission


@blueprint.get(f"/ideas/<int(max={BIGGEST}):contribution_id>")
def permalink(contribution_id: int) -> Page:
    idea = access.load(contribution_id, Permission.READ)
    return redirect(address(idea), 301 if idea.is_public else 302)


@blueprint.get(f"/ideas/<int(max={BIGGEST}):idea_id>/<slug>")
def show(idea_id: int, slug: str) -> Page:
    idea = access.load(idea_id, Permission.READ)
    if not idea.is_public or idea.live_revision is None:
        return redirect(address(idea))
    if slug != text.slug(idea.live_revision.title):
        return redirect(address(idea), 301)
    return page_of(idea)


def page_of(idea: Idea, refused: SupportForm | None = None) -> Page:
    """The page of a public idea; with a ``refused`` form, what was typed into that."""
    viewer = accounts.person()
    may_answer = rules.can(viewer, Permission.COMMENT, idea)
    reading = showing.read(idea, viewer_id=viewer.id, may_answer=may_answer, after=request.args.get("after"))
    vote = queries.vote(idea.id, viewer.id) if viewer.id else None
    form = CommentForm(formdata=None) if viewer.id else None
    page = render_template(
        "ideas/show.html",
        idea=idea,
        it=reading,
        vote=vote,
        support=refused or _support(idea, reading, vote),
        rows=reading.rows,
        reacted=reading.reacted,
        next_url=url_for("ideas.permalink", contribution_id=idea.id, after=reading.next),
        form=form and form.offer(accounts.me().languages, spoken=idea.language),
    )
    return (page, refused.status) if refused else page


def _support(idea: Idea, reading: Reading, vote: Vote | None) -> SupportForm | None:
    """For who may stand behind it; None for everybody else."""
    if not rules.can(accounts.person(), Permission.SUPPORT, idea):
        return None
    account = accounts.me()
    garage = account_queries.vehicles(account.id)
    own = [(car.model_id, car.name) for car in garage if car.model_id is not None]
    about = [(int(model.number), model.name) for model in reading.sums.about_models]
    form = SupportForm(formdata=None)
    return form.offer(
        [*about, *own], account.languages, spoken=idea.language, chosen=vote.model_id if vote else None
    )


def address(idea: Idea) -> str:
    """Where an idea is read; one that is not public is followed on its author's own page."""
    if idea.is_public and idea.live_revision:
        return url_for("ideas.show", idea_id=idea.id, slug=text.slug(idea.live_revision.title))
    if accounts.person().id != idea.author_id:
        raise NotFound
    if idea.state is State.DRAFT:
        return url_for("ideas.edit", idea_id=idea.id)
    return url_for("moderation.status", contribution_id=idea.id)
