from community.contributions import actions, queries
from tests.cast import Cast, Person
from tests.factories.contributions import Factory, contribution
from tests.helpers.site import Site

COUNT = "SELECT reaction_count FROM contribution WHERE id = :number"


def say(db: Site, number: int, person: Person, times: int = 1) -> None:
    with db.writing():
        for _ in range(times):
            actions.react(contribution(number), by=person.account())


def take_back(db: Site, number: int, person: Person) -> None:
    with db.writing():
        actions.take_reaction_back(contribution(number), by=person.account())


def test_one_a_member_a_contribution(db: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    say(db, number, cast.member, times=3)
    say(db, number, cast.member)
    say(db, number, cast.moderator)
    assert db.value(COUNT, number=number) == 2


def test_taken_back_once_however_often(db: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    say(db, number, cast.member)
    say(db, number, cast.moderator)
    for _ in range(3):
        take_back(db, number, cast.member)
    assert db.value(COUNT, number=number) == 1
    assert db.rows("SELECT account_id FROM reaction") == [(cast.moderator.id,)]


def test_a_list_of_things_is_asked_once(db: Site, cast: Cast, make: Factory) -> None:
    first, second, third = (make.live_story() for _ in range(3))
    say(db, first, cast.member)
    say(db, third, cast.member)
    say(db, second, cast.moderator)
    with db.reading():
        assert queries.reacted_to(cast.member.id, [first, second, third]) == {first, third}
        assert queries.reacted_to(cast.member.id, []) == set()


def test_a_reaction_is_a_public_change(db: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    before = db.value("SELECT number FROM pulse")
    say(db, number, cast.member)
    say(db, number, cast.member)
    assert db.value("SELECT number FROM pulse") == before + 1
