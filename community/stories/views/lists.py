"""Lists: all stories with filters, countries, topics, members."""

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import Subject
from community.contributions.models.topic import ANY_TOPIC
from community.ideas import queries as ideas
from community.ideas.processing import speaking
from community.kit import countries as country_codes
from community.kit import i18n, languages
from community.kit.errors import NotFound
from community.policy.permissions import Permission
from community.stories import access, processing, queries
from community.stories import index as by_vehicle
from community.stories.queries import Filter, Sort
from community.stories.views.blueprint import blueprint

CHOICES = ("country", "language", "topic", "sort")

Page = Response | str | tuple[str, int]


@blueprint.get("/stories")
def index() -> Page:
    return _list("stories/index.html", _country(request.args.get("country")), request.args.get("topic", ""))


@blueprint.get("/countries")
def countries() -> Page:
    return render_template("stories/countries.html", countries=_with_stories())


@blueprint.get("/countries/<country>")
def country(country: str) -> Page:
    if country != country.upper() or not country_codes.is_country(country):
        raise NotFound
    return _list(
        "stories/country.html",
        country,
        "",
        models=by_vehicle.models_told_in(country),
        is_followed=contributions.is_followed(Subject.COUNTRY, country),
    )


@blueprint.get("/topics/<slug>")
def topic(slug: str) -> Page:
    is_followed = contributions.is_topic_followed(slug)
    return _list("stories/topic.html", "", slug, is_topic_known=True, is_followed=is_followed)


@blueprint.get("/members/<handle>")
def member(handle: str) -> Page:
    account = accounts.load_member(handle, Permission.READ_MEMBER)
    page = queries.cards_by_author(account.id, after=request.args.get("after"))
    fed, backed = speaking.said(contributions.spoken(), *ideas.of_member(account.id, apart=accounts.apart()))
    return render_template(
        "stories/member.html",
        member=account,
        vehicles=account_queries.public_vehicles(account.id),
        cards=processing.dressed(contributions.spoken(), page.rows)[0],
        topics=_topics(),
        credits=contribution_queries.translated_by(account.id),
        ideas={"fed": fed, "backed": backed},
        stages=ideas.stages_by_number(i18n.language()) if fed or backed else {},
        is_followed=contributions.is_followed(Subject.MEMBER, account.id),
        next_url=url_for("stories.member", handle=handle, after=page.next) if page.next else None,
    )


def _list(template: str, country: str, topic: str, *, is_topic_known: bool = False, **more: object) -> Page:
    """A list under filters, with what its page shows ``more``.

    A signed-in member sees their own languages, and how many stories that leaves out.
    """
    topics = contribution_queries.topics(i18n.language())
    topic_id = next((number for number, slug, _name in topics if slug == topic), None)
    if is_topic_known and topic_id is None:
        raise NotFound
    asked = _languages()
    totals = contribution_queries.totals_by_language(country, topic_id or ANY_TOPIC)
    chosen = Filter(
        country=country,
        languages=asked,
        translated=tuple(code for code in asked if totals.translated.get(code)),
        topic_id=topic_id,
        sort=_sort(request.args.get("sort")),
        apart=accounts.apart(),
    )
    page = queries.cards(chosen, after=request.args.get("after"))
    # A language asked for by name comes before those the reader reads best.
    spoken = tuple(dict.fromkeys((*(asked if request.args.get("language") else ()), *contributions.spoken())))
    return render_template(
        template,
        cards=processing.dressed(spoken if totals.translated else (), page.rows)[0],
        chosen=chosen,
        topic=topic if topic_id else "",
        topics={number: (slug, name) for number, slug, name in topics},
        totals=totals.readable,
        left_out=processing.left_out(totals, asked, country, topic_id or ANY_TOPIC),
        countries=_with_stories(),
        next_url=_again(after=page.next) if page.next else None,
        **more,
    )


def _again(**changes: str | None) -> str:
    """This list with some of its choices changed; what else stands in the address is dropped."""
    asked = {name: request.args.get(name) for name in CHOICES}
    values = {**asked, **(request.view_args or {}), **changes}
    return url_for(request.endpoint or "stories.index", **{k: v for k, v in values.items() if v})


def _with_stories() -> list[tuple[str, str, int]]:
    """(code, name, stories) of the countries stories are from, in the reader's order."""
    totals = contribution_queries.stories_by_country()
    return [
        (code, name, totals[code]) for code, name in country_codes.choices(i18n.language()) if code in totals
    ]


def _country(code: str | None) -> str:
    """An unknown code in the address is passed over."""
    return code if code and country_codes.is_country(code) else ""


def _languages() -> tuple[str, ...]:
    """One asked for, all for ``language=all``, else those a signed-in member reads and what is in none."""
    asked = request.args.get("language", "")
    if languages.may_carry(asked):
        return (asked,)
    if asked or not accounts.is_signed_in():
        return ()
    return access.read()


def _sort(name: str | None) -> Sort:
    return Sort(name) if name in list(Sort) else Sort.NEW


def _topics() -> dict[int, tuple[str, str]]:
    return {number: (slug, name) for number, slug, name in contribution_queries.topics(i18n.language())}
