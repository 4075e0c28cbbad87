"""Blocking a member, and undoing it. Both members' counts are changed in the order of their numbers."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from community.accounts.facts import Blocked
from community.accounts.models import Account, Block
from community.kit import clock, db, facts
from community.kit.errors import Conflict

MOST_BLOCKS = 1_000
FULL = _l("You block 1,000 members already. Undo one of them first.")


def block(member: Account, *, by: Account) -> None:
    """Said again it changes nothing. Raises Conflict."""
    if len(by.blocks) >= MOST_BLOCKS and member.id not in by.blocks:
        raise Conflict(FULL)
    row = db.insert(Block).values(blocker_id=by.id, blocked_id=member.id, created_at=clock.now())
    made = row.on_conflict_do_nothing().returning(Block.blocked_id)
    if db.session.execute(made).first() is not None:
        _count(member.id, by.id, 1)
        facts.announce(Blocked(blocker_id=by.id, blocked_id=member.id))


def unblock(member: Account, *, by: Account) -> None:
    """Said again it changes nothing."""
    gone = delete(Block).where(Block.blocker_id == by.id, Block.blocked_id == member.id)
    if db.changed(db.session.execute(gone)):
        _count(member.id, by.id, -1)


def _count(one_id: int, other_id: int, change: int) -> None:
    for number in sorted((one_id, other_id)):
        db.session.execute(
            update(Account)
            .where(Account.id == number)
            .values(block_count=Account.block_count + change)
            .execution_options(synchronize_session=False)
        )
