"""Permission × person × thing, as a table: what is not named here is refused."""

from dataclasses import dataclass

import pytest

from community.contributions.models import State
from community.contributions.models.states import EDITABLE, ENDED, PUBLIC
from community.policy import rules
from community.policy.permissions import Permission, Role, Standing


@dataclass(frozen=True)
class Somebody:
    id: int | None
    role: Role | None = Role.MEMBER
    standing: Standing = Standing.GOOD
    is_confirmed: bool = True


@dataclass(frozen=True)
class Something:
    state: State
    author_id: int = 1
    was_submitted: bool = False

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_withdrawable(self) -> bool:
        return self.state not in ENDED

    @property
    def is_decidable(self) -> bool:
        return self.state in (State.WAITING, State.LIVE, State.HIDDEN)

    @property
    def has_been_submitted(self) -> bool:
        return self.was_submitted or self.state in (State.WAITING, State.LIVE, State.REFUSED, State.HIDDEN)


PEOPLE: dict[str, rules.Person] = {
    "visitor": rules.Visitor(),
    "author": Somebody(1),
    "author unconfirmed": Somebody(1, is_confirmed=False),
    "author warned": Somebody(1, standing=Standing.WARNED),
    "author suspended": Somebody(1, standing=Standing.SUSPENDED),
    "author moderator": Somebody(1, Role.MODERATOR),
    "member": Somebody(2),
    "warned": Somebody(2, standing=Standing.WARNED),
    "unconfirmed": Somebody(2, is_confirmed=False),
    "suspended": Somebody(2, standing=Standing.SUSPENDED),
    "moderator": Somebody(3, Role.MODERATOR),
    "moderator unconfirmed": Somebody(3, Role.MODERATOR, is_confirmed=False),
    "moderator suspended": Somebody(3, Role.MODERATOR, standing=Standing.SUSPENDED),
    "admin": Somebody(4, Role.ADMIN),
}
AUTHORS = {name for name in PEOPLE if name.startswith("author")}
DESK = {"moderator", "admin"}
DESK_OF_ALL = DESK | {"author moderator"}
ACTIVE = {"author", "author warned", "author moderator", "member", "warned", "moderator", "admin"}
SIGNED_IN = set(PEOPLE) - {"visitor"}
ALL = set(PEOPLE)

THINGS = {
    "draft": Something(State.DRAFT),
    "returned": Something(State.DRAFT, was_submitted=True),
    "waiting": Something(State.WAITING),
    "live": Something(State.LIVE),
    "hidden": Something(State.HIDDEN),
    "refused": Something(State.REFUSED),
    "withdrawn": Something(State.WITHDRAWN, was_submitted=True),
    "withdrawn draft": Something(State.WITHDRAWN),
    "erased": Something(State.ERASED, was_submitted=True),
}
SUBMITTED = ("returned", "waiting", "hidden", "refused", "withdrawn", "erased")

ALLOWED: dict[Permission, dict[str, set[str]]] = {
    Permission.READ: {
        "live": ALL,
        "draft": AUTHORS,
        "withdrawn draft": AUTHORS,
        **dict.fromkeys(SUBMITTED, AUTHORS | DESK),
    },
    Permission.EDIT: dict.fromkeys(("draft", "returned", "waiting", "live"), AUTHORS),
    Permission.WITHDRAW: dict.fromkeys(
        ("draft", "returned", "waiting", "live", "hidden", "refused"), AUTHORS
    ),
    Permission.COMPARE: {
        **dict.fromkeys(("draft", "withdrawn draft"), AUTHORS),
        **dict.fromkeys((*SUBMITTED, "live"), AUTHORS | DESK),
    },
    Permission.FOLLOW_STATUS: dict.fromkeys(THINGS, AUTHORS),
    Permission.COMMENT: {"live": ACTIVE},
    Permission.REACT: {"live": ACTIVE},
    Permission.REVIEW: dict.fromkeys((*SUBMITTED, "live"), DESK_OF_ALL),
    Permission.DECIDE: dict.fromkeys(("waiting", "live", "hidden"), DESK),
}
WITHOUT_THING: dict[Permission, set[str]] = {
    Permission.WRITE: SIGNED_IN,
    Permission.SUBMIT: ACTIVE,
    Permission.USE_ACCOUNT: SIGNED_IN,
    Permission.REVIEW: DESK_OF_ALL,
}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("act", ALLOWED)
def test_to_a_thing(act: Permission, thing: str, person: str) -> None:
    expected = person in ALLOWED[act].get(thing, set())
    assert rules.can(PEOPLE[person], act, THINGS[thing]) is expected


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("act", Permission)
def test_to_nothing_in_particular(act: Permission, person: str) -> None:
    expected = person in WITHOUT_THING.get(act, set())
    assert rules.can(PEOPLE[person], act) is expected


def test_every_act_has_one_rule_and_a_line_here() -> None:
    assert set(rules.RULES) == set(Permission)
    assert set(ALLOWED) | set(WITHOUT_THING) == set(Permission)
    assert {thing for acts in ALLOWED.values() for thing in acts} <= set(THINGS)


def test_no_role_but_the_desks_opens_the_desk() -> None:
    opening = {role for role in Role if rules.can(Somebody(9, role), Permission.REVIEW)}
    assert opening == {Role.MODERATOR, Role.ADMIN}
