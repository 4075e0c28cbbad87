"""The garage: makers and models that admins keep, all that a vehicle is besides a model, live stories by vehicle.

Models get the first word of their name as their maker. Vehicles that live stories name are public, as they were; the
others are their owner's. Names are folded by the code that looks them up.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

from community.kit import folding

revision: str = "7757352e3822"
down_revision: str | None = "4115b0a404d2"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
AT_ONCE = 1000
LONGEST_NAME, LONGEST_KEY = 80, 564
YEARS = "BETWEEN 1886 AND 2100"
IS_LISTED = "model_id IS NOT NULL"
POWERTRAINS = ("petrol", "diesel", "hybrid", "plug_in", "electric", "hydrogen")

IS_TOLD = (
    "EXISTS (SELECT 1 FROM story JOIN contribution ON contribution.id = story.id "
    "WHERE story.vehicle_id = vehicle.id AND contribution.state = 'live')"
)
CHECKS = {
    "ck_vehicle_maker_length": "length(maker) <= 60",
    "ck_vehicle_nickname_length": "length(nickname) <= 40",
    "ck_vehicle_until_year_range": f"until_year {YEARS}",
    "ck_vehicle_until_after_since": "until_year >= since_year",
    "ck_vehicle_odometer_range": "odometer BETWEEN 0 AND 9999999",
    "ck_vehicle_odometer_has_unit": "(odometer IS NULL) = (odometer_unit IS NULL)",
    "ck_vehicle_removed_keeps_nothing_private": (
        "removed_at IS NULL OR (nickname = '' AND odometer IS NULL)"
    ),
    "ck_vehicle_odometer_unit": "odometer_unit IN ('km', 'mi')",
}
OLD_COLUMNS = "id, account_id, model, year, powertrain, since_year, created_at"
WHOLE_NAME = (
    f"substr(CASE WHEN maker IN ('', model) THEN model ELSE maker || ' ' || model END, 1, {LONGEST_NAME})"
)
IS_FORGOTTEN = (
    "removed_at IS NOT NULL AND id NOT IN (SELECT vehicle_id FROM revision WHERE vehicle_id IS NOT NULL)"
    " AND id NOT IN (SELECT vehicle_id FROM story WHERE vehicle_id IS NOT NULL)"
)


class Listed(NamedTuple):
    id: int
    maker: str
    name: str


def upgrade() -> None:
    models = op.get_bind().execute(sa.text("SELECT id, slug, name, from_year FROM model ORDER BY id")).all()
    op.drop_table("model")
    _create_maker()
    _create_model()
    listed = list(_list(models))
    if _is_sqlite():
        _widen_on_sqlite()
    else:
        _widen_on_postgresql()
    _link(_by_name(listed))
    _create_vehicle_story()
    _create_model_tally()
    _gather()


def downgrade() -> None:
    op.drop_table("model_tally")
    op.drop_table("vehicle_story")
    op.execute(f"DELETE FROM vehicle WHERE {IS_FORGOTTEN}")
    if _is_sqlite():
        _narrow_on_sqlite()
    else:
        _narrow_on_postgresql()
    _unlist()


def _list(models: Sequence[Any]) -> Iterator[Listed]:
    """The models again, each under its maker."""
    makers: dict[str, dict[str, Any]] = {}
    rows: list[dict[str, Any]] = []
    for model in models:
        first, _, rest = model.name.partition(" ")
        folded = _fold(first)
        maker = makers.setdefault(folded, {"id": len(makers) + 1, "name": first[:60], "folded": folded})
        name = rest or first
        rows.append(
            {"id": model.id, "maker_id": maker["id"], "slug": model.slug, "name": name}
            | {"folded": _fold(name), "from_year": model.from_year}
        )
        yield Listed(model.id, maker["name"], name)
    for table, found in (("maker", list(makers.values())), ("model", _told_apart(rows))):
        if found:
            op.bulk_insert(_reflected(table), found)
            _count_on(table)


def _by_name(listed: list[Listed]) -> dict[str, Listed]:
    """By folded name, with its maker or, where only one is meant, without."""
    bare = Counter(_fold(one.name) for one in listed)
    return {_fold(one.name): one for one in listed if bare[_fold(one.name)] == 1} | {
        _fold(one.maker, one.name): one for one in listed
    }


def _told_apart(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two that differ only in case or accents keep their names and are found by the first."""
    seen: set[tuple[int, str]] = set()
    for row in rows:
        if (row["maker_id"], row["folded"]) in seen:
            row["folded"] = f"{row['folded'][: LONGEST_KEY - 20]} {row['id']}"
        seen.add((row["maker_id"], row["folded"]))
    return rows


