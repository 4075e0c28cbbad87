"""How a view gets a contribution of any kind: found, and allowed, in one step."""

from typing import TypeVar

from flask_babel import lazy_gettext as _l

from community.accounts import access as accounts
from community.contributions import queries
from community.contributions.models import Contribution, Followed, Kind, Subject
from community.kit import countries, i18n
from community.kit.errors import Forbidden, NotFound, SignInNeeded, Words
from community.kit.numbers import is_id
from community.policy import rules
from community.policy.permissions import Permission, Standing

Found = TypeVar("Found", bound=Contribution)
FOR_ANYBODY = (Permission.READ, Permission.REPORT)
FOR_REACHING = (
    Permission.COMMENT,
    Permission.REACT,
    Permission.FOLLOW,
    Permission.SUPPORT,
    Permission.QUOTE,
    Permission.TRANSLATE,
)
WITH_A_VOICE = (Permission.COMMENT, Permission.REACT, Permission.SUPPORT)
"""What everybody may do to what they can read, unless their account may not speak at present."""
UNCONFIRMED = _l(
    "Confirm your mail address first: open the link we sent you, or ask for another one in the settings."
)
SUSPENDED = _l(
    "Your account may not put words before others at present. You can still read, and keep drafts. "
    "Why, and until when, stands under “My standing” in your settings."
)

UNREAD_WARNING = _l(
    "There is a warning for you. Read it first: it stands under “My standing” in your settings. Then you can go on."
)
BLOCKED = _l("You blocked this member. Undo that first: their page has the button.")
FOLLOWABLE = (Kind.STORY, Kind.IDEA)
CLOSED_THREAD = _l("The moderators closed this conversation. What was said stays; nobody can add to it.")


def load(contribution_id: int, act: Permission) -> Contribution:
    """Raises NotFound, SignInNeeded, Forbidden."""
    return check(queries.contribution(contribution_id), act)


def check(thing: Found | None, act: Permission) -> Found:
    """The thing, if the person may do ``act`` to it; what they may not know of does not exist.

    Raises NotFound, SignInNeeded, and Forbidden where the person is the only obstacle and can be told so.
    """
    person = accounts.person()
    if act not in FOR_ANYBODY and not rules.is_signed_in(person):
        # Before anything is looked at: the answer is the same whether there is such a thing or not.
        raise SignInNeeded
    if thing is None:
        raise NotFound
    if rules.can(person, act, thing):
        return thing
    if act in FOR_REACHING and thing.author_id in person.blocks and rules.can(person, Permission.READ, thing):
        raise Forbidden(BLOCKED)
    if act in WITH_A_VOICE and rules.can(person, Permission.READ, thing):
        if not rules.is_active(person):
            raise Forbidden(_why_not(person))
        if act is Permission.COMMENT and thing.is_public and not thing.takes_answers:
            raise Forbidden(CLOSED_THREAD)
    raise NotFound


def spoken() -> tuple[str, ...]:
    """The languages things are shown in, best first: those a member reads, or the one a visitor has the pages in."""
    return tuple(accounts.me().languages) if accounts.is_signed_in() else (i18n.language(),)


def load_followed(kind: str, target: str, *, is_wanted: bool) -> Followed:
    """What a form names. What ``is_wanted`` has to be there for them; what they want no more only has to be a name.

    Raises SignInNeeded, NotFound, Forbidden.
    """
    accounts.me()
    match kind:
        case Subject.MEMBER:
            handle = target if target.isprintable() else ""
            act = Permission.FOLLOW_MEMBER
            found = accounts.load_member(handle, act) if is_wanted else accounts.load_account(handle)
            return Followed(Subject.MEMBER, found.id)
        case Subject.CONTRIBUTION if is_id(target):
            if is_wanted and load(int(target), Permission.FOLLOW).kind not in FOLLOWABLE:
                raise NotFound
            return Followed(Subject.CONTRIBUTION, int(target))
        case Subject.TOPIC:
            return Followed(Subject.TOPIC, _topic(target))
        case Subject.COUNTRY if countries.is_country(target):
            return Followed(Subject.COUNTRY, target)
        case Subject.MODEL:
            return Followed(Subject.MODEL, accounts.load_model(target).id)
    raise NotFound


def is_followed(subject: Subject, value: int | str) -> bool:
    """Whether whoever is here follows it."""
    person = accounts.person()
    return person.id is not None and queries.follows(person.id, Followed(subject, value))


def is_topic_followed(slug: str) -> bool:
    """Raises NotFound."""
    return is_followed(Subject.TOPIC, _topic(slug))


def why_silent() -> Words | None:
    """Why the signed-in person may not put words before others now; None when they may."""
    person = accounts.person()
    return None if rules.can(person, Permission.SUBMIT) else _why_not(person)


def require_voice() -> None:
    """Raises SignInNeeded, and Forbidden for somebody who may not put words before others now."""
    accounts.me()
    reason = why_silent()
    if reason:
        raise Forbidden(reason)


def _topic(slug: str) -> int:
    found = next((number for number, name, _ in queries.topics(i18n.language()) if name == slug), None)
    if found is None:
        raise NotFound
    return found


def _why_not(person: rules.Person) -> Words:
    if person.standing is Standing.SUSPENDED:
        return SUSPENDED
    return UNREAD_WARNING if person.has_unread_warning else UNCONFIRMED
