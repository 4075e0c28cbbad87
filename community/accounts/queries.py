"""Questions about people, their sign-ins, tokens and garage."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from community.accounts.models import Account, Model, SignIn, Token, Vehicle
from community.kit import clock, db


def account(account_id: int) -> Account | None:
    return db.session.scalar(
        select(Account)
        .where(Account.id == account_id)
        .options(selectinload(Account.reading_languages), selectinload(Account.desk_countries))
    )


def account_by_email(email: str) -> Account | None:
    """``email`` as ``actions.normal_email`` writes it."""
    return db.session.scalar(select(Account).where(Account.email == email))


def account_by_handle(handle: str) -> Account | None:
    return db.session.scalar(
        select(Account).where(Account.handle == handle).options(selectinload(Account.reading_languages))
    )


def handles_like(stem: str) -> set[str]:
    """The handles that begin with ``stem``."""
    return set(
        db.session.scalars(select(Account.handle).where(Account.handle.startswith(stem, autoescape=True)))
    )


def sign_in(token_hash: str) -> SignIn | None:
    """A sign-in that has not run out, with its account and what it reads: one query a request."""
    found = db.session.scalars(_sign_in(), {"token_hash": token_hash, "now": clock.now()})
    return found.unique().one_or_none()


@cache
def _sign_in() -> Select[SignIn]:
    """Composed once: composing takes longer than running it."""
    return (
        select(SignIn)
        .where(SignIn.token_hash == bindparam("token_hash"), SignIn.expires_at > bindparam("now"))
        .options(joinedload(SignIn.account, innerjoin=True).joinedload(Account.reading_languages))
    )


def sign_ins(account_id: int) -> Sequence[SignIn]:
    """Those that have not run out, last used first."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.expires_at > clock.now())
        .order_by(SignIn.used_at.desc(), SignIn.id.desc())
    ).all()


def token(token_hash: str) -> Token | None:
    return db.session.scalar(select(Token).where(Token.token_hash == token_hash))


def vehicles(account_id: int) -> Sequence[Vehicle]:
    """A member's garage, last added first."""
    return db.session.scalars(
        select(Vehicle).where(Vehicle.account_id == account_id).order_by(Vehicle.id.desc())
    ).all()


def vehicle(account_id: int, vehicle_id: int) -> Vehicle | None:
    """A vehicle, if it is in this member's garage."""
    return db.session.scalar(
        select(Vehicle).where(Vehicle.account_id == account_id, Vehicle.id == vehicle_id)
    )


def models() -> Sequence[Model]:
    return db.session.scalars(select(Model).order_by(Model.name)).all()
