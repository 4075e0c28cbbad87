"""Who is here: the link between a cookie, a sign-in's row and a person. The only place that asks flask-login."""

from dataclasses import dataclass
from typing import Any, cast

import flask_login
from flask import Flask, current_app, g, request, session
from flask_babel import lazy_gettext as _l

from community.accounts import actions, queries
from community.accounts.actions.sessions import ClosedSince, digest
from community.accounts.models import Account, Model, SignIn, Vehicle
from community.kit import unit_of_work
from community.kit.errors import Forbidden, NotFound, SignInNeeded
from community.policy import rules
from community.policy.permissions import Permission, Role, Standing

SILENT = _l(
    "What you say about a vehicle may be read by others, so your address has to be confirmed and your account in good "
    "standing. You can take the vehicle out of your garage at any time."
)
TOKEN = "_user_id"  # flask-login's own name for what get_id() gave  # noqa: S105


class Guest(rules.Visitor):
    is_authenticated = False
    is_active = False
    is_anonymous = True

    def get_id(self) -> None:
        return None


@dataclass(frozen=True)
class Member:
    """``current_user`` while somebody is signed in: their account, seen through this sign-in.

    ``unread`` counts what they have not read of what they were told.
    """

    account: Account
    sign_in: SignIn
    token: str
    unread: int = 0

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.token

    @property
    def id(self) -> int:
        return self.account.id

    @property
    def role(self) -> Role:
        return self.account.role

    @property
    def standing(self) -> Standing:
        return self.account.standing

    @property
    def has_unread_warning(self) -> bool:
        return self.account.has_unread_warning

    @property
    def is_confirmed(self) -> bool:
        return self.account.is_confirmed

    @property
    def blocks(self) -> frozenset[int]:
        return self.account.blocks

    @property
    def blocked_by(self) -> frozenset[int]:
        return self.account.blocked_by

    @property
    def handle(self) -> str:
        return self.account.handle

    @property
    def display_name(self) -> str:
        return self.account.display_name

    @property
    def country(self) -> str:
        return self.account.country

    @property
    def languages(self) -> list[str]:
        return self.account.languages


def init_app(app: Flask, *, closed_since: ClosedSince, unread: queries.Counts) -> None:
    """``closed_since`` tells since when the account of this number is closed, for who may know.

    ``unread`` counts what somebody has not read yet, as a part of the one question a request asks about them.
    """
    app.extensions["closed_since"] = closed_since
    app.extensions["unread"] = unread
    logins: Any = flask_login.LoginManager(app)
    logins.session_protection = None  # a sign-in is a row; a changed address or browser ends nothing
    logins.anonymous_user = Guest
    logins.user_loader(_load)
    app.before_request(_mark_used)


def member() -> Member | None:
    """Whoever is signed in, with this sign-in."""
    if g.get("without_database"):
        return None
    found = flask_login.current_user._get_current_object()
    return found if isinstance(found, Member) else None


def person() -> rules.Person:
    """Whoever asks, for the rules."""
    return cast("rules.Person", flask_login.current_user)


def is_signed_in() -> bool:
    return rules.is_signed_in(person())


def me() -> Account:
    """The account of whoever is signed in. Raises SignInNeeded."""
    found = member()
    if found is None:
        raise SignInNeeded
    return found.account


def unread() -> int:
    """How many notices the signed-in person has not read."""
    found = member()
    return found.unread if found else 0


def ui_language() -> str | None:
    """What the signed-in person chose, for the interface."""
    found = member()
    return found.account.ui_language if found else None


def require(act: Permission) -> Account:
    """The signed-in account, allowed to do ``act``. Raises SignInNeeded, or NotFound, as if it did not exist."""
    account = me()
    if not rules.can(account, act):
        raise NotFound
    return account


def sign_in(email: str, password: str) -> Account:
    """Whose they are, asked from this address. Raises Invalid, TooMany."""
    return actions.sign_in(
        email,
        password,
        address=request.remote_addr or "",
        closed_since=current_app.extensions["closed_since"],
    )


def enter(account: Account) -> None:
    """Sign this browser in: a new session, with nothing of the old one in it."""
    leave()
    token = actions.open_session(account, browser=request.user_agent.string)
    session.clear()
    session[TOKEN] = token
    session.permanent = True


def leave() -> None:
    """End this browser's sign-in on the server and in the cookie."""
    token = session.get(TOKEN)
    if isinstance(token, str):
        actions.sign_out(token)
    session.clear()
    g.pop("_login_user", None)
    g.pop(
        "csrf_token", None
    )  # flask-wtf's own name: a page drawn now needs a token of the session that follows


def load_account(handle: str) -> Account:
    """Somebody's public self. Raises NotFound."""
    # PostgreSQL refuses to be asked for a NUL; no handle holds one.
    account = queries.account_by_handle(handle) if handle.isprintable() else None
    if account is None:
        raise NotFound
    return account


def load_member(handle: str, act: Permission) -> Account:
    """Somebody's public self, to do ``act`` to. Raises NotFound, SignInNeeded."""
    if act is not Permission.READ_MEMBER:
        me()
    account = load_account(handle)
    if not rules.can(person(), act, account):
        raise NotFound
    return account


def apart() -> tuple[int, ...]:
    """Members whose words lists leave out for whoever is here: those they blocked, and those who blocked them.

    For the desk and the maker's people only the former.
    """
    return tuple(sorted(person().blocks | unseen()))


def unseen() -> frozenset[int]:
    """Members who are not there for whoever is here, because they blocked them."""
    viewer = person()
    return frozenset(number for number in viewer.blocked_by if rules.is_shut_out(viewer, number))


def load_vehicle(vehicle_id: int, act: Permission) -> Vehicle:
    """With its owner and the model it is listed as. Raises NotFound, SignInNeeded, Forbidden."""
    viewer = person()
    if act is not Permission.READ_VEHICLE and not rules.is_signed_in(viewer):
        raise SignInNeeded
    vehicle = queries.vehicle_with_owner(vehicle_id)
    if vehicle is None or not rules.can(viewer, Permission.READ_VEHICLE, vehicle):
        raise NotFound
    if rules.can(viewer, act, vehicle):
        return vehicle
    if rules.can(viewer, Permission.REMOVE_VEHICLE, vehicle):
        raise Forbidden(SILENT)
    raise NotFound


def load_model(slug: str) -> Model:
    """A listed model with its maker; another name of one leads to that. Raises NotFound."""
    model = queries.model_by_slug(slug) if slug.isprintable() else None
    if model is not None and model.merged_into_id is not None:
        model = queries.model(model.merged_into_id)
    if model is None:
        raise NotFound
    return model


def _load(token: str) -> Member | None:
    """A closed account's sessions ended with it; one that was opened in that very moment is worth nothing either."""
    row, unread = queries.sign_in(digest(token), current_app.extensions["unread"])
    is_open = row is not None and row.account.standing is not Standing.CLOSED
    return Member(row.account, row, token, unread) if row and is_open else None


def _mark_used() -> None:
    found = member() if request.method not in unit_of_work.SAFE else None
    if found:
        actions.mark_used(found.sign_in)
