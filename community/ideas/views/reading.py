"""Ideas as everybody reads them: the list, and one with its conversation."""

from typing import Any

from flask import redirect, render_template, request, url_for

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.comments.forms import CommentForm
from community.contributions.models import State
from community.ideas import access, queries
from community.ideas.forms.supporting import SupportForm
from community.ideas.models import Area, Idea, Vote
from community.ideas.processing import showing
from community.ideas.processing.showing import Reading
from community.ideas.queries import Filter, Sort
from community.ideas.views.blueprint import BIGGEST, Page, blueprint
from community.kit import countries as country_codes
from community.kit import i18n, languages, text
from community.kit.errors import NotFound
from community.policy import rules
from community.policy.permissions import Permission

CHOICES = ("stage", "area", "country", "model", "language", "sort")


@blueprint.get("/ideas")
def index() -> Page:
    stages, offered = queries.stages(i18n.language()), queries.offered()
    chosen = _chosen({stage.slug: stage.id for stage in stages}, offered)
    page = queries.cards(chosen, after=request.args.get("after"))
    found, kept = queries.by_language(chosen), chosen.languages
    return render_template(
        "ideas/index.html",
        cards=page.rows,
        chosen=chosen,
        stages={stage.id: stage for stage in stages},
        choices=_choices(offered),
        found=found,
        left_out={code: ideas for code, ideas in found.items() if kept and code not in kept},
        all_url=_again(language="all"),
        next_url=_again(after=page.next) if page.next else None,
    )


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


def _chosen(stages: dict[str, int], offered: queries.Offered) -> Filter:
    """What the address asks for; what is unknown there is passed over."""
    asked = request.args
    area, sort, country = asked.get("area"), asked.get("sort"), asked.get("country", "")
    return Filter(
        sort=Sort(sort) if sort in list(Sort) else Sort.BROAD,
        stage_id=stages.get(asked.get("stage", "")),
        area=Area(area) if area in list(Area) else None,
        country=country if country_codes.is_country(country) else "",
        model_id=_model(asked.get("model", ""), offered),
        languages=_languages(asked.get("language", "")),
        apart=accounts.apart(),
    )


def _choices(offered: queries.Offered) -> dict[str, list[tuple[str, str]]]:
    """Countries in the reader's order, models by name: (value, name) of those that ideas are about."""
    countries = [one for one in country_codes.choices(i18n.language()) if one[0] in offered.countries]
    return {
        "countries": countries,
        "models": [(slug, name) for slug, (_number, name) in offered.models.items()],
    }


def _model(slug: str, offered: queries.Offered) -> int | None:
    """By its address; one that no idea is about is listed all the same, and has none."""
    if slug in offered.models:
        return offered.models[slug][0]
    listed = account_queries.model_by_slug(slug) if slug and slug.isprintable() else None
    return (listed.merged_into_id or listed.id) if listed else None


def _languages(asked: str) -> tuple[str, ...]:
    """One asked for, all for ``language=all``, else those a signed-in member reads and what is in none."""
    if languages.may_carry(asked):
        return (asked,)
    own = tuple(accounts.me().languages) if accounts.is_signed_in() and not asked else ()
    return (*own, languages.UNTAGGED) if own else ()


def _again(**changes: str | None) -> str:
    asked: dict[str, Any] = {name: request.args.get(name) for name in CHOICES}
    return url_for("ideas.index", **{k: v for k, v in {**asked, **changes}.items() if v})
