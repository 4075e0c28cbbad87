"""Notices: what members are told of, how each wants to hear of it by mail, and the letters that took them along."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from community.kit import db

LONGEST_KEY = 60
LONGEST_BUNDLE = 40


class NoticeKind(StrEnum):
    """What happened: each kind can be chosen for mail by itself."""

    ANSWERED = "answered"
    IDEA_MOVED = "idea_moved"
    QUOTED = "quoted"
    MERGED = "merged"
    PARTED = "parted"
    SUPPORTED = "supported"
    TOLD = "told"
    SPOTLIGHTED = "spotlighted"
    GATHERED = "gathered"


OFFICIAL = frozenset(
    {
        NoticeKind.IDEA_MOVED,
        NoticeKind.MERGED,
        NoticeKind.PARTED,
        NoticeKind.SPOTLIGHTED,
        NoticeKind.GATHERED,
    }
)
"""What the maker says: no block keeps it from anybody."""


class Reason(StrEnum):
    """Why it is told to this member: the part they have in it, or what of it they follow."""

    QUOTED = "quoted"
    AUTHOR = "author"
    SUPPORTER = "supporter"
    FOLLOWER = "follower"
    PARENT = "parent"
    MEMBER = "member"
    MODEL = "model"
    TOPIC = "topic"
    COUNTRY = "country"


class Mail(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


USUAL: dict[NoticeKind, Mail] = {
    kind: Mail.AT_ONCE if kind is NoticeKind.QUOTED else Mail.DAILY for kind in NoticeKind
}
"""What holds while somebody has chosen nothing: only who is asked for a yes or no is written to at once."""


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(f"ix_notice_{name}", *columns, sqlite_where=text(where), postgresql_where=text(where))


class Notice(db.Model):
    """One member told of one thing, once: ``key`` names it, ``bundle`` what it is shown together with.

    It is about ``contribution_id`` and came from ``cause_id`` (an answer, a duplicate), and is shown as long as readers
    see both, from ``due_at`` on: until then what caused it can be undone. ``mail`` is what its member had chosen. Since
    ``settled_at`` no mail has to go about it any more: it went with ``digest_id``, or was seen, or nobody wanted one.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("account_id", "key"),
        CheckConstraint("read_at IS NULL OR seen_at IS NOT NULL", name="read_is_seen"),
        CheckConstraint("seen_at IS NULL OR settled_at IS NOT NULL", name="seen_is_settled"),
        CheckConstraint("digest_id IS NULL OR settled_at IS NOT NULL", name="mailed_is_settled"),
        Index("ix_notice_list", "account_id", "id"),
        Index("ix_notice_contribution_id", "contribution_id"),
        _partial("unread", "account_id", "due_at", where="read_at IS NULL"),
        _partial("read", "read_at", where="read_at IS NOT NULL"),
        _partial("unsettled", "mail", "account_id", "due_at", where="settled_at IS NULL"),
        *(
            _partial(name, name, where=f"{name} IS NOT NULL")
            for name in ("cause_id", "step_id", "quote_id", "spotlight_id", "digest_id")
        ),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind] = mapped_column(db.choice(NoticeKind, "kind"))
    why: Mapped[Reason] = mapped_column(db.choice(Reason, "why"))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    bundle: Mapped[str] = mapped_column(String(LONGEST_BUNDLE))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"))
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id", ondelete="CASCADE"))
    spotlight_id: Mapped[int | None] = mapped_column(ForeignKey("spotlight.id", ondelete="CASCADE"))
    mail: Mapped[Mail] = mapped_column(db.choice(Mail, "mail"))
    is_service: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    due_at: Mapped[datetime] = mapped_column(db.Moment)
    seen_at: Mapped[datetime | None] = mapped_column(db.Moment)
    read_at: Mapped[datetime | None] = mapped_column(db.Moment)
    settled_at: Mapped[datetime | None] = mapped_column(db.Moment)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digest.id"))


class NoticeChoice(db.Model):
    """How somebody wants to hear by mail of one kind, where it is not as USUAL has it."""

    __tablename__ = "notice_choice"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[NoticeKind] = mapped_column(db.choice(NoticeKind, "kind"), primary_key=True)
    mail: Mapped[Mail] = mapped_column(db.choice(Mail, "mail"))


class NoticeSetting(db.Model):
    """The time zone somebody has their mornings in, where it is not their country's (``kit/zones.py``)."""

    __tablename__ = "notice_setting"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    zone: Mapped[str] = mapped_column(String(40))


class Digest(db.Model):
    """One letter: of the morning of a local ``day``, one a member and day, or (None) of what was to go at once."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("account_id", "day"),)

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    day: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(db.Moment)
