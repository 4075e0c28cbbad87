"""Questions about people, their sign-ins, tokens and garage."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, ScalarSelect, Select, SQLColumnExpression, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from community.accounts.models import Account, Block, Maker, Model, SignIn, Token, Vehicle
from community.accounts.models.garage import key
from community.kit import clock, db

OFTEN_TYPED = 20
Counts = Callable[[SQLColumnExpression[int], ColumnElement[datetime]], ScalarSelect[int]]
"""What counts something of the account with this number, at this moment."""


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


def sign_in(token_hash: str, counts: Counts) -> tuple[SignIn | None, int]:
    """A sign-in that has not run out, with its account, what it reads, and what ``counts``: one query a request."""
    found = db.session.execute(_sign_in(counts), {"token_hash": token_hash, "now": clock.now()})
    row = found.unique().one_or_none()
    return (row[0], row[1]) if row else (None, 0)


@cache
def _sign_in(counts: Counts) -> Select[SignIn, int]:
    """Composed once: composing takes longer than running it. ``now`` is there for ``counts`` too."""
    return (
        select(SignIn, counts(SignIn.account_id, bindparam("now", type_=db.Moment)))
        .where(SignIn.token_hash == bindparam("token_hash"), SignIn.expires_at > bindparam("now"))
        .options(joinedload(SignIn.account, innerjoin=True).joinedload(Account.reading_languages))
    )


def blocked_by(account_id: int) -> Sequence[Account]:
    """Whom a member blocked, the last one first."""
    return db.session.scalars(
        select(Account)
        .join(Block, Block.blocked_id == Account.id)
        .where(Block.blocker_id == account_id)
        .order_by(Block.created_at.desc(), Account.id.desc())
    ).all()


def sign_ins(account_id: int) -> Sequence[SignIn]:
    """Those that have not run out, last used first."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.expires_at > clock.now())
        .order_by(SignIn.used_at.desc(), SignIn.id.desc())
    ).all()


def token(token_hash: str) -> Token | None:
    return db.session.scalar(select(Token).where(Token.token_hash == token_hash))


def vehicles(account_id: int, *, besides: int | None = None) -> Sequence[Vehicle]:
    """A member's garage, last added first; and ``besides`` one of theirs that a story still names."""
    return db.session.scalars(
        select(Vehicle)
        .where(Vehicle.account_id == account_id, or_(Vehicle.removed_at.is_(None), Vehicle.id == besides))
        .order_by(Vehicle.id.desc())
    ).all()


def public_vehicles(account_id: int) -> Sequence[Vehicle]:
    """What everybody may see of a member's garage: first those they have, then those they had."""
    return db.session.scalars(
        select(Vehicle)
        .where(Vehicle.account_id == account_id, Vehicle.removed_at.is_(None), Vehicle.is_public)
        .order_by(Vehicle.until_year.is_not(None), Vehicle.id.desc())
    ).all()


def vehicle(account_id: int, vehicle_id: int) -> Vehicle | None:
    """A vehicle of this member's, also one that stands in the garage no more."""
    return db.session.scalar(
        select(Vehicle).where(Vehicle.account_id == account_id, Vehicle.id == vehicle_id)
    )


def vehicle_with_owner(vehicle_id: int) -> Vehicle | None:
    """A vehicle with its owner and the model it is listed as."""
    return db.session.scalar(
        select(Vehicle)
        .where(Vehicle.id == vehicle_id)
        .options(joinedload(Vehicle.account, innerjoin=True), joinedload(Vehicle.listed))
    )


def vehicle_by_form(account_id: int, form_id: str) -> Vehicle | None:
    return db.session.scalar(
        select(Vehicle).where(Vehicle.account_id == account_id, Vehicle.form_id == form_id)
    )


def makers() -> Sequence[Maker]:
    """The listed makers in the order of their names."""
    return db.session.scalars(
        select(Maker).where(Maker.merged_into_id.is_(None)).order_by(Maker.folded)
    ).all()


