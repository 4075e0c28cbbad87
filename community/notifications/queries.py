"""Questions about notices. One is shown while it is due and readers see what it is about, and what it came from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased

from community.accounts.models import Account, Vehicle
from community.comments.models import Comment
from community.contributions.models import Contribution, Kind, Revision, State
from community.ideas.models import IdeaConcern, Stage, StageName, Step, Sum
from community.kit import clock, db, i18n, paging
from community.kit.paging import Page
from community.notifications.models import (
    USUAL,
    Digest,
    Mail,
    Notice,
    NoticeChoice,
    NoticeKind,
    NoticeSetting,
    Reason,
)

Rows = Select[*tuple[Any, ...]]
PAGE = 30
MOST_COUNTED = 100
"""The number beside the bell ends there: counting further would take longer and tell nobody anything."""
MOST_IN_A_LETTER = 40

_about = aliased(Contribution, flat=True)
_cause = aliased(Contribution, flat=True)


class Line(NamedTuple):
    """What stands in one row: the newest of ``notices`` that are told together, by ``people`` different members."""

    id: int
    kind: NoticeKind
    why: Reason
    created_at: datetime
    read_at: datetime | None
    contribution_id: int
    cause_id: int | None
    quote_id: int | None
    spotlight_id: int | None
    about: Kind
    language: str
    title: str
    excerpt: str
    actor: str | None
    country: str | None
    stage: str | None
    notices: int
    people: int


def unread(account_id: SQLColumnExpression[int], now: ColumnElement[datetime]) -> ScalarSelect[int]:
    """How many somebody has not read, at most MOST_COUNTED: a part of the question that loads who is signed in."""
    some = (
        _shown(select(literal(1).label("one")), now)
        .where(Notice.account_id == account_id, Notice.read_at.is_(None))
        .limit(MOST_COUNTED)
        .correlate_except(Notice, _about, _cause)
        .subquery()
    )
    return select(func.count()).select_from(some).scalar_subquery()


def lines(account_id: int, language: str, *, after: str | None = None) -> Page[Line]:
    """Newest first, stages named in ``language``. Raises NotFound.

    What was read together stays together, and apart from what came since.
    """
    place = paging.decode(after, (int,))
    bundles = _shown(_bundles()).where(Notice.account_id == account_id).limit(PAGE + 1)
    if place:
        bundles = bundles.having(func.max(Notice.id) < place[0])
    rows = [Line._make(row) for row in db.session.execute(_told(bundles, language))]
    return paging.page(rows, PAGE, lambda line: (line.id,))


def line(notice_id: int, language: str) -> Line | None:
    """This one with what was read together with it, as far as they are shown."""
    one = aliased(Notice)
    with_it = exists().where(
        one.id == notice_id,
        one.account_id == Notice.account_id,
        one.bundle == Notice.bundle,
        one.read_at == Notice.read_at,
    )
    bundles = _shown(_bundles()).where(with_it)
    row = db.session.execute(_told(bundles, language)).one_or_none()
    return Line._make(row) if row else None


def of_digest(digest_id: int, language: str) -> list[Line]:
    """What a letter tells, as far as it is true still and nobody saw it meanwhile; at most MOST_IN_A_LETTER rows."""
    bundles = (
        _shown(_bundles(together=_in_letters()))
        .where(Notice.digest_id == digest_id, Notice.seen_at.is_(None))
        .limit(MOST_IN_A_LETTER)
    )
    return [Line._make(row) for row in db.session.execute(_told(bundles, language))]


def notice(notice_id: int) -> Notice | None:
    return db.session.get(Notice, notice_id)


def digest(digest_id: int) -> Digest | None:
    return db.session.get(Digest, digest_id)


def choices(account_id: int) -> dict[NoticeKind, Mail]:
    """Of every kind, chosen or usual."""
    chosen = db.session.execute(
        select(NoticeChoice.kind, NoticeChoice.mail).where(NoticeChoice.account_id == account_id)
    )
    return {**USUAL, **dict(chosen.all())}


def zone(account_id: int) -> str | None:
    """The time zone somebody chose."""
    return db.session.scalar(select(NoticeSetting.zone).where(NoticeSetting.account_id == account_id))


def zones_in_use() -> Sequence[Row[*tuple[Any, ...]]]:
    """(zone, country) of those for whom a digest may be due: the zone where somebody chose one."""
    waiting = select(Notice.account_id).where(Notice.settled_at.is_(None), Notice.mail == Mail.DAILY)
    return db.session.execute(
        select(NoticeSetting.zone, Account.country)
        .outerjoin_from(Account, NoticeSetting, NoticeSetting.account_id == Account.id)
        .where(Account.id.in_(waiting))
        .distinct()
    ).all()


def waiting(
    mail: Mail,
    until: datetime,
    most: int,
    *,
    without: date | None = None,
    zones: Iterable[str] = (),
    countries: Iterable[str] = (),
) -> Sequence[int]:
    """Accounts for which something shown and due ``until`` then waits to be mailed, of these zones and countries.

    A country speaks for those who chose no zone; neither given, everybody is meant. ``without`` is a day of which they
    have had no letter.
    """
    had = exists().where(Digest.account_id == Notice.account_id, Digest.day == without)
    found = (
        _shown(select(Notice.account_id), until)
        .where(Notice.mail == mail, Notice.settled_at.is_(None), true() if without is None else ~had)
        .distinct()
        .order_by(Notice.account_id)
        .limit(most)
    )
    places = _places(list(zones), list(countries))
    return db.session.scalars(found if places is None else found.where(Notice.account_id.in_(places))).all()


def place_of(comment_id: int) -> tuple[int, int | None]:
    """What an answer stands under, and the answer it answers."""
    comment = Comment.__table__.c
    row = db.session.execute(select(comment.on_id, comment.parent_id).where(comment.id == comment_id)).one()
    return row.on_id, row.parent_id


def models_of(contribution_id: int) -> Rows:
    """The listed models a live story's car, or an idea, is of."""
    driven = (
        select(Vehicle.model_id)
        .join(Revision, Revision.vehicle_id == Vehicle.id)
        .join(Contribution, Contribution.live_revision_id == Revision.id)
        .where(Contribution.id == contribution_id, Vehicle.model_id.is_not(None))
    )
    meant = _concerns(cast(IdeaConcern.value, BigInteger), contribution_id, Sum.MODEL)
    return select(union(driven, meant).subquery().c[0])


