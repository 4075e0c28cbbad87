"""One-time tokens sent by mail: to confirm an address, to set a new password."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from community.accounts.models.person import LONGEST_EMAIL
from community.kit import db


class Purpose(StrEnum):
    CONFIRM = "confirm"
    RECOVER = "recover"


class Token(db.Model):
    """Good for one hour and for one use; only its SHA-256 is kept."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(db.choice(Purpose, "purpose"))
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    expires_at: Mapped[datetime] = mapped_column(db.Moment)
    used_at: Mapped[datetime | None] = mapped_column(db.Moment)