def models(maker_id: int | None = None) -> Sequence[Model]:
    """The listed models with their makers, in the order of the names of both."""
    query = _models().where(Model.merged_into_id.is_(None)).order_by(Maker.folded, Model.folded)
    return db.session.scalars(query if maker_id is None else query.where(Model.maker_id == maker_id)).all()


def maker(maker_id: int) -> Maker | None:
    return db.session.get(Maker, maker_id)


def maker_named(name: str) -> Maker | None:
    """The listed maker of this name, or of the one this is another name of."""
    named = select(func.coalesce(Maker.merged_into_id, Maker.id)).where(Maker.folded == key(name))
    return db.session.scalar(select(Maker).where(Maker.id == named.scalar_subquery()))


def model(model_id: int) -> Model | None:
    """With its maker."""
    return db.session.scalar(_models().where(Model.id == model_id))


def model_names(model_ids: Sequence[int]) -> dict[int, str]:
    """Maker and model of each."""
    found = db.session.scalars(_models().where(Model.id.in_(model_ids)))
    return {model.id: model.whole_name for model in found}


def model_by_slug(slug: str) -> Model | None:
    """With its maker; one that was merged comes as itself."""
    return db.session.scalar(_models().where(Model.slug == slug))


def model_of_maker(maker_id: int, name: str) -> Model | None:
    """With its maker; one that was merged comes as itself."""
    return db.session.scalar(_models().where(Model.maker_id == maker_id, Model.folded == key(name)))


def model_named(its_maker: str, its_name: str) -> Model | None:
    """The listed model somebody means who typed this, the maker apart, in front of the model, or left out.

    Other names of a maker or a model lead to it. Without a maker, it is the one of that name, if there is but one.
    """
    meant = func.coalesce(Model.merged_into_id, Model.id)
    whole = Maker.folded + " " + Model.folded
    query = (
        select(meant)
        .join(Maker, or_(Maker.id == Model.maker_id, Maker.merged_into_id == Model.maker_id))
        .where(whole.in_((key(its_maker, its_name), key(its_name))))
    )
    found = set(db.session.scalars(query))
    if not found and not its_maker:
        found = set(db.session.scalars(select(meant).where(Model.folded == key(its_name))))
    return model(found.pop()) if len(found) == 1 else None


def other_names(kind: type[Maker] | type[Model], number: int) -> Sequence[tuple[int, str]]:
    """(id, name) of what was merged into a maker or a model."""
    rows = db.session.execute(
        select(kind.id, kind.name).where(kind.merged_into_id == number).order_by(kind.folded)
    )
    return [(other_id, name) for other_id, name in rows]


def slugs_like(stem: str) -> set[str]:
    """The addresses of models that begin with ``stem``."""
    return set(db.session.scalars(select(Model.slug).where(Model.slug.startswith(stem, autoescape=True))))


def vehicles_by_model() -> dict[int, int]:
    """How many vehicles there are of each model, in garages and in stories."""
    counted = (
        select(Vehicle.model_id, func.count().label("vehicles"))
        .where(Vehicle.model_id.is_not(None))
        .group_by(Vehicle.model_id)
    )
    return {row.model_id: row.vehicles for row in db.session.execute(counted)}


def often_typed() -> Sequence[tuple[str, str, int]]:
    """(maker, model, vehicles) of what members typed most often and nobody has listed."""
    vehicles = func.count().label("vehicles")
    rows = db.session.execute(
        select(func.min(Vehicle.maker), func.min(Vehicle.model), vehicles)
        .where(Vehicle.model_id.is_(None), Vehicle.removed_at.is_(None))
        .group_by(Vehicle.folded)
        .order_by(vehicles.desc(), Vehicle.folded)
        .limit(OFTEN_TYPED)
    )
    return [(its_maker, its_name, number) for its_maker, its_name, number in rows]


def _models() -> Select[Model]:
    return select(Model).join(Model.maker).options(contains_eager(Model.maker))
