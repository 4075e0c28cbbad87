"""A site whose members named their cars in one line: makers and models are told apart, and nothing public is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, create_engine, insert, inspect, pool, text
from sqlalchemy.exc import DatabaseError

from community.kit import migrating
from tests.conftest import MakeDatabase
from tests.migrations.test_desk import Connected, rows, schema

OLD, NEW = "4115b0a404d2", "7757352e3822"
BEGAN = datetime(2025, 1, 1, 8, 30, tzinfo=UTC)
MODELS = ("Meridian Aru", "Meridian Kestrel EV", "Élan Aru", "Lark", "Meridian ARU")
CARS = (  # model, whether a live story names it
    ("Meridian Aru", True),
    ("meridian  kestrel-ev", True),
    ("Kestrel EV", False),
    ("Aru", True),
    ("elan aru", False),
    ("Lark", True),
    ("Sông Thu 50", True),
    ("x" * 80, False),
)
VEHICLES = "SELECT id, account_id, model, year, powertrain, since_year, created_at FROM vehicle ORDER BY id"
OLD_MODELS = "SELECT id, slug, name, from_year FROM model ORDER BY id"


@pytest.fixture
def old(empty_database: MakeDatabase) -> str:
    url = empty_database()
    migrating.upgrade(url, OLD)
    with Connected(url, writing=True) as connection:
        fill(connection)
        connection.commit()
    return url


def fill(connection: Connection, more: int = 1_200) -> None:
    """Each car has a story, live or waiting; and ``more`` cars that nobody tells about."""
    account = {"handle": "lan", "email": "lan@example.test", "password_hash": "-", "display_name": "Lan"}
    account |= {"country": "VN", "ui_language": "en", "role": "member", "standing": "good"}
    add(connection, "account", [{**account, "id": 1, "has_unread_warning": False, "created_at": BEGAN}])
    models = [
        {"id": n, "slug": f"model-{n}", "name": name, "from_year": 2009} for n, name in enumerate(MODELS, 1)
    ]
    add(connection, "model", models)
    cars = [*CARS, *((f"Kit car {number}", False) for number in range(more))]
    add(connection, "vehicle", [car(number, name) for number, (name, _) in enumerate(cars, 1)])
    told = list(enumerate((is_live for _, is_live in CARS), 1))
    add(connection, "contribution", [contribution(number) for number, _ in told])
    add(connection, "revision", [revision(number, is_live) for number, is_live in told])
    add(
        connection,
        "story",
        [{"id": number, "vehicle_id": number if is_live else None} for number, is_live in told],
    )
    for number, is_live in told:
        values = {
            "id": number,
            "state": "live" if is_live else "waiting",
            "live": number if is_live else None,
        }
        connection.execute(
            text("UPDATE contribution SET state = :state, live_revision_id = :live WHERE id = :id"), values
        )


def add(connection: Connection, name: str, found: list[dict[str, Any]]) -> None:
    table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
    connection.execute(insert(table), found)


def car(number: int, model: str) -> dict[str, Any]:
    """Some say more of it than others."""
    said = {"year": 2019, "powertrain": "plug_in", "since_year": 2020} if number % 2 else {}
    empty = {"year": None, "powertrain": None, "since_year": None}
    return {"id": number, "account_id": 1, "model": model, "created_at": BEGAN, **empty, **said}


def contribution(number: int) -> dict[str, Any]:
    moment = BEGAN + timedelta(hours=number)
    return (
        {"id": number, "kind": "story", "author_id": 1, "topic_id": 2, "form_id": f"form-{number}"}
        | {"state": "draft", "version": 2, "country": "VN" if number % 2 else "ID", "language": "vi"}
        | {"created_at": moment, "changed_at": moment, "published_at": moment}
        | {"reaction_count": 0, "comment_count": 0}
    )


def revision(number: int, is_live: bool) -> dict[str, Any]:
    moment = BEGAN + timedelta(hours=number)
    return (
        {"id": number, "contribution_id": number, "number": 1, "state": "live" if is_live else "waiting"}
        | {"title": "Over the pass", "body": "-", "html": "", "excerpt": "", "minutes": 1, "language": "vi"}
        | {"notes": "", "finding_words": "", "sequence": 1, "vehicle_id": number}
        | {"created_at": moment, "saved_at": moment, "submitted_at": moment}
    )


def test_makers_come_from_the_first_words_and_vehicles_find_their_models(old: str) -> None:
    migrating.upgrade(old, NEW)
    makers = "SELECT maker.name, model.name, model.slug, model.from_year FROM model"
    makers += " JOIN maker ON maker.id = model.maker_id ORDER BY model.id"
    assert rows(old, makers) == [
        ("Meridian", "Aru", "model-1", 2009),
        ("Meridian", "Kestrel EV", "model-2", 2009),
        ("Élan", "Aru", "model-3", 2009),
        ("Lark", "Lark", "model-4", 2009),
        ("Meridian", "ARU", "model-5", 2009),
    ]
    assert rows(old, "SELECT maker, model, model_id FROM vehicle ORDER BY id")[: len(CARS)] == [
        ("Meridian", "ARU", 5),
        ("Meridian", "Kestrel EV", 2),
        ("Meridian", "Kestrel EV", 2),
        ("", "Aru", None),
        ("Élan", "Aru", 3),
        ("Lark", "Lark", 4),
        ("", "Sông Thu 50", None),
        ("", "x" * 80, None),
    ]
    assert rows(old, "SELECT count(*) FROM vehicle WHERE folded LIKE 'kit car %'") == [(1_200,)]


def test_what_live_stories_name_is_public_and_gathered(old: str) -> None:
    migrating.upgrade(old, NEW)
    public = [number for (number,) in rows(old, "SELECT id FROM vehicle WHERE is_public ORDER BY id")]
    assert public == [number for number, (_, is_live) in enumerate(CARS, 1) if is_live]
    kept = "SELECT story_id, vehicle_id, country FROM vehicle_story ORDER BY 1"
    assert rows(old, kept) == [(number, number, "VN" if number % 2 else "ID") for number in public]
    same = "SELECT count(*) FROM vehicle_story JOIN contribution ON contribution.id = story_id"
    same += " WHERE vehicle_story.published_at = contribution.published_at"
    assert rows(old, same) == [(len(public),)]
    assert rows(old, "SELECT country, model_id, stories FROM model_tally ORDER BY 1, 2") == [
        ("", 2, 1),
        ("", 4, 1),
        ("", 5, 1),
        ("ID", 2, 1),
        ("ID", 4, 1),
        ("VN", 5, 1),
    ]


def test_down_again_it_is_what_it_was_but_for_the_spelling_and_up_again_what_it_became(old: str) -> None:
    words, models, cars = schema(old), rows(old, OLD_MODELS), rows(old, VEHICLES)
    migrating.upgrade(old, NEW)
    new, became = schema(old), state(old)
    migrating.downgrade(old, OLD)
    assert schema(old) == words
    assert rows(old, OLD_MODELS) == models
    spelled = {1: "Meridian ARU", 2: "Meridian Kestrel EV", 3: "Meridian Kestrel EV", 5: "Élan Aru"}
    assert rows(old, VEHICLES) == [(row[0], row[1], spelled.get(row[0], row[2]), *row[3:]) for row in cars]
    migrating.upgrade(old, NEW)
    assert schema(old) == new
    assert state(old) == became


def state(url: str) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("maker", "model", "vehicle", "vehicle_story", "model_tally")
    return {name: sorted(rows(url, f"SELECT * FROM {name}"), key=repr) for name in tables}


def test_down_it_loses_only_what_the_older_schema_has_no_word_for(old: str) -> None:
    """Other names, nicknames, what was taken out of a garage and no story names; never a vehicle of a story."""
    migrating.upgrade(old, NEW)
    with Connected(old, writing=True) as connection:
        for statement in NEWER:
            connection.execute(text(statement))
        connection.commit()
    migrating.downgrade(old, OLD)
    named = dict(rows(old, "SELECT id, name FROM model ORDER BY id"))
    assert named == {
        1: "Meridian Aru",
        2: "Meridian Kestrel EV",
        3: "Élan Aru",
        90: f"{'Long ' * 12}{'x' * 20}",
        91: f"{'Long ' * 12} 91",
    }
    assert rows(old, "SELECT model FROM vehicle WHERE id IN (1, 9, 10) ORDER BY id") == [
        ("Meridian ARU",),
        ("Kit car 1",),
    ]
    assert rows(old, "SELECT vehicle_id FROM story WHERE id = 1") == [(1,)]
    migrating.upgrade(old, NEW)
    assert rows(old, "SELECT count(*) FROM vehicle_story") == [(5,)]


LIST = "INSERT INTO model (id, maker_id, slug, name, folded) VALUES ({id}, 90, 'long-{id}', '{name}', '{id}')"
NEWER = (
    "UPDATE model SET merged_into_id = 2 WHERE id = 4",
    "UPDATE model SET merged_into_id = 1 WHERE id = 5",
    f"INSERT INTO maker (id, name, folded) VALUES (90, '{('Long ' * 12).strip()}', 'long')",
    LIST.format(id=90, name="x" * 20 + "a"),
    LIST.format(id=91, name="x" * 20 + "b"),
    "UPDATE vehicle SET nickname = 'Mai', odometer = 5, odometer_unit = 'km', until_year = 2024 WHERE id = 1",
    "UPDATE vehicle SET nickname = '', odometer = NULL, odometer_unit = NULL WHERE id IN (1, 9)",
    "UPDATE vehicle SET removed_at = created_at WHERE id IN (1, 9)",
)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vehicle SET odometer = 5",
        "UPDATE vehicle SET odometer = 10000000, odometer_unit = 'km'",
        "UPDATE vehicle SET odometer = 5, odometer_unit = 'ft'",
        "UPDATE vehicle SET until_year = 1999, since_year = 2000",
        "UPDATE vehicle SET removed_at = created_at, nickname = 'Mai'",
        "UPDATE vehicle SET model = ''",
        "UPDATE vehicle SET powertrain = 'steam'",
        "UPDATE vehicle SET model_id = 999",
        "UPDATE vehicle SET form_id = 'the-same-form'",
        "UPDATE model SET name = ''",
        "DELETE FROM model",
    ],
)
def test_the_new_tables_hold_their_rules(old: str, change: str) -> None:
    migrating.upgrade(old, NEW)
    with Connected(old, writing=True) as connection, pytest.raises(DatabaseError):
        connection.execute(text(change))


def test_everything_has_the_name_the_models_give_it(old: str) -> None:
    migrating.upgrade(old, NEW)
    found = inspect(create_engine(old, poolclass=pool.NullPool))
    for table in ("maker", "model", "vehicle", "vehicle_story", "model_tally"):
        keys = [
            *found.get_foreign_keys(table),
            *found.get_unique_constraints(table),
            *found.get_indexes(table),
        ]
        assert all(one["name"] for one in [*keys, *found.get_check_constraints(table)]), table