def _unlist() -> None:
    """The list as it was, each model with its maker before its name. Other names of one are let go."""
    rows = (
        op.get_bind()
        .execute(
            sa.text(
                "SELECT model.id, model.slug, maker.name AS maker, model.name, model.from_year FROM model"
                " JOIN maker ON maker.id = model.maker_id WHERE model.merged_into_id IS NULL ORDER BY model.id"
            )
        )
        .all()
    )
    op.drop_table("model")
    op.drop_table("maker")
    _create_old_model()
    taken: set[str] = set()
    old = []
    for row in rows:
        name = (row.name if row.maker == row.name else f"{row.maker} {row.name}")[:LONGEST_NAME]
        name = name if name not in taken else f"{name[: LONGEST_NAME - 20]} {row.id}"
        taken.add(name)
        old.append({"id": row.id, "slug": row.slug, "name": name, "from_year": row.from_year})
    if old:
        op.bulk_insert(_reflected("model"), old)
        _count_on("model")


def _widen_on_sqlite() -> None:
    """A new table with the rows and the name of the old one: Alembic's batch mode would lose the CHECK constraints."""
    op.create_table(
        "rebuilt",
        *_old_columns(),
        *_new_columns(),
        *_constraints(),
        *(sa.CheckConstraint(words, name=op.f(name)) for name, words in CHECKS.items()),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("fk_vehicle_model_id")),
        sa.UniqueConstraint("account_id", "form_id", name=op.f("uq_vehicle_account_id_form_id")),
    )
    op.execute(
        f"INSERT INTO rebuilt ({OLD_COLUMNS}, maker, folded, nickname, is_public)"
        f" SELECT {OLD_COLUMNS}, '', '', '', {IS_TOLD} FROM vehicle"
    )
    _put_in_place()
    _index_vehicles()


def _widen_on_postgresql() -> None:
    filled = {"maker": "", "folded": "", "nickname": "", "is_public": "0"}
    for column in _new_columns():
        if column.name in filled:
            column.server_default = sa.DefaultClause(filled[column.name])
        op.add_column("vehicle", column)
        if column.name in filled:
            op.alter_column("vehicle", column.name, server_default=None)
    op.execute(f"UPDATE vehicle SET is_public = {IS_TOLD}")
    for name, words in CHECKS.items():
        op.create_check_constraint(op.f(name), "vehicle", words)
    op.create_foreign_key(op.f("fk_vehicle_model_id"), "vehicle", "model", ["model_id"], ["id"])
    op.create_unique_constraint(op.f("uq_vehicle_account_id_form_id"), "vehicle", ["account_id", "form_id"])
    _index_vehicles(besides_old=False)


def _index_vehicles(*, besides_old: bool = True) -> None:
    if besides_old:
        op.create_index("ix_vehicle_account_id", "vehicle", ["account_id"])
    op.create_index("ix_vehicle_model_id", "vehicle", ["model_id"], **_where(IS_LISTED))
    op.create_index("ix_vehicle_unlisted", "vehicle", ["folded"], **_where("model_id IS NULL"))


