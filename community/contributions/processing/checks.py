"""The checks before the queue: one ordered list, and the first that gives a status wins and is recorded.

A check is a small function with a name. What it says in words stands in ``findings``, how listed words are found in
``words``.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from flask import current_app

from community.contributions import queries
from community.contributions.models import LONGEST_BODY, Contribution, Kind, Revision
from community.contributions.processing import words as listed
from community.contributions.processing.findings import Finding, Status, name, said, told, told_of
from community.kit import folding, text

__all__ = [
    "CHECKS",
    "DETECTING",
    "EVERYTHING_ELSE",
    "OF_THE_TEXT",
    "Finding",
    "Status",
    "Submission",
    "examine",
    "fingerprint",
    "name",
    "said",
    "told",
    "told_of",
    "try_out",
]

SHORTEST_REPEATED = 40
"""Letters; shorter texts ("I know this road.") are said twice by honest people."""
MOST_LINKS, MOST_LINKS_TRUSTED = 2, 8
SHORTEST_SHOUT = 20
"""Letters, in words of at least SHORTEST_SHOUTED: ABS, ESP and TÜV are names."""
SHORTEST_SHOUTED = 4
SHOUTED_TENTHS = 7
LONGEST_SHOWN = 80

# A Markdown link and the address in it are one link.
_LINK = re.compile(
    r"\[[^\[\]\n]*\]\(\s*<?([^)\s>]+)|\b(https?://[^\s<>\[\]]+)|(?<![\w./@])(www\.\w[^\s<>\[\]]*)", re.I
)
_PICTURE = re.compile(r"!\[[^\[\]\n]*\][(\[]")
_SHOUT_MARKS = re.compile("[!！﹗‼❗❕]{5,}")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Submission:
    """A text on its way to the queue; without ``contribution``, one that only its words are known of."""

    title: str
    body: str
    language: str
    contribution: Contribution | None = None
    pictures: int = 0
    asides: str = ""
    """What is said besides: of photos, for words the original no longer has, and to the questions of a call."""

    @cached_property
    def words(self) -> str:
        return "\n".join(filter(None, (self.title, self.body, self.asides)))

    @cached_property
    def approved(self) -> int:
        """How much of its author's is live, up to what trust asks for."""
        return queries.approved(self.contribution.author_id) if self.contribution else 0

    @cached_property
    def is_trusted(self) -> bool:
        return (
            self.contribution is not None
            and self.approved >= queries.TRUSTED_AFTER
            and not queries.was_restricted(self.contribution.author_id)
        )


Check = Callable[[Submission], Finding | None]


def length(submission: Submission) -> Finding | None:
    """Something, and not more than can be kept. What a kind asks for besides, its own room says."""
    if text.is_blank(submission.body):
        return Finding("length", Status.STOP)
    too_long = len(submission.body) > LONGEST_BODY
    return Finding("length", Status.STOP, str(len(submission.body))) if too_long else None


def closed(submission: Submission) -> Finding | None:
    """Nobody adds to a conversation the moderators closed, nor changes what was said in it."""
    answered = submission.contribution.answers_id if submission.contribution else None
    return Finding("closed", Status.STOP) if answered and queries.is_closed(answered) else None


def repeated(submission: Submission) -> Finding | None:
    """The same words again: their author's of 30 days, or anybody's of the last one."""
    same, thing = fingerprint(submission.body), submission.contribution
    if same is None:
        return None
    author_id, besides = (thing.author_id, thing.id) if thing else (0, 0)
    earlier = queries.with_the_same_words(same, author_id=author_id, besides=besides)
    return Finding("repeated", Status.TELL, str(earlier)) if earlier else None


def words(submission: Submission) -> Finding | None:
    """Words that admins listed for its language or for all."""
    matches = listed.find(submission.words, queries.listed_words_for(submission.language))
    return Finding("words", Status.TELL, listed.named(submission.words, matches)) if matches else None


def links(submission: Submission) -> Finding | None:
    """More addresses than a story about a road needs."""
    found = sum(_leads_away(*link.groups()) for link in _LINK.finditer(submission.words))
    if found <= MOST_LINKS or (found <= MOST_LINKS_TRUSTED and submission.is_trusted):
        return None
    return Finding("links", Status.TELL, str(found))


