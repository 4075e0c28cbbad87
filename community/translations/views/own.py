"""A member's own translations, and the stories and ideas that wait for one."""

from typing import Any

from flask import redirect, render_template, request, url_for

from community.accounts import access as accounts
from community.contributions.models import Kind, State
from community.kit import text
from community.kit.errors import NotFound
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission
from community.translations import access, queries
from community.translations.views.blueprint import Page, blueprint

PAGES = {Kind.STORY: ("stories.show", "story_id"), Kind.IDEA: ("ideas.show", "idea_id")}


@blueprint.get(f"/translations/<int(max={BIGGEST}):contribution_id>")
def permalink(contribution_id: int) -> Page:
    translation = access.load(contribution_id, Permission.READ)
    if translation.is_public:
        translation, thing = access.load_pair(contribution_id, Permission.READ)
        if thing.live_revision is None:
            raise NotFound
        endpoint, number = PAGES[thing.kind]
        named: dict[str, Any] = {number: thing.id, "slug": text.slug(thing.live_revision.title)}
        return redirect(url_for(endpoint, lang=translation.language, **named))
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
    given: dict[str, Any] = {"viewer_id": account.id, "target": target, "apart": accounts.apart()}
    return render_template(
        "translations/wanted.html",
        reads=reads,
        target=target,
        stories=queries.wanted(reads, **given) if len(reads) > 1 else (),
        ideas=queries.wanted_ideas(reads, **given) if len(reads) > 1 else (),
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
