"""The queue: what waits, for whom."""

from flask import render_template, request, url_for

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.kit import countries as country_codes
from community.kit import languages
from community.kit.errors import NotFound
from community.moderation import queries
from community.moderation.queries import Scope
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.get("/moderation")
def queue() -> Page:
    """What waits, oldest first: the moderator's languages and countries unless the address asks otherwise."""
    account = account_queries.account(accounts.require(Permission.REVIEW).id)
    if account is None:
        raise NotFound
    own = Scope(tuple(account.languages), tuple(desk.country for desk in account.desk_countries))
    scope = _asked(own)
    page = queries.waiting(scope, viewer_id=account.id, after=request.args.get("after"))
    inside, outside = queries.waiting_by_language(scope, viewer_id=account.id)
    return render_template(
        "moderation/queue.html",
        waiting=page.rows,
        scope=scope,
        inside=inside,
        outside=outside,
        next_url=_next(page.next) if page.next else None,
    )


def _asked(own: Scope) -> Scope:
    """``?language=vi`` or ``all``, ``?country=VN`` or ``all``; what is unknown is passed over."""
    language, country = request.args.get("language", ""), request.args.get("country", "")
    asked_languages = (
        (language,) if languages.is_language(language) else () if language == "all" else own.languages
    )
    asked_countries = (
        (country,) if country_codes.is_country(country) else () if country == "all" else own.countries
    )
    return Scope(asked_languages, asked_countries)


def _next(after: str) -> str:
    return url_for(
        "moderation.queue",
        after=after,
        language=request.args.get("language"),
        country=request.args.get("country"),
    )