def _narrow_on_sqlite() -> None:
    op.create_table("rebuilt", *_old_columns(), *_constraints())
    op.execute(
        f"INSERT INTO rebuilt ({OLD_COLUMNS})"
        f" SELECT {OLD_COLUMNS.replace('model', WHOLE_NAME, 1)} FROM vehicle"
    )
    _put_in_place()
    op.create_index("ix_vehicle_account_id", "vehicle", ["account_id"])


def _narrow_on_postgresql() -> None:
    op.drop_index("ix_vehicle_unlisted", "vehicle")
    op.drop_index("ix_vehicle_model_id", "vehicle")
    op.drop_constraint(op.f("uq_vehicle_account_id_form_id"), "vehicle", type_="unique")
    for name in CHECKS:
        op.drop_constraint(op.f(name), "vehicle", type_="check")
    op.execute(f"UPDATE vehicle SET model = {WHOLE_NAME} WHERE maker <> ''")
    for column in _new_columns():
        op.drop_column("vehicle", column.name)


def _put_in_place() -> None:
    op.execute("DROP TABLE vehicle")
    op.execute("ALTER TABLE rebuilt RENAME TO vehicle")


def _link(listed: dict[str, Listed]) -> None:
    """Every vehicle's folded name; what is listed under it in the listed spelling."""
    vehicle = sa.table("vehicle", *map(sa.column, ("id", "maker", "model", "folded", "model_id")))
    connection, last = op.get_bind(), 0
    rows = sa.select(vehicle.c.id, vehicle.c.model).order_by(vehicle.c.id).limit(AT_ONCE)
    change = (
        sa.update(vehicle)
        .where(vehicle.c.id == sa.bindparam("its_id"))
        .values({name: sa.bindparam(f"its_{name}") for name in ("maker", "model", "folded", "model_id")})
    )
    while found := connection.execute(rows.where(vehicle.c.id > last)).all():
        connection.execute(change, [_linked(row, listed) for row in found])
        last = found[-1].id


def _linked(row: Any, listed: dict[str, Listed]) -> dict[str, Any]:
    folded = _fold(row.model)
    its = listed.get(folded)
    maker, model = (its.maker, its.name) if its else ("", row.model)
    return {
        "its_id": row.id,
        "its_maker": maker,
        "its_model": model,
        "its_folded": _fold(maker, model),
        "its_model_id": its.id if its else None,
    }


def _gather() -> None:
    """The live stories that name a vehicle, and how many there are of each model."""
    op.execute(
        "INSERT INTO vehicle_story (story_id, vehicle_id, model_id, country, published_at)"
        " SELECT story.id, vehicle.id, vehicle.model_id, contribution.country, contribution.published_at"
        " FROM story JOIN contribution ON contribution.id = story.id"
        " JOIN vehicle ON vehicle.id = story.vehicle_id WHERE contribution.state = 'live'"
    )
    for country, group in (("country", "model_id, country"), ("''", "model_id")):
        op.execute(
            f"INSERT INTO model_tally (country, model_id, stories) SELECT {country}, model_id, count(*)"
            f" FROM vehicle_story WHERE {IS_LISTED} GROUP BY {group}"
        )


def _fold(*names: str) -> str:
    folded = (" ".join(folding.fold(name).split()).strip(" .") for name in names)
    return " ".join(name for name in folded if name)[:LONGEST_KEY]


