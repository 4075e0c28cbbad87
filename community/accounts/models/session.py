"""Sign-ins: a row for each browser somebody is signed in with, so that ending one is deleting a row."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.accounts.models.person import Account
from community.kit import db


class SignIn(db.Model):
    """``token_hash`` is the SHA-256 of the token in the cookie, which itself is kept nowhere.

    ``used_at`` moves with each act (reading writes nothing).
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(db.Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(db.Moment)
    used_at: Mapped[datetime] = mapped_column(db.Moment)
    expires_at: Mapped[datetime] = mapped_column(db.Moment)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
