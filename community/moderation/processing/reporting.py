"""Reports in words: the reasons with what each means."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from community.contributions.models import Kind
from community.moderation.models import Reason


@dataclass(frozen=True)
class Meant:
    """A reason in a few words, and what belongs to it."""

    title: LazyString
    meaning: LazyString


REASONS: dict[Reason, Meant] = {
    Reason.MISTRANSLATION: Meant(
        _l("It says something else than the original"),
        _l("The translation leaves something out, adds something, or turns the meaning round."),
    ),
    Reason.CHILD_SAFETY: Meant(
        _l("A child is harmed or sexualised"),
        _l("Sexual abuse of a child, or anything that leads to it. You need not say who you are."),
    ),
    Reason.THREATS: Meant(
        _l("Threats or violence"), _l("Somebody is threatened, or violence is called for.")
    ),
    Reason.HATE: Meant(
        _l("Hatred"),
        _l("People are attacked for their origin, faith, sex, disability or whom they love."),
    ),
    Reason.HARASSMENT: Meant(_l("Harassment"), _l("One person is insulted, pursued or held up to ridicule.")),
    Reason.PRIVACY: Meant(
        _l("Somebody's private life"),
        _l("A name, address, number plate or the like is made public without consent."),
    ),
    Reason.COPYRIGHT: Meant(
        _l("Somebody else's work"), _l("A text or picture is used without the right to use it.")
    ),
    Reason.SCAM: Meant(_l("Fraud"), _l("Somebody tries to get money or passwords by a trick.")),
    Reason.DANGER: Meant(
        _l("Danger on the road"),
        _l("It leads others to drive, repair or change a car in a way that can hurt people."),
    ),
    Reason.MISLEADING: Meant(_l("Misleading"), _l("A product or an offer is made out to be what it is not.")),
    Reason.ADVERTISING: Meant(_l("Advertising"), _l("It is here to sell something, not to tell something.")),
    Reason.OTHER_ILLEGAL: Meant(
        _l("Against the law in another way"), _l("If you can, name the law or the right.")
    ),
    Reason.OTHER: Meant(
        _l("Something else"), _l("It breaks the guidelines in a way that is not listed here.")
    ),
}


def offered(kind: Kind) -> list[tuple[str, str]]:
    """The reasons to report something of a kind, by their values, in the order in which they are offered."""
    return [
        (reason.value, str(meant.title))
        for reason, meant in REASONS.items()
        if kind is Kind.TRANSLATION or reason is not Reason.MISTRANSLATION
    ]


def reason_title(reason: Reason) -> str:
    """In the language of the page or the letter."""
    return str(REASONS[reason].title)


def reason_meaning(reason: str) -> str:
    """What belongs to it."""
    return str(REASONS[Reason(reason)].meaning)
