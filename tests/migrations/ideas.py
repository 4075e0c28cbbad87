"""Ideas in every state, with all that belongs to them, for a database that goes down and up again."""

from sqlalchemy import func, select

from community.accounts.models import Model
from community.contributions.models import Follow
from community.ideas import actions
from community.kit import clock, db
from community.policy.permissions import Role
from tests.cast import Cast
from tests.factories.contributions import Factory, form_id
from tests.factories.ideas import DECLINED, MISSING, Ideas, idea, idea_text
from tests.helpers.site import Site


def begin_ideas(site: Site, cast: Cast, make: Factory, story: int) -> None:
    """One begun, one that waits, one live with all there can be, one put together with it."""
    ideas = Ideas(site, make)
    curator = cast.join("Curator", "SE", "en", role=Role.CURATOR)
    ideas.draft(cast.lan, idea_text("Begun", f"{MISSING} Begun."))
    ideas.waiting(cast.lan, idea_text("Waiting", f"{MISSING} Waiting."))
    with site.reading():
        model = db.session.scalar(select(func.min(Model.id)))
    live = ideas.live(cast.lan, idea_text("Live", countries=["VN"], models=[model] if model else ()))
    other = ideas.live(cast.admin, idea_text("The same", f"{MISSING} Either."))
    ideas.quote(live, story)
    ideas.quote(other, story)
    ideas.support(other, cast.member, **({"model_id": model} if model else {}))
    with site.writing():
        followed = Follow(
            account_id=cast.member.id, contribution_id=other, is_muted=False, created_at=clock.now()
        )
        db.session.add(followed)
        actions.write_note(idea(live), "Ask the interior team.", form_id=form_id(), by=curator.account())
        actions.assign(idea(live), curator.account(), instead_of=None)
    ideas.merge(other, live, by=curator)
    ideas.move(live, "declined", DECLINED, by=curator)
    make.comment(live)
