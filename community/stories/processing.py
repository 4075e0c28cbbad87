"""A story's own part of its page, and the covers of lists, with the photos that belong to them."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import current_app, render_template
from markupsafe import Markup

from community.contributions import queries as contributions
from community.kit import i18n
from community.media import queries as media
from community.media.processing import showing
from community.media.processing.showing import Arranged
from community.stories.models import Story
from community.stories.queries import Card


class Poster(NamedTuple):
    """The photo others show when they link to a story: its whole address, and the size of that file."""

    address: str
    width: int
    height: int
    alt: str


class Head(NamedTuple):
    """Place, title, author, cover, text and photos, drawn; ``poster`` for its first photo."""

    html: Markup
    poster: Poster | None


def draw_head(story: Story, *, may_report: bool) -> Head:
    """As one who may report its photos sees it, or its author."""
    topics = contributions.topics(i18n.language())
    topic = next(((slug, name) for number, slug, name in topics if number == story.topic_id), None)
    reports = f"/contributions/{story.id}/reports?photo=" if may_report else ""
    text = showing.of_revision(story.live_revision, report_url=reports) if story.live_revision else None
    drawn = render_template("stories/_head.html", story=story, topic=topic, arranged=text)
    return Head(Markup(drawn), _poster(text))  # noqa: S704 - a template's output


def with_covers(*lists: Sequence[Card]) -> list[list[Card]]:
    """The lists of one page with the first photo of each story: one question for all of them."""
    found = media.ready(card.pictures[0].key for cards in lists for card in cards if card.pictures)
    return [
        [card._replace(cover=found.get(card.pictures[0].key)) if card.pictures else card for card in cards]
        for cards in lists
    ]


def _poster(text: Arranged | None) -> Poster | None:
    first = text.first if text else None
    if first is None:
        return None
    photo, width = first.photo, first.photo.widths[-1]
    base = current_app.extensions["settings"].base_url.rstrip("/")
    return Poster(base + first.large, width, round(photo.height * width / photo.width), first.picture.alt)
