"""A story's own part of its page, and the covers of lists, with the photos that belong to them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask import current_app, render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from community.calls import processing as calls
from community.contributions import queries as contributions
from community.contributions.models import Edition
from community.contributions.queries import Rendering, Told, Totals
from community.ideas import queries as idea_queries
from community.ideas.queries import Card as IdeaCard
from community.ideas.queries import Named
from community.kit import i18n, markup
from community.media import queries as media
from community.media.processing import showing
from community.media.processing.showing import Arranged
from community.stories.models import Story
from community.stories.queries import Card

BEING_UPDATED = _l("This part was changed by its author. The translation is being updated.")


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


class Offer(NamedTuple):
    """The languages a story can be read in: its own, and those others brought it to."""

    own: str
    renderings: tuple[Rendering, ...]

    def best(self, wanted: Sequence[str]) -> str:
        """The first of the wanted ones that there is; its own where there is none of them."""
        present = {self.own, *(one.language for one in self.renderings)}
        return next((code for code in wanted if code in present), self.own)


class Telling(NamedTuple):
    """A story in the language it is shown in: ``edition`` is None for its own."""

    offer: Offer
    edition: Edition | None

    @property
    def language(self) -> str:
        return self.edition.language if self.edition else self.offer.own

    @property
    def rendering(self) -> Rendering | None:
        """Who brought it to this language."""
        return next((one for one in self.offer.renderings if one.language == self.language), None)


def fed(story: Story) -> Fed:
    ideas = idea_queries.fed_by(story_id=story.id)
    return Fed(ideas, idea_queries.stages_by_number(i18n.language()) if ideas else {})


def draw_head(story: Story, telling: Telling, fed: Fed, *, may_report: bool) -> Head:
    """As one who may report its photos sees it, or its author."""
    topics = contributions.topics(i18n.language())
    topic = next(((slug, name) for number, slug, name in topics if number == story.topic_id), None)
    reports = f"/contributions/{story.id}/reports?photo=" if may_report else ""
    shown = telling.edition or story.live_revision
    text = showing.of_text(shown, report_url=reports) if shown else None
    if text and telling.edition and telling.edition.stale:
        noted = markup.put_notes(text.html, str(BEING_UPDATED), i18n.language())
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