def countries_of(contribution_id: int) -> Rows:
    """Where it was told, and the countries an idea is about."""
    told = select(Contribution.country).where(Contribution.id == contribution_id)
    meant = _concerns(IdeaConcern.value, contribution_id, Sum.COUNTRY)
    return select(union(told, meant).subquery().c[0])


def _concerns(value: ColumnElement[Any] | Any, idea_id: int, kind: Sum) -> Rows:
    # PostgreSQL may look at a value before it looks at its kind: a country is no number.
    safe = case((IdeaConcern.kind == kind, value))
    return select(safe).where(IdeaConcern.idea_id == idea_id, IdeaConcern.kind == kind)


def _places(zones: list[str], countries: list[str]) -> Rows | None:
    if not zones and not countries:
        return None
    return (
        select(Account.id)
        .outerjoin(NoticeSetting, NoticeSetting.account_id == Account.id)
        .where(
            or_(
                NoticeSetting.zone.in_(zones),
                and_(NoticeSetting.zone.is_(None), Account.country.in_(countries)),
            )
        )
    )


def _shown(query: Rows, until: datetime | ColumnElement[datetime] | None = None) -> Rows:
    return (
        query.select_from(Notice)
        .join(_about, _about.id == Notice.contribution_id)
        .outerjoin(_cause, _cause.id == Notice.cause_id)
        .where(
            Notice.due_at <= (clock.now() if until is None else until),
            _about.state == State.LIVE,
            or_(Notice.cause_id.is_(None), _cause.state == State.LIVE),
        )
    )


def _in_letters() -> ColumnElement[str]:
    """What is new from what somebody follows stands in a letter one by one, each with its title."""
    return case((Notice.kind == NoticeKind.TOLD, Notice.key), else_=Notice.bundle)


def _bundles(together: ColumnElement[str] | SQLColumnExpression[str] = Notice.bundle) -> Rows:
    newest = func.max(Notice.id)
    return (
        select(
            newest.label("id"),
            func.count().label("notices"),
            func.count(Notice.actor_id.distinct()).label("people"),
        )
        .group_by(together, Notice.read_at)
        .order_by(newest.desc())
    )


def _told(bundles: Rows, language: str) -> Rows:
    bundle, actor = bundles.subquery(), aliased(Account)
    columns: Mapping[str, Any] = {
        **{name: getattr(Notice, name) for name in Line._fields[:9]},
        "about": Contribution.kind,
        "language": Revision.language,
        "title": Revision.title,
        "excerpt": Revision.excerpt,
        "actor": actor.display_name,
        "country": actor.country,
        "stage": _stage_name(language),
        "notices": bundle.c.notices,
        "people": bundle.c.people,
    }
    return (
        select(*columns.values())
        .select_from(bundle)
        .join(Notice, Notice.id == bundle.c.id)
        .join(Contribution.__table__, Contribution.id == Notice.contribution_id)
        .join(Revision, Revision.id == Contribution.live_revision_id)
        .outerjoin(actor, actor.id == Notice.actor_id)
        .outerjoin(Step, Step.id == Notice.step_id)
        .outerjoin(Stage, Stage.id == Step.to_id)
        .order_by(Notice.id.desc())
    )


def _stage_name(language: str) -> ScalarSelect[str]:
    """In this language, else in English."""
    return (
        select(StageName.name)
        .where(StageName.stage_id == Stage.id, StageName.language.in_((language, i18n.DEFAULT)))
        .order_by(case((StageName.language == language, 0), else_=1))
        .limit(1)
        .correlate(Stage)
        .scalar_subquery()
    )
