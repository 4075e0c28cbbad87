"""Questions about what somebody follows."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    TextClause,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.types import String

from community.accounts.models import Account, Maker, Model
from community.contributions.models import Contribution, Follow, Followed, Kind, Revision, Subject, Topic
from community.contributions.models.states import PUBLIC
from community.kit import db

FLOOR = datetime(1970, 1, 1, tzinfo=UTC)
"""Nothing is older."""
RANK = {subject: rank for rank, subject in enumerate(Subject)}
BY_RANK = tuple(Subject)


class Line(NamedTuple):
    """One thing somebody follows. ``name`` is a member's, a model's or a text's; ``sign`` is how a form names it.

    ``kind`` and ``language`` are a contribution's, ``country`` is a member's or a contribution's. A contribution that
    readers cannot see now has no name.
    """

    subject: Subject
    value: int | str
    sign: str
    is_muted: bool
    name: str | None = None
    kind: Kind | None = None
    language: str = ""
    country: str = ""


def follows(account_id: int, followed: Followed) -> bool:
    """Whether this member follows it."""
    column: Any = getattr(Follow, followed.subject.column)
    found = select(Follow.id).where(Follow.account_id == account_id, column == followed.value)
    return db.session.scalar(found) is not None


def count_followed(account_id: int) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(Follow).where(Follow.account_id == account_id))
        or 0
    )


class Extent(NamedTuple):
    """How much somebody follows, and since when the last of it: another one whenever they follow something else."""

    follows: int
    since: datetime | None


def extent(account_id: int) -> Extent:
    asked = select(func.count(), func.max(Follow.created_at)).where(Follow.account_id == account_id)
    return Extent(*db.session.execute(asked).one())


def written_by(author_id: int) -> Select[int]:
    return select(Contribution.id).where(Contribution.author_id == author_id)


def followed_by(account_id: int) -> list[Line]:
    """All of it, the last followed first; one question."""
    rows = db.rows(_lines(), {"account_id": account_id})
    return [
        Line(
            BY_RANK[row.rank],
            row.sign if BY_RANK[row.rank] is Subject.COUNTRY else row.value,
            row.sign or str(row.value),
            bool(row.is_muted),
            f"{row.maker} {row.name}" if row.maker else row.name,
            Kind(row.kind) if row.kind else None,
            row.language or "",
            row.country or "",
        )
        for row in rows
    ]


@cache
def _lines() -> Select[Any]:
    contribution = Contribution.__table__.c
    shown = contribution.state.in_(tuple(PUBLIC))
    texts = {name: contribution[name] for name in ("kind", "language", "country")}
    parts = (
        _line(Subject.MEMBER, Account.handle, name=Account.display_name, country=Account.country).join(
            Account, Account.id == Follow.member_id
        ),
        _line(Subject.CONTRIBUTION, null(), name=Revision.title, **texts)
        .join(Contribution.__table__, contribution.id == Follow.contribution_id)
        .outerjoin(Revision, and_(Revision.id == contribution.live_revision_id, shown)),
        _line(Subject.MODEL, Model.slug, name=Model.name, maker=Maker.name)
        .join(Model, Model.id == Follow.model_id)
        .join(Maker, Maker.id == Model.maker_id),
        _line(Subject.TOPIC, Topic.slug).join(Topic, Topic.id == Follow.topic_id),
        _line(Subject.COUNTRY, Follow.country, value=literal(0)).where(Follow.country.is_not(None)),
    )
    found = union_all(*parts).subquery()
    return select(found).order_by(found.c.rank, found.c.id.desc())


def _line(subject: Subject, sign: Any, *, value: Any = None, **shown: Any) -> Select[Any]:
    """One kind of what is followed, in the columns all kinds have."""
    columns = {name: shown.get(name, null()) for name in ("name", "maker", "kind", "language", "country")}
    return select(
        Follow.id.label("id"),
        literal(RANK[subject]).label("rank"),
        (getattr(Follow, subject.column) if value is None else value).label("value"),
        cast(sign, String).label("sign"),
        Follow.is_muted.label("is_muted"),
        *(cast(column, String).label(name) for name, column in columns.items()),
    ).where(Follow.account_id == bindparam("account_id"))


class Stretch(NamedTuple):
    """One stretch of one index: what a followed value brings, by its moment and number.

    ``given`` says what is in it for a value, a column of the follow; ``kept_in`` is where the same number and moment
    stand under the primary key. ``is_authored``: the number is a contribution's.
    """

    subject: Subject
    number: ColumnElement[int]
    moment: ColumnElement[Any]
    given: Callable[[ColumnElement[Any]], Sequence[ColumnElement[bool] | TextClause]]
    kept_in: tuple[FromClause, str, str]
    is_authored: bool = True


class Found(NamedTuple):
    """A thing and the follow that says most about why it is there: ``value`` is a number or a country's code."""

    moment: datetime
    id: int
    subject: Subject
    value: str


