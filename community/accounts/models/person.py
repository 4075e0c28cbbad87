"""The account: who somebody is here, what they read, and, for moderators, which countries they look after."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models.block import Block
from community.kit import clock, db
from community.policy.permissions import Role, Standing

LONGEST_EMAIL = 254  # RFC 5321, section 4.5.3.1.3: a path is 256 octets with its angle brackets
LONGEST_NAME = 60
LONGEST_HANDLE = 40
IS_STAFF = text("role <> 'member'")
WARNED_FOR = timedelta(days=180)
"""How long a warning, or a suspension that is over, is remembered in the standing."""


class Account(db.Model):
    """``email`` is kept as ``actions.normal_email`` writes it, so that the unique constraint decides.

    ``suspended_until`` is until when the given standing holds, a suspension or a warning; None is without end.
    ``block_count`` counts the blocks they have a part in, on either side: who has none is asked nothing more.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(f"length(email) BETWEEN 3 AND {LONGEST_EMAIL}", name="email_length"),
        CheckConstraint(f"length(display_name) BETWEEN 1 AND {LONGEST_NAME}", name="display_name_length"),
        CheckConstraint(f"length(handle) BETWEEN 2 AND {LONGEST_HANDLE}", name="handle_length"),
        CheckConstraint("length(country) = 2", name="country_code"),
        Index("ix_account_staff", "role", "id", sqlite_where=IS_STAFF, postgresql_where=IS_STAFF),
    )

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    handle: Mapped[str] = mapped_column(String(LONGEST_HANDLE), unique=True)
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL), unique=True)
    email_confirmed_at: Mapped[datetime | None] = mapped_column(db.Moment)
    password_hash: Mapped[str] = mapped_column(String(200))
    display_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    country: Mapped[str] = mapped_column(String(2))
    ui_language: Mapped[str] = mapped_column(String(12))
    role: Mapped[Role] = mapped_column(db.choice(Role, "role"), default=Role.MEMBER)
    given_standing: Mapped[Standing] = mapped_column(
        "standing", db.choice(Standing, "standing"), default=Standing.GOOD
    )
    suspended_until: Mapped[datetime | None] = mapped_column(db.Moment)
    has_unread_warning: Mapped[bool] = mapped_column(default=False)
    guidelines_read_at: Mapped[datetime | None] = mapped_column(db.Moment)
    block_count: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(db.Moment)

    reading_languages: Mapped[list["ReadingLanguage"]] = relationship(
        order_by="ReadingLanguage.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    desk_countries: Mapped[list["DeskCountry"]] = relationship(
        cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    # Loaded when first asked for: a rule asks in the middle of a page, of nobody but those with a part in a block.
    _blocks_made: Mapped[list[Block]] = relationship(
        foreign_keys=[Block.blocker_id], lazy="select", viewonly=True
    )
    _blocks_met: Mapped[list[Block]] = relationship(
        foreign_keys=[Block.blocked_id], lazy="select", viewonly=True
    )

    @property
    def blocks(self) -> frozenset[int]:
        """Whom they blocked."""
        return frozenset(one.blocked_id for one in self._blocks_made) if self.block_count else frozenset()

    @property
    def blocked_by(self) -> frozenset[int]:
        return frozenset(one.blocker_id for one in self._blocks_met) if self.block_count else frozenset()

    @property
    def standing(self) -> Standing:
        """As it is now: what was given ends by itself at ``suspended_until`` (None: when somebody ends it).

        A suspension is remembered as a warning is, for WARNED_FOR after its end.
        """
        now, until = clock.now(), self.suspended_until
        if until is None or now < until:
            return self.given_standing
        if self.given_standing is Standing.SUSPENDED and now < until + WARNED_FOR:
            return Standing.WARNED
        return Standing.GOOD

    @standing.setter
    def standing(self, standing: Standing) -> None:
        self.given_standing, self.suspended_until = standing, None

    @property
    def is_confirmed(self) -> bool:
        return self.email_confirmed_at is not None

    @property
    def languages(self) -> list[str]:
        """The languages this person reads, most at home first."""
        return [reading.language for reading in self.reading_languages]


class ReadingLanguage(db.Model):
    """A language somebody reads: what lists show them, and, for a moderator, what the desk opens on."""

    __tablename__ = "reading_language"
    __table_args__ = (Index("ix_reading_language_language", "language", "account_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    position: Mapped[int]


class DeskCountry(db.Model):
    """A country a moderator looks after; none means all."""

    __tablename__ = "desk_country"
    __table_args__ = (CheckConstraint("length(country) = 2", name="country_code"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
