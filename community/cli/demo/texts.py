"""Texts for content in bulk: put together from the demo's own stories and comments, drawn once, used many times."""

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from community.cli.demo import script
from community.contributions.actions.moves import EXCERPT_CHARACTERS
from community.contributions.models import LONGEST_TITLE
from community.contributions.processing import checks
from community.ideas.processing import halves
from community.kit import markup, text

STORIES = 24
COMMENTS = 60
LONGEST_BULK_TITLE = 90
_SENTENCE_END = re.compile(r"(?<=[.!?。！？।؟])\s*")


@dataclass(frozen=True)
class Drawn:
    """A body as a submitted revision keeps it."""

    body: str
    html: str
    excerpt: str
    minutes: int
    fingerprint: str | None


@dataclass(frozen=True)
class Shelf:
    """What can be said in one language."""

    titles: tuple[str, ...]
    stories: tuple[Drawn, ...]
    comments: tuple[Drawn, ...]


@cache
def languages() -> tuple[str, ...]:
    """Those the demo tells stories in."""
    return tuple(sorted({story.language for story in script.stories()}))


@cache
def shelf(language: str, seed: int) -> Shelf:
    """The same for the same seed."""
    chance = Random(f"{language} {seed}")  # noqa: S311 - repeatable on purpose
    told = [story for story in script.stories() if story.language == language]
    paragraphs = [part for story in told for part in story.body.strip().split("\n\n") if part[0] not in "#!"]
    sentences = [sentence for part in paragraphs for sentence in _sentences(part)]
    said = [c.body for s in script.stories() for c in s.comments if c.language == language]
    titles = [s.title for s in told] + [s for s in sentences if 12 <= len(s) <= LONGEST_BULK_TITLE]
    return Shelf(
        tuple(title[:LONGEST_TITLE] for title in titles),
        tuple(_story(paragraphs, chance) for _ in range(STORIES)),
        tuple(_drawn(words) for words in _comments(said, sentences, chance)),
    )


@cache
def halves_in(language: str, seed: int) -> Shelf:
    """What ideas say in one language: the shelf's titles, and texts of two halves."""
    chance = Random(f"{language} {seed} ideas")  # noqa: S311 - repeatable on purpose
    told = shelf(language, seed)
    said = [one.body for one in told.comments]
    bodies = (halves.join(*("\n\n".join(chance.sample(said, 2)) for _ in range(2))) for _ in range(STORIES))
    return Shelf(told.titles, tuple(_drawn(body) for body in bodies), ())


def _story(paragraphs: list[str], chance: Random) -> Drawn:
    return _drawn("\n\n".join(chance.sample(paragraphs, min(len(paragraphs), chance.randint(4, 8)))))


def _comments(said: list[str], sentences: list[str], chance: Random) -> list[str]:
    """What was said in the demo, then some sentences of its stories, until there are COMMENTS."""
    drawn = said[:COMMENTS]
    while len(drawn) < COMMENTS:
        drawn.append(" ".join(chance.sample(sentences, min(len(sentences), chance.randint(1, 3)))))
    return drawn


def _sentences(paragraph: str) -> list[str]:
    lines = markup.plain(markup.render(paragraph)).splitlines()
    return [found.strip() for line in lines for found in _SENTENCE_END.split(line) if found.strip()]


def _drawn(body: str) -> Drawn:
    body = text.normalise(body, multiline=True)
    html = markup.render(body)
    plain = markup.plain(html)
    excerpt, minutes = text.excerpt(plain, EXCERPT_CHARACTERS), text.reading_minutes(plain)
    return Drawn(body, html, excerpt, minutes, checks.fingerprint(body))