class Place(NamedTuple):
    """Below the thing ``last_id`` of ``moment``."""

    moment: datetime
    last_id: int


def found(
    query: Select[Any], account_id: int, below: Place, *, limit: int, apart: Sequence[int] = ()
) -> list[Found]:
    """The first things of ``found_by_follows`` below a place, newest first, each once."""
    values: dict[str, Any] = {
        "account_id": account_id,
        "key": below.moment,
        "last_id": below.last_id,
        "floor": FLOOR,
        "most": limit,
        "most_rows": limit * len(Subject),
    }
    rows = db.session.execute(query, values | ({"apart": list(apart)} if apart else {}))
    things: dict[int, Found] = {}
    for row in rows:
        things.setdefault(row.id, Found(row.moment, row.id, BY_RANK[row.rank], row.value))
    return list(things.values())[:limit]


def found_by_follows(stretches: Sequence[Stretch], *, is_sqlite: bool, has_apart: bool) -> Select[Any]:
    """What is below the place (``key``, ``last_id``), newest first; a thing has a row for each follow it came by.

    However much somebody follows, and however much there is of it: of each follow the newest below the place is looked
    up (one step into one index), and the ``most`` follows that are newest are read on from there, down to where the
    last of them begins. What stands below that, or only another follow brings, is not among the first ``most``, for
    each of these has something newer.
    """
    both = {"is_sqlite": is_sqlite, "has_apart": has_apart}
    every = union_all(*(_stretch(stretch, **both) for stretch in stretches)).subquery()
    return (
        select(every)
        .order_by(every.c.moment.desc(), every.c.id.desc(), every.c.rank)
        .limit(bindparam("most_rows"))
    )


def _stretch(stretch: Stretch, *, is_sqlite: bool, has_apart: bool) -> Select[Any]:
    leading = _leading(stretch, is_sqlite=is_sqlite, has_apart=has_apart)
    least = _least(leading, stretch.moment)
    first = _first(stretch, leading.c.value, has_apart=has_apart).where(stretch.moment >= least)
    first = first.limit(bindparam("most")).correlate(leading)
    said = (literal(RANK[stretch.subject]).label("rank"), cast(leading.c.value, String).label("value"))
    if is_sqlite:
        # It knows no LATERAL, but looks up by number what a subquery of the row names.
        number, moment = _kept(stretch)
        found = number.in_(first.with_only_columns(stretch.number))
        return select(moment.label("moment"), number.label("id"), *said).join_from(
            leading, number.table, found
        )
    lateral = first.lateral()
    return select(lateral.c.moment, lateral.c.id, *said).join_from(leading, lateral, true())


def _leading(stretch: Stretch, *, is_sqlite: bool, has_apart: bool) -> Any:
    """The follows that have something below the place, the newest of them."""
    value = getattr(Follow, stretch.subject.column).label("value")
    newest = _first(stretch, value, has_apart=has_apart).limit(1).correlate(Follow)
    mine = (Follow.account_id == bindparam("account_id"), value.is_not(None))
    if is_sqlite:
        its_number = newest.with_only_columns(stretch.number).scalar_subquery().label("newest")
        asked = select(value, its_number).where(*mine).subquery()
        number, moment = _kept(stretch)
        found = select(asked.c.value, moment.label("moment")).join(number.table, number == asked.c.newest)
    else:
        # Not as above: PostgreSQL would join by reading the whole table.
        lateral = newest.lateral()
        number, moment = lateral.c.id, lateral.c.moment
        found = select(value, moment.label("moment")).join(lateral, true()).where(*mine)
    return found.order_by(moment.desc(), number.desc()).limit(bindparam("most")).cte()


def _least(leading: CTE, moment: ColumnElement[Any]) -> Any:
    """Where the last of them begins; of fewer than ``most``, everything is read."""
    again = leading.alias()
    last = case(
        (func.count() == bindparam("most"), func.min(again.c.moment)),
        else_=bindparam("floor", type_=moment.type),
    )
    return select(last).select_from(again).scalar_subquery()


def _kept(stretch: Stretch) -> tuple[Any, Any]:
    table, number, moment = stretch.kept_in
    again = table.alias()
    return again.c[number], again.c[moment]


def _first(stretch: Stretch, value: ColumnElement[Any], *, has_apart: bool) -> Select[Any]:
    last: tuple[Any, Any] = bindparam("key", type_=stretch.moment.type), bindparam("last_id")
    where = [*stretch.given(value), tuple_(stretch.moment, stretch.number) < tuple_(*last)]
    if stretch.is_authored and has_apart:
        author = aliased(Contribution.__table__)
        by_them = author.c.author_id.in_(bindparam("apart", expanding=True))
        where.append(~exists().where(author.c.id == stretch.number, by_them))
    return (
        select(stretch.moment.label("moment"), stretch.number.label("id"))
        .where(*where)
        .order_by(stretch.moment.desc(), stretch.number.desc())
    )
