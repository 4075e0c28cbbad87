"""A member's own translations, and the stories that wait for one."""

from flask import redirect, render_template, request, url_for

from community.accounts import access as accounts
from community.contributions.models import State
from community.kit import text
from community.kit.errors import NotFound
from community.policy.permissions import Permission
from community.translations import access, queries
from community.translations.views.blueprint import BIGGEST, Page, blueprint


@blueprint.get(f"/translations/<int(max={BIGGEST}):contribution_id>")
def permalink(contribution_id: int) -> Page:
    translation = access.load(contribution_id, Permission.READ)
    if translation.is_public:
        translation, story = access.load_pair(contribution_id, Permission.READ)
        if story.live_revision is None:
            raise NotFound
        slug = text.slug(story.live_revision.title)
        return redirect(url_for("stories.show", story_id=story.id, slug=slug, lang=translation.language))
    if accounts.person().id != translation.author_id:
        raise NotFound
    if translation.state is State.DRAFT:
        return redirect(url_for("translations.edit", translation_id=translation.id))
    return redirect(url_for("moderation.status", contribution_id=translation.id))


@blueprint.get("/translations/wanted")
def wanted() -> Page:
    """``?language=id``: what could be brought to that one of the member's languages; else to the first of them."""
    account = accounts.require(Permission.USE_ACCOUNT)
    reads = access.languages_read()
    asked = request.args.get("language", "")
    target = asked if asked in reads else next(iter(reads), "")
    return render_template(
        "translations/wanted.html",
        reads=reads,
        target=target,
        stories=queries.wanted(reads, viewer_id=account.id, target=target) if len(reads) > 1 else (),
    )


@blueprint.get("/me/translations")
def mine() -> Page:
    account = accounts.require(Permission.USE_ACCOUNT)
    page = queries.mine(account.id, after=request.args.get("after"))
    return render_template(
        "translations/mine.html",
        lines=page.rows,
        next_url=url_for("translations.mine", after=page.next) if page.next else None,
    )
