"""What a list of ideas can be kept to."""

from typing import NamedTuple

from sqlalchemy import String, and_, cast, select
from sqlalchemy.orm import aliased

from community.accounts.models import Maker, Model
from community.ideas.models import IdeaConcern, Sum
from community.kit import db


class Offered(NamedTuple):
    """The countries' codes, and the models by address: (number, maker and model), in the order of their names."""

    countries: frozenset[str]
    models: dict[str, tuple[int, str]]


def offered() -> Offered:
    """The countries and models that live ideas are about."""
    named = aliased(IdeaConcern, select(IdeaConcern.kind, IdeaConcern.value).distinct().subquery())
    rows = db.session.execute(
        select(named.kind, named.value, Model.id, Model.slug, Maker.name, Model.name)
        .select_from(named)
        .outerjoin(Model, and_(named.kind == Sum.MODEL, cast(Model.id, String) == named.value))
        .outerjoin(Maker, Maker.id == Model.maker_id)
        .order_by(Maker.folded, Model.folded, named.value)
    ).all()
    return Offered(
        frozenset(value for kind, value, *_model in rows if kind is Sum.COUNTRY),
        {slug: (number, f"{maker} {model}") for *_about, number, slug, maker, model in rows if slug},
    )
