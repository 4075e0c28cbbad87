"""The table of stages, as admins keep it: names in each language, an order, which of them are used."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, insert, select, update

from community.ideas import queries
from community.ideas.models import Meaning, Stage, StageName
from community.kit import db, text, unit_of_work
from community.kit.errors import Conflict, Invalid

PRINT_BYTES = 16
NO_NAME = _l("Every stage needs an English name.")
STALE = _l("Somebody changed this while you wrote. Nothing was overwritten: compare it with yours below.")
TAKEN = _l("There is another stage with this address already.")


@dataclass(frozen=True)
class Column:
    """A stage as it is to be: names by language, those that are empty left out."""

    slug: str
    position: int
    is_used: bool
    names: dict[str, str]


def as_kept(stages: Iterable[Stage], names: Mapping[int, Mapping[str, str]]) -> list[Column]:
    """The table as it is."""
    return [Column(one.slug, one.position, one.is_used, dict(names.get(one.id, {}))) for one in stages]


def print_of(columns: Iterable[Column]) -> str:
    """The same for the same table, whatever order it is in: by it somebody who saves says what they had before them."""
    lines = sorted((one.slug, one.position, one.is_used, sorted(_kept(one.names).items())) for one in columns)
    return hashlib.blake2b(repr(lines).encode(), digest_size=PRINT_BYTES).hexdigest()


def save_stages(columns: Sequence[Column], *, on: str) -> Sequence[Stage]:
    """All of them as they are now; ``on`` is the print of the table they were written on.

    Raises Invalid when a stage would have no English name, or nothing could be open any more; Conflict when somebody
    saved another table meanwhile.
    """
    if any(text.is_blank(one.names.get("en", "")) for one in columns):
        raise Invalid({"names": [NO_NAME]})
    meanings = {one.slug: one.meaning for one in queries.stages("en")}
    if not any(one.is_used and meanings.get(one.slug) is Meaning.OPEN for one in columns):
        raise Invalid({"names": [_l("New ideas need a stage to begin in.")]})
    if _is_stale(columns, on):
        raise Conflict(STALE)
    for one in columns:
        db.session.execute(
            update(Stage)
            .where(Stage.slug == one.slug)
            .values(position=one.position, is_used=one.is_used)
            .execution_options(synchronize_session=False)
        )
        number = db.session.scalar(select(Stage.id).where(Stage.slug == one.slug))
        if number is not None:
            _name(number, one.names)
    db.session.expire_all()
    unit_of_work.public_change()
    return queries.table()


def add_stage(slug: str, meaning: Meaning, names: dict[str, str]) -> Stage:
    """At the end of the board; added again as it stands it is the same stage. Raises Invalid for a taken slug."""
    if text.is_blank(names.get("en", "")):
        raise Invalid({"names": [NO_NAME]})
    last = select(func.coalesce(func.max(Stage.position), 0) + 1).scalar_subquery()
    row = db.insert(Stage).values(slug=slug, meaning=meaning, position=last, is_used=True)
    made = db.session.scalar(row.on_conflict_do_nothing(index_elements=["slug"]).returning(Stage.id))
    stage = queries.stage(slug)
    if stage is None or not (made or _says(stage, meaning, names)):
        raise Invalid({"slug": [TAKEN]})
    if made:
        _name(stage.id, names)
        unit_of_work.public_change()
    return stage


def _is_stale(columns: Sequence[Column], on: str) -> bool:
    """The rows stay locked, so that of two who save at once the second sees what the first said."""
    db.session.scalars(select(Stage.id).order_by(Stage.id).with_for_update()).all()
    db.session.expire_all()
    now = as_kept(queries.table(), queries.stage_names())
    return print_of(now) not in (on, print_of(columns))


def _says(stage: Stage, meaning: Meaning, names: dict[str, str]) -> bool:
    return stage.meaning is meaning and queries.stage_names().get(stage.id) == _kept(names)


def _name(stage_id: int, names: dict[str, str]) -> None:
    db.session.execute(
        delete(StageName).where(StageName.stage_id == stage_id).execution_options(synchronize_session=False)
    )
    rows = [
        {"stage_id": stage_id, "language": language, "name": name} for language, name in _kept(names).items()
    ]
    db.session.execute(insert(StageName), rows)


def _kept(names: dict[str, str]) -> dict[str, str]:
    return {language: name for language, name in names.items() if not text.is_blank(name)}
