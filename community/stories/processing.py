"""A story's own part of its page, and the covers of lists, with the photos that belong to them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask import current_app, render_template
from markupsafe import Markup

from community.calls import processing as calls
from community.contributions import queries as contributions
from community.contributions.processing import telling as tellings
from community.contributions.processing.telling import Telling
from community.contributions.queries import Told, Totals
from community.ideas import queries as idea_queries
from community.ideas.processing import speaking
from community.ideas.queries import Card as IdeaCard
from community.ideas.queries import Named
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


class Fed(NamedTuple):
    """The ideas a story led to, and the stages they stand at, by number."""

    ideas: list[IdeaCard]
    stages: dict[int, Named]


class Head(NamedTuple):
    """Place, title, author, cover, text and photos, drawn; ``poster`` for its first photo."""

    html: Markup
    poster: Poster | None
    fed: Fed


def fed(story: Story, *, apart: Sequence[int] = ()) -> Fed:
    """But for the ideas of members ``apart``; in the language of the page, for which what is drawn of it is kept."""
    ideas = idea_queries.fed_by(story_id=story.id, apart=apart)
    (said,) = speaking.said((i18n.language(),), ideas)
    return Fed(said, idea_queries.stages_by_number(i18n.language()) if ideas else {})


def draw_head(story: Story, telling: Telling, fed: Fed, *, may_report: bool) -> Head:
    """As one who may report its photos sees it, or its author."""
    topics = contributions.topics(i18n.language())
    topic = next(((slug, name) for number, slug, name in topics if number == story.topic_id), None)
    reports = f"/contributions/{story.id}/reports?photo=" if may_report else ""
    shown = telling.edition or story.live_revision
    text = showing.of_text(shown, report_url=reports) if shown else None
    if text:
        noted = tellings.noted(text.html, telling.edition)
        text = replace(text, html=Markup(noted))  # noqa: S704 - of ``kit/markup``
    drawn = render_template(
        "stories/_head.html",
        story=story,
        shown=shown,
        telling=telling,
        topic=topic,
        arranged=text,
        answered=calls.answered(story.live_revision) if story.live_revision else None,
        ideas=fed.ideas,
        stages=fed.stages,
    )
    return Head(Markup(drawn), _poster(text), fed)  # noqa: S704 - a template's output


def left_out(totals: Totals, asked: Collection[str], country: str, topic_id: int) -> dict[str, int]:
    """How many stories a list kept to some languages leaves out, by the language they were told in."""
    if not asked:
        return {}
    others = {code: stories for code, stories in totals.told.items() if code not in asked}
    if others and any(totals.translated.get(code) for code in asked):
        for code, stories in contributions.translated_from(asked, country, topic_id).items():
            others[code] = others.get(code, 0) - stories
    return {code: stories for code, stories in others.items() if stories > 0}


def dressed(spoken: Sequence[str], *lists: Sequence[Card]) -> list[list[Card]]:
    """The lists of one page, each story in the best of a reader's languages, with its first photo.

    Two questions for all of them; ``spoken`` is best first, and empty where everything stays in its own language.
    """
    wanted = {card.id for cards in lists for card in cards if card.language != next(iter(spoken), "")}
    told = contributions.told_in(wanted, spoken)
    said = [[_in_best_language(card, told.get(card.id), spoken) for card in cards] for cards in lists]
    found = media.ready(card.pictures[0].key for cards in said for card in cards if card.pictures)
    return [
        [card._replace(cover=found.get(card.pictures[0].key)) if card.pictures else card for card in cards]
        for cards in said
    ]


def _in_best_language(card: Card, told: Told | None, spoken: Sequence[str]) -> Card:
    if told is None or (
        card.language in spoken and spoken.index(card.language) < spoken.index(told.language)
    ):
        return card
    return card._replace(**{k: v for k, v in told._asdict().items() if k != "story_id"}, original=card)


def _poster(text: Arranged | None) -> Poster | None:
    first = text.first if text else None
    if first is None:
        return None
    photo, width = first.photo, first.photo.widths[-1]
    base = current_app.extensions["settings"].base_url.rstrip("/")
    return Poster(base + first.large, width, round(photo.height * width / photo.width), first.picture.alt)
