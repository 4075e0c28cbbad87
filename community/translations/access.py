"""How a view gets a translation, or what it says again: found, and allowed, in one step."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from community.accounts import access as accounts
from community.contributions import access
from community.contributions import queries as contributions
from community.contributions.models import Contribution, Kind, Revision
from community.kit.errors import NotFound, Words
from community.policy import rules
from community.policy.permissions import Permission
from community.translations import actions, queries
from community.translations.models import TRANSLATED, Translation

APART = _l(
    "One of you two blocked the other, so you cannot translate what this member wrote. What you wrote is kept."
)


@dataclass(frozen=True)
class Work:
    """A translation in its translator's hands: ``newest`` is its own latest text, ``original`` what it says again."""

    translation: Translation
    thing: Contribution
    original: Revision
    newest: Revision


def load(translation_id: int, act: Permission) -> Translation:
    """With its translator and live revision. Raises NotFound, SignInNeeded, Forbidden."""
    return access.check(queries.translation(translation_id), act)


def load_original(of_id: int, act: Permission, kind: Kind | None = None) -> Contribution:
    """What is translated: a story or an idea, and of this ``kind``. Raises NotFound, SignInNeeded, Forbidden."""
    thing = access.load(of_id, act)
    if thing.kind not in (TRANSLATED if kind is None else (kind,)):
        raise NotFound
    return thing


def obstacle(thing: Contribution) -> Words | None:
    """Why whoever is here cannot translate it now; None where they can, or would have to sign in."""
    reason = actions.obstacle(thing)
    if reason or not accounts.is_signed_in():
        return reason
    return None if rules.can(accounts.person(), Permission.TRANSLATE, thing) else APART


def load_pair(translation_id: int, act: Permission) -> tuple[Translation, Contribution]:
    """A translation and its original, as long as readers see that one. Raises NotFound, SignInNeeded, Forbidden."""
    translation = load(translation_id, act)
    return translation, load_original(translation.of_id, Permission.READ)


def load_work(translation_id: int) -> Work:
    """One's own, whether readers see its original or not. Raises NotFound, SignInNeeded."""
    translation = load(translation_id, Permission.EDIT)
    thing, newest = (
        contributions.contribution(translation.of_id),
        contributions.newest_revision(translation_id),
    )
    if thing is None or thing.live_revision is None or newest is None:
        raise NotFound
    return Work(translation, thing, thing.live_revision, newest)


def languages_read() -> tuple[str, ...]:
    """Those of the signed-in member, best first."""
    return tuple(accounts.me().languages)
