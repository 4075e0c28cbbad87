"""The maker's moves: from stage to stage, each with a public answer; the second of two at once is a conflict."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from community.accounts.models import Account
from community.ideas.facts import IdeaMoved
from community.ideas.models import IDEA, Idea, Meaning, Stage, Step
from community.kit import clock, db, facts, markup, text, unit_of_work
from community.kit.errors import Conflict, Invalid, Words

STALE = _l(
    "Somebody moved this idea in the meantime. Nothing was changed; read what they said, then decide again."
)
NEEDED = _l("This is needed for that stage.")


@dataclass(frozen=True)
class Said:
    """The answer, by somebody with this ``function`` at the maker's; what more is needed depends on the stage."""

    answer: str
    function: str
    language: str
    reason: str = ""
    shipped_models: str = ""
    shipped_countries: str = ""
    shipped_version: str = ""


NEEDS: dict[Meaning, tuple[str, ...]] = {
    Meaning.DECLINED: ("reason",),
    Meaning.SHIPPED: ("shipped_models", "shipped_countries", "shipped_version"),
}


def move(idea: Idea, to: Stage, said: Said, *, on: int, form_id: str, by: Account) -> Step:
    """Answer, and put the idea into a stage (the one it is in, to say how far it has come).

    ``on`` is the count of moves the answer was written on. Sent again with the same form it is the same step. Raises
    Invalid, and Conflict where somebody was faster or the idea is not in the lists any more.
    """
    check(to, said)
    # Asked before the idea is loaded again: the row's own count decides, not what this session knows of it.
    before = idea.stage_id
    moved = db.session.execute(
        update(IDEA)
        .where(IDEA.c.id == idea.id, IDEA.c.moves == on, IDEA.c.listed_at.is_not(None))
        .values(stage_id=to.id, moves=IDEA.c.moves + 1, answered_at=clock.now())
    )
    if not db.changed(moved):
        earlier = db.session.scalar(select(Step).where(Step.idea_id == idea.id, Step.form_id == form_id))
        if earlier is None:
            db.session.expire(idea)
            raise Conflict(STALE)
        return earlier
    step = Step(
        idea_id=idea.id,
        number=on + 1,
        form_id=form_id,
        from_id=before,
        to_id=to.id,
        by_id=by.id,
        html=markup.render(said.answer),
        created_at=clock.now(),
        **said.__dict__,
    )
    db.session.add(step)
    db.session.flush()
    db.session.refresh(idea)
    facts.announce(IdeaMoved(idea.id, step.id))
    unit_of_work.public_change()
    return step


def check(to: Stage, said: Said) -> None:
    """Raises Invalid."""
    problems: dict[str, list[Words]] = {}
    if text.is_blank(said.answer):
        problems["answer"] = [_l("Say something to those who wait for an answer.")]
    if text.is_blank(said.function):
        problems["function"] = [_l("Say what you do, so that they know who speaks.")]
    for name in NEEDS.get(to.meaning, ()):
        if text.is_blank(getattr(said, name)):
            problems[name] = [NEEDED]
    if not to.is_used:
        problems["stage"] = [_l("This stage takes no more ideas.")]
    if problems:
        raise Invalid(problems)