def shouting(submission: Submission) -> Finding | None:
    """Capitals throughout, where a script has them, or a row of exclamation marks."""
    marks = _SHOUT_MARKS.search(submission.words)
    if marks:
        return Finding("shouting", Status.TELL, marks[0][:LONGEST_SHOWN])
    for part in (submission.title, submission.body):
        if _is_in_capitals(part):
            return Finding("shouting", Status.TELL, text.excerpt(part, LONGEST_SHOWN))
    return None


def new_member(submission: Submission) -> Finding | None:
    """A moderator meets everybody once."""
    is_new = submission.contribution is not None and submission.approved == 0
    return Finding("new_member", Status.HOLD) if is_new else None


def photos(submission: Submission) -> Finding | None:
    """Photos are looked at before others see them, as are pictures that somebody only links to."""
    if submission.pictures:
        return Finding("photos", Status.HOLD, str(submission.pictures))
    return Finding("photos", Status.HOLD) if _PICTURE.search(submission.body) else None


def trust(submission: Submission) -> Finding | None:
    """Answers of trusted members go live at once; stories are always read first."""
    is_answer = submission.contribution is not None and submission.contribution.kind is Kind.COMMENT
    return Finding("trust", Status.PUBLISH) if is_answer and submission.is_trusted else None


CHECKS: tuple[Check, ...] = (
    length,
    closed,
    repeated,
    words,
    links,
    shouting,
    new_member,
    photos,
    trust,
)
DETECTING: frozenset[str] = frozenset({"repeated", "words", "links", "shouting"})
"""The checks that look into the text: what they found counts as found by a machine (Article 17(3)(c) of the DSA)."""
OF_THE_TEXT: tuple[Check, ...] = (length, repeated, words, links, shouting, photos)
"""Those that need to know nothing but the text."""
EVERYTHING_ELSE = Finding("everybody", Status.HOLD)


def examine(contribution: Contribution, draft: Revision) -> Finding:
    """The first finding that gives a status; what no check speaks of waits like everything else."""
    submission = Submission(
        draft.title,
        draft.body,
        draft.language,
        contribution,
        pictures=len(draft.pictures),
        asides=_asides(draft),
    )
    return next((finding for check in CHECKS if (finding := check(submission))), EVERYTHING_ELSE)


@dataclass(frozen=True)
class Verdict:
    """A check's name, and in a sentence what it found, or nothing."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Trial:
    """``parts`` is the text, cut where listed words begin and end, and of each part whether it is one."""

    verdicts: list[Verdict]
    parts: list[tuple[str, bool]]


def try_out(body: str, language: str) -> Trial:
    """What every check of the text would find in one by a member not trusted yet, though the first would be enough."""
    submission = Submission("", body, language)
    findings = [(check.__name__, check(submission)) for check in OF_THE_TEXT]
    matches = listed.find(body, queries.listed_words_for(language))
    return Trial(
        [Verdict(name(check), said(check, found.words) if found else "") for check, found in findings],
        listed.marked(body, matches),
    )


def fingerprint(body: str) -> str | None:
    """32 characters, equal for equal words however they are set; None for texts too short to count as repeated."""
    letters = folding.fold(body).replace(folding.GAP, "").replace(folding.STOP, "")
    if len(letters) < SHORTEST_REPEATED:
        return None
    return hashlib.blake2b(letters.encode(), digest_size=16).hexdigest()


def _asides(draft: Revision) -> str:
    apart = (one.text for one in draft.passages if one.text not in draft.body and one.text != draft.title)
    return "\n".join((*apart, *(answer.words for answer in draft.answers)))


def _leads_away(in_markdown: str | None, bare: str | None, without_scheme: str | None) -> bool:
    """Whether it is a link, and not one to a page of this site."""
    address = in_markdown or bare or f"http://{without_scheme}"
    if in_markdown and in_markdown.lower().startswith("www."):
        address = f"http://{in_markdown}"
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return True
    return host is not None and host != urlsplit(current_app.extensions["settings"].base_url).hostname


def _is_in_capitals(part: str) -> bool:
    capitals = small = 0
    for word in _WORD.findall(part):
        if len(word) >= SHORTEST_SHOUTED:
            capitals += sum(map(str.isupper, word))
            small += sum(map(str.islower, word))
    cased = capitals + small
    return cased >= SHORTEST_SHOUT and 10 * capitals >= SHOUTED_TENTHS * cased
