"""The guidelines as numbered clauses, in the reader's language: what a decision's ground refers to."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from community.moderation.models import Ground


@dataclass(frozen=True)
class Clause:
    ground: Ground
    title: LazyString
    text: LazyString


@dataclass(frozen=True)
class Chapter:
    number: int
    title: LazyString
    clauses: tuple[Clause, ...]


CHAPTERS = (
    Chapter(
        1,
        _l("Your own story"),
        (
            Clause(
                Ground.NOT_A_STORY,
                _l("It is a story or an answer to one"),
                _l(
                    "Tell what happened to you and your car. A question about a bill or a repair belongs to the dealer."
                ),
            ),
            Clause(
                Ground.ADVERTISING,
                _l("No advertising"),
                _l("No selling, no referral links, no text written for a search engine."),
            ),
            Clause(
                Ground.NOT_OWN_WORK,
                _l("Your own words"),
                _l("Write it yourself. Quote others briefly and say whom you quote."),
            ),
        ),
    ),
    Chapter(
        2,
        _l("Other people"),
        (
            Clause(
                Ground.HOSTILITY,
                _l("No hostility towards groups"),
                _l(
                    "Nobody is attacked for where they come from, what they believe, whom they love or how they live."
                ),
            ),
            Clause(
                Ground.HARASSMENT,
                _l("No harassment"),
                _l("Disagree with what somebody says. Do not insult, threaten or pursue them."),
            ),
            Clause(
                Ground.PRIVACY,
                _l("Other people's privacy"),
                _l("No names, plates, addresses or telephone numbers of people who did not agree to it."),
            ),
        ),
    ),
    Chapter(
        3,
        _l("On the road and in law"),
        (
            Clause(
                Ground.DANGEROUS_DRIVING,
                _l("No praise of dangerous driving"),
                _l(
                    "Tell of mistakes, by all means. Do not invite others to race, to drive drunk or to defeat safety."
                ),
            ),
            Clause(
                Ground.ILLEGAL,
                _l("Nothing illegal"),
                _l("Nothing that the law forbids to publish, and no help with breaking it."),
            ),
            Clause(
                Ground.MISLEADING,
                _l("Nothing misleading"),
                _l("Do not pose as somebody else, and do not present inventions about safety as facts."),
            ),
        ),
    ),
)


def clauses() -> list[Clause]:
    """All clauses in their order."""
    return [clause for chapter in CHAPTERS for clause in chapter.clauses]


def clause(ground: Ground) -> Clause:
    return next(clause for clause in clauses() if clause.ground is ground)
