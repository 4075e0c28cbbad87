"""How a view gets a maker or a model of the list, to change it: only for who keeps the list."""

from typing import TypeVar

from community.accounts import access as accounts
from community.accounts import queries
from community.accounts.models import Maker, Model
from community.kit.errors import NotFound
from community.policy.permissions import Permission

Listed = TypeVar("Listed", Maker, Model)


def load_maker(maker_id: int, *, or_other_name: bool = False) -> Maker:
    """Another name of a maker is found only ``or_other_name``. Raises SignInNeeded, NotFound."""
    accounts.require(Permission.SET_RULES)
    return _found(queries.maker(maker_id), or_other_name=or_other_name)


def load_model(model_id: int, *, or_other_name: bool = False) -> Model:
    """With its maker; as ``load_maker``. Raises SignInNeeded, NotFound."""
    accounts.require(Permission.SET_RULES)
    return _found(queries.model(model_id), or_other_name=or_other_name)


def _found(one: Listed | None, *, or_other_name: bool) -> Listed:
    if one is None or (one.merged_into_id is not None and not or_other_name):
        raise NotFound
    return one
