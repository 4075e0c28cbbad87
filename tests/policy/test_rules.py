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
    has_unread_warning: bool = False
    reads: tuple[str, ...] = ("en",)
    blocks: frozenset[int] = frozenset()
    blocked_by: frozenset[int] = frozenset()

    @property
    def languages(self) -> list[str]:
        return list(self.reads)


@dataclass(frozen=True)
class Something:
    state: State
    author_id: int = 1
    was_submitted: bool = False
    language: str = "en"
    is_closed: bool = False
    needs_reader: bool = False

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    @property
    def takes_answers(self) -> bool:
        return self.is_public and not self.is_closed

    @property
    def takes_support(self) -> bool:
        return self.is_public

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
    "closed": Somebody(2, standing=Standing.CLOSED),
    "warning unread": Somebody(2, standing=Standing.WARNED, has_unread_warning=True),
    "moderator": Somebody(3, Role.MODERATOR),
    "moderator elsewhere": Somebody(3, Role.MODERATOR, reads=("vi",)),
    "admin elsewhere": Somebody(4, Role.ADMIN, reads=("id",)),
    "moderator unconfirmed": Somebody(3, Role.MODERATOR, is_confirmed=False),
    "moderator suspended": Somebody(3, Role.MODERATOR, standing=Standing.SUSPENDED),
    "admin": Somebody(4, Role.ADMIN),
    "curator": Somebody(5, Role.CURATOR),
    "curator suspended": Somebody(5, Role.CURATOR, standing=Standing.SUSPENDED),
}
AUTHORS = {name for name in PEOPLE if name.startswith("author")}
ADMINS = {"admin", "admin elsewhere"}
DESK = {"moderator", "moderator elsewhere"} | ADMINS
READERS = DESK - {"moderator elsewhere"}
DESK_OF_ALL = DESK | {"author moderator"}
CURATORS = {"curator"} | ADMINS
ACTIVE = {"author", "author warned", "author moderator", "member", "warned", "curator"} | DESK
SIGNED_IN = set(PEOPLE) - {"visitor"}
ALL = set(PEOPLE)

THINGS = {
    "draft": Something(State.DRAFT),
    "returned": Something(State.DRAFT, was_submitted=True),
    "waiting": Something(State.WAITING),
    "live": Something(State.LIVE),
    "live and closed": Something(State.LIVE, is_closed=True),
    "live and untagged": Something(State.LIVE, language="und"),
    "live translation": Something(State.LIVE, needs_reader=True),
    "hidden": Something(State.HIDDEN),
    "refused": Something(State.REFUSED),
    "withdrawn": Something(State.WITHDRAWN, was_submitted=True),
    "withdrawn draft": Something(State.WITHDRAWN),
    "erased": Something(State.ERASED, was_submitted=True),
}
LIVE = ("live", "live and closed", "live and untagged", "live translation")
SUBMITTED = ("returned", "waiting", "hidden", "refused", "withdrawn", "erased")

