"""What machines read: the newest stories as Atom and JSON Feed, and the addresses of all of them."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for

from community.contributions import queries as contributions
from community.contributions.models.topic import ANY_TOPIC
from community.gatherings import processing as gatherings
from community.kit import countries, i18n, languages
from community.kit.errors import NotFound
from community.search import queries
from community.search.processing import feeds
from community.search.processing.feeds import Item
from community.search.views.blueprint import Page
from community.stories import processing as story_processing
from community.stories import queries as stories
from community.stories.queries import Filter

blueprint = Blueprint("feeds", __name__)
ON_FEED = 30
LAST_PART = 2**63 // queries.PART - 1


@blueprint.get("/feeds/stories.atom")
def atom() -> Page:
    """RFC 4287; narrowed by ``language`` (several, or with commas), ``country`` and ``topic``."""
    chosen, topic = _asked()
    items = _newest(chosen)
    words = render_template(
        "search/stories_feed.xml",
        items=items,
        base=_base(),
        updated=feeds.last_change(items),
        query=_query(chosen, topic),
        title=_title(chosen),
    )
    return Response(words, content_type="application/atom+xml; charset=utf-8")


@blueprint.get("/feeds/stories.json")
def json() -> Page:
    """JSON Feed 1.1, narrowed as the other is."""
    chosen, topic = _asked()
    query = _query(chosen, topic)
    answer = jsonify(
        version="https://jsonfeed.org/version/1.1",
        title=f"{_title(chosen)} – {current_app.extensions['settings'].site_name}",
        home_page_url=_base() + url_for("stories.index", **query),
        feed_url=_base() + url_for("feeds.json", ui=i18n.language(), **query),
        language=languages.tag(i18n.language()),
        items=[feeds.as_plain(item, _base()) for item in _newest(chosen)],
    )
    answer.content_type = "application/feed+json; charset=utf-8"
    return answer


@blueprint.get("/sitemap.xml")
def sitemap() -> Page:
    others = ["gatherings"] if gatherings.addresses() else []
    return _xml("search/sitemap.xml", parts=[*queries.parts(), *others])


@blueprint.get("/sitemaps/gatherings.xml")
def sitemap_gatherings() -> Page:
    """Spotlights and calls: not so many that they would need parts."""
    return _xml("search/sitemap_gatherings.xml", addresses=gatherings.addresses())


@blueprint.get(f"/sitemaps/<int(max={LAST_PART}):part>.xml")
def sitemap_part(part: int) -> Page:
    """A part is there as long as there may be something in it, even if none can be read at the moment."""
    if part not in queries.parts():
        raise NotFound
    return _xml("search/sitemap_part.xml", addresses=queries.addresses(part))


def _xml(template: str, **words: object) -> Response:
    answer = Response(render_template(template, base=_base(), **words), mimetype="application/xml")
    # Kept by nobody: a few of them would fill the memory that pages are kept in.
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _newest(chosen: Filter) -> list[Item]:
    """In the first of the languages asked for that a story can be read in, else in its own."""
    totals = contributions.totals_by_language(chosen.country, chosen.topic_id or ANY_TOPIC)
    page = stories.cards_among(totals, chosen, limit=ON_FEED)
    (cards,) = story_processing.dressed(chosen.languages, page.rows)
    changed = queries.changed_at([card.id for card in cards])
    return [Item(card, changed.get((card.id, card.language), card.published_at)) for card in cards]


def _asked() -> tuple[Filter, str]:
    """What is unknown in the address is passed over. With the topic's slug."""
    codes = ",".join(request.args.getlist("language")).split(",")
    country, topic = request.args.get("country", ""), request.args.get("topic", "")
    ids = {slug: number for number, slug, _name in contributions.topics(i18n.language())}
    chosen = Filter(
        country=country if countries.is_country(country) else "",
        languages=tuple(dict.fromkeys(code for code in codes if languages.may_carry(code))),
        topic_id=ids.get(topic),
    )
    return chosen, topic if topic in ids else ""


def _query(chosen: Filter, topic: str) -> dict[str, Any]:
    query = {"language": list(chosen.languages), "country": chosen.country, "topic": topic}
    return {name: value for name, value in query.items() if value}


def _title(chosen: Filter) -> str:
    topics = {number: name for number, _slug, name in contributions.topics(i18n.language())}
    return feeds.title(chosen.country, topics.get(chosen.topic_id or 0, ""))


def _base() -> str:
    return str(current_app.extensions["settings"].base_url).rstrip("/")
