"""Appeals on the site: for whoever holds the token, signed in or not, whatever their standing."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from community.kit import limits
from community.kit.errors import NotFound
from community.moderation.access.appeals import is_appellant, load_matter
from community.moderation.actions import appeals as actions
from community.moderation.forms.appealing import AppealForm, MessageForm
from community.moderation.processing import appealing
from community.moderation.queries.appeals import Matter
from community.moderation.views.blueprint import Page, blueprint

MESSAGES = limits.Limit("appeal-messages", times=20, seconds=3600)


@blueprint.get("/appeals/<token>")
def appeal(token: str) -> Page:
    """To begin an appeal or, once it is begun, to follow it: the dialogue, the verdict and the text it is about."""
    matter = load_matter(token)
    return _page(matter, MessageForm() if matter.appeal else AppealForm(), token)


@blueprint.post("/appeals/<token>")
def open_appeal(token: str) -> Page:
    matter = load_matter(token)
    form = AppealForm()
    if form.attempt(lambda: actions.open_appeal(matter, form.message.data or "")) is None:
        return _page(load_matter(token), form, token)
    flash(_("Your appeal is with us. Somebody other than the one who decided looks at it."))
    return redirect(url_for("moderation.appeal", token=token))


@blueprint.get("/appeals/<token>/messages")
def messages(token: str) -> Page:
    """They stand on the appeal's own page; here is only where a form was answered."""
    load_matter(token)
    return redirect(url_for("moderation.appeal", token=token))


@blueprint.post("/appeals/<token>/messages")
def write_message(token: str) -> Page:
    matter = load_matter(token)
    found = matter.appeal
    if found is None:
        raise NotFound
    form, key = MessageForm(), f"{matter.against}:{matter.number}"
    limits.check(MESSAGES, key)
    by_id = matter.appellant_id
    said = form.attempt(
        lambda: actions.write(found, form.message.data or "", by_id=by_id, is_from_desk=False)
    )
    if said is None:
        return _page(load_matter(token), form, token)
    limits.count(MESSAGES, key)
    return redirect(url_for("moderation.appeal", token=token) + f"#message-{said.id}")


def _page(matter: Matter, form: AppealForm | MessageForm, token: str) -> Page:
    page = render_template(
        "moderation/appeal.html",
        matter=matter,
        seen=appealing.seen(matter, is_signed_in=is_appellant(matter)),
        obstacle=actions.obstacle(matter),
        form=form,
        token=token,
    )
    return page, form.status