def _old_columns() -> tuple[sa.Column[Any], ...]:
    # Named in full: the table it is made in has another name first.
    name = op.f("ck_vehicle_powertrain")
    kinds = sa.Enum(*POWERTRAINS, name=name, native_enum=False, create_constraint=True, length=16)
    return (
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("powertrain", kinds, nullable=True),
        sa.Column("since_year", sa.SmallInteger(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
    )


def _new_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("form_id", sa.String(length=64), nullable=True),
        sa.Column("maker", sa.String(length=60), nullable=False),
        sa.Column("folded", sa.String(length=LONGEST_KEY), nullable=False),
        sa.Column("model_id", KEY, nullable=True),
        sa.Column("until_year", sa.SmallInteger(), nullable=True),
        sa.Column("nickname", sa.String(length=40), nullable=False),
        sa.Column("odometer", sa.Integer(), nullable=True),
        sa.Column("odometer_unit", sa.String(length=16), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
    )


def _constraints() -> tuple[sa.Constraint, ...]:
    """Those a vehicle had before, in their order."""
    return (
        sa.CheckConstraint("length(model) BETWEEN 1 AND 80", name=op.f("ck_vehicle_model_length")),
        sa.CheckConstraint(f"since_year {YEARS}", name=op.f("ck_vehicle_since_year_range")),
        sa.CheckConstraint(f"year {YEARS}", name=op.f("ck_vehicle_year_range")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_vehicle_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
    )


def _create_maker() -> None:
    op.create_table(
        "maker",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("folded", sa.String(length=LONGEST_KEY), nullable=False),
        sa.Column("merged_into_id", KEY, nullable=True),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 60", name=op.f("ck_maker_name_length")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["maker.id"], name=op.f("fk_maker_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maker")),
        sa.UniqueConstraint("folded", name=op.f("uq_maker_folded")),
    )


def _create_model() -> None:
    op.create_table(
        "model",
        sa.Column("id", KEY, nullable=False),
        sa.Column("maker_id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("folded", sa.String(length=LONGEST_KEY), nullable=False),
        sa.Column("from_year", sa.SmallInteger(), nullable=True),
        sa.Column("merged_into_id", KEY, nullable=True),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80", name=op.f("ck_model_name_length")),
        sa.CheckConstraint(f"from_year {YEARS}", name=op.f("ck_model_from_year_range")),
        sa.ForeignKeyConstraint(["maker_id"], ["maker.id"], name=op.f("fk_model_maker_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["model.id"], name=op.f("fk_model_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model")),
        sa.UniqueConstraint("maker_id", "folded", name=op.f("uq_model_maker_id_folded")),
        sa.UniqueConstraint("slug", name=op.f("uq_model_slug")),
    )


def _create_old_model() -> None:
    op.create_table(
        "model",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("from_year", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model")),
        sa.UniqueConstraint("name", name=op.f("uq_model_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_model_slug")),
    )


def _create_vehicle_story() -> None:
    op.create_table(
        "vehicle_story",
        sa.Column("story_id", KEY, autoincrement=False, nullable=False),
        sa.Column("vehicle_id", KEY, nullable=False),
        sa.Column("model_id", KEY, nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("fk_vehicle_story_model_id")),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_vehicle_story_story_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id"], ["vehicle.id"], name=op.f("fk_vehicle_story_vehicle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_vehicle_story")),
    )
    order = ["published_at", "story_id"]
    op.create_index("ix_vehicle_story_vehicle", "vehicle_story", ["vehicle_id", *order])
    op.create_index("ix_vehicle_story_model", "vehicle_story", ["model_id", *order], **_where(IS_LISTED))
    op.create_index(
        "ix_vehicle_story_country", "vehicle_story", ["model_id", "country", *order], **_where(IS_LISTED)
    )


def _create_model_tally() -> None:
    op.create_table(
        "model_tally",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("model_id", KEY, autoincrement=False, nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.CheckConstraint("stories >= 0", name=op.f("ck_model_tally_stories_positive")),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("fk_model_tally_model_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("country", "model_id", name=op.f("pk_model_tally")),
    )
    op.create_index("ix_model_tally_model", "model_tally", ["model_id", "country"])


def _count_on(table: str) -> None:
    """PostgreSQL numbers the next row after those that came with a number."""
    if not _is_sqlite():
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _reflected(table: str) -> sa.Table:
    return sa.Table(table, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