ALLOWED: dict[Permission, dict[str, set[str]]] = {
    Permission.READ: {
        **dict.fromkeys(LIVE, ALL),
        "draft": AUTHORS,
        "withdrawn draft": AUTHORS,
        **dict.fromkeys(SUBMITTED, AUTHORS | DESK),
    },
    Permission.EDIT: dict.fromkeys(("draft", "returned", "waiting", *LIVE), AUTHORS),
    Permission.WITHDRAW: dict.fromkeys(("draft", "returned", "waiting", *LIVE, "hidden", "refused"), AUTHORS),
    Permission.COMPARE: {
        **dict.fromkeys(("draft", "withdrawn draft"), AUTHORS),
        **dict.fromkeys((*SUBMITTED, *LIVE), AUTHORS | DESK),
    },
    Permission.FOLLOW_STATUS: dict.fromkeys(THINGS, AUTHORS),
    Permission.COMMENT: dict.fromkeys(("live", "live and untagged", "live translation"), ACTIVE),
    Permission.REACT: dict.fromkeys(LIVE, ACTIVE),
    Permission.REVIEW: dict.fromkeys((*SUBMITTED, *LIVE), DESK_OF_ALL),
    Permission.DECIDE: {
        **dict.fromkeys(("waiting", *LIVE, "hidden"), DESK),
        "live translation": READERS,
    },
    Permission.RESTRICT: {**dict.fromkeys(("waiting", *LIVE, "hidden"), READERS), "live and untagged": DESK},
    Permission.HAND_ON: dict.fromkeys(("waiting", *LIVE, "hidden"), DESK),
    Permission.REPORT: dict.fromkeys(LIVE, ALL - AUTHORS),
    Permission.READ_REPORTS: dict.fromkeys(THINGS, DESK),
    Permission.SUPPORT: dict.fromkeys(LIVE, ACTIVE - AUTHORS),
    Permission.QUOTE: dict.fromkeys(LIVE, SIGNED_IN),
    Permission.TRANSLATE: {
        **dict.fromkeys(LIVE, SIGNED_IN),
        **dict.fromkeys(("draft", "withdrawn draft"), AUTHORS),
        **dict.fromkeys(SUBMITTED, AUTHORS | DESK),
    },
    Permission.CONSENT: dict.fromkeys(THINGS, AUTHORS),
    Permission.FOLLOW: dict.fromkeys(LIVE, SIGNED_IN - AUTHORS),
}
WITHOUT_THING: dict[Permission, set[str]] = {
    Permission.WRITE: SIGNED_IN,
    Permission.SUBMIT: ACTIVE,
    Permission.USE_ACCOUNT: SIGNED_IN,
    Permission.CURATE: CURATORS,
    Permission.SEE_INSIGHTS: CURATORS,
    Permission.REVIEW: DESK_OF_ALL,
    Permission.DECIDE_APPEAL: DESK_OF_ALL,
    Permission.SANCTION: DESK_OF_ALL,
    Permission.EXPORT: DESK_OF_ALL,
    Permission.READ_STATEMENT: DESK_OF_ALL,
    Permission.TAKE_ESCALATED: ADMINS,
    Permission.CLOSE_ACCOUNT: ADMINS,
    Permission.SET_RULES: ADMINS,
    Permission.READ_VEHICLE: set(),
    Permission.EDIT_VEHICLE: set(),
    Permission.REMOVE_VEHICLE: set(),
    Permission.READ_MEMBER: set(),
    Permission.FOLLOW_MEMBER: set(),
    Permission.BLOCK: set(),
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


@dataclass(frozen=True)
class Appealed:
    author_id: int = 1
    appellant_id: int | None = 1
    first_by_id: int = 3


@pytest.mark.parametrize(
    ("appeal", "deciding"),
    [
        (Appealed(), ADMINS),
        (Appealed(first_by_id=4), {"moderator", "moderator elsewhere"}),
        (Appealed(first_by_id=9), DESK),
        (Appealed(author_id=3, appellant_id=None, first_by_id=9), ADMINS | {"author moderator"}),
    ],
)
def test_another_person_decides_an_appeal(appeal: Appealed, deciding: set[str]) -> None:
    found = {name for name, who in PEOPLE.items() if rules.can(who, Permission.DECIDE_APPEAL, appeal)}
    assert found == deciding


@pytest.mark.parametrize("act", [Permission.SANCTION, Permission.CLOSE_ACCOUNT])
@pytest.mark.parametrize(
    ("member", "sanctioning"),
    [
        (Somebody(9), DESK_OF_ALL),
        (Somebody(9, Role.CURATOR), DESK_OF_ALL),
        (Somebody(9, Role.MODERATOR), ADMINS),
        (Somebody(9, Role.ADMIN), set()),
        (Somebody(3, Role.MEMBER), ADMINS | {"author moderator"}),
        (Somebody(4, Role.MODERATOR), set()),
    ],
)
def test_a_sanction_is_never_against_oneself_or_an_admin_and_the_desk_is_the_admins(
    act: Permission, member: Somebody, sanctioning: set[str]
) -> None:
    found = {name for name, who in PEOPLE.items() if rules.can(who, act, member)}
    assert found == (sanctioning if act is Permission.SANCTION else sanctioning & ADMINS)


@dataclass(frozen=True)
class Stated:
    account_id: int = 2


def test_a_statement_is_for_whom_it_was_made_to_and_for_the_desk() -> None:
    found = {name for name, who in PEOPLE.items() if rules.can(who, Permission.READ_STATEMENT, Stated())}
    own = {name for name, who in PEOPLE.items() if who.id == 2}
    assert found == own | DESK_OF_ALL


@dataclass(frozen=True)
class Parked:
    account_id: int = 1
    is_public: bool = True
    is_removed: bool = False


@pytest.mark.parametrize(
    ("vehicle", "reading", "removing"),
    [
        (Parked(), ALL, AUTHORS),
        (Parked(is_public=False), AUTHORS, AUTHORS),
        (Parked(is_public=False, is_removed=True), set(), set()),
        (Parked(is_removed=True), set(), set()),
    ],
)
def test_a_vehicle_is_its_owners_and_everybodys_if_they_say_so(
    vehicle: Parked, reading: set[str], removing: set[str]
) -> None:
    """Neither a moderator nor an admin looks into a garage; whoever changes one needs a voice."""
    for act, expected in (
        (Permission.READ_VEHICLE, reading),
        (Permission.REMOVE_VEHICLE, removing),
        (Permission.EDIT_VEHICLE, removing & ACTIVE),
    ):
        assert {name for name, who in PEOPLE.items() if rules.can(who, act, vehicle)} == expected, act


def test_no_role_but_the_desks_opens_the_desk() -> None:
    opening = {role for role in Role if rules.can(Somebody(9, role), Permission.REVIEW)}
    assert opening == {Role.MODERATOR, Role.ADMIN}


def test_who_judges_what_members_say_is_not_who_answers_it_for_the_maker() -> None:
    answering = {role for role in Role if rules.can(Somebody(9, role), Permission.CURATE)}
    assert answering == {Role.CURATOR, Role.ADMIN}


BLOCKED_BY_AUTHOR = frozenset({1})
REACHING = (
    Permission.COMMENT,
    Permission.REACT,
    Permission.FOLLOW,
    Permission.QUOTE,
    Permission.TRANSLATE,
)


@pytest.mark.parametrize("role", Role)
def test_blocked_nobody_reaches_the_author_and_only_members_are_shut_out(role: Role) -> None:
    shut_out = Somebody(2, role, blocked_by=BLOCKED_BY_AUTHOR)
    blocking = Somebody(2, role, blocks=BLOCKED_BY_AUTHOR)
    live = THINGS["live"]
    assert rules.can(shut_out, Permission.READ, live) is (role is not Role.MEMBER)
    assert rules.can(shut_out, Permission.READ_MEMBER, Somebody(1)) is (role is not Role.MEMBER)
    assert rules.can(blocking, Permission.READ, live)
    for one in (shut_out, blocking):
        for act in REACHING:
            assert not rules.can(one, act, live), act
        assert not rules.can(one, Permission.FOLLOW_MEMBER, Somebody(1))
        assert rules.can(one, Permission.REPORT, live)
        assert rules.can(one, Permission.BLOCK, Somebody(1))
    assert not rules.can(Somebody(1), Permission.BLOCK, Somebody(1))
