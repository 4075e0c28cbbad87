"""Standing behind an idea, and taking that back."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.contributions import queries as contribution_queries
from community.ideas import access, actions
from community.ideas.forms.supporting import SupportForm
from community.ideas.models import Idea
from community.ideas.views.blueprint import Page, blueprint
from community.ideas.views.reading import address, refused
from community.kit import addresses, limits
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission

SUPPORT = limits.Limit("support", times=60, seconds=600)


@blueprint.post(f"/ideas/<int(max={BIGGEST}):idea_id>/support")
def support(idea_id: int) -> Page:
    idea = access.load_to_support(idea_id)
    account = accounts.me()
    form = SupportForm().offer((), account.languages, spoken=idea.language)
    limits.spend(SUPPORT, str(account.id))
    if form.on.data == "0":
        actions.take_back(idea, by=account)
        flash(_("You do not stand behind this idea any more."))
        return _back(form, idea)
    return _joined(form, idea)


def _joined(form: SupportForm, idea: Idea) -> Page:
    account, because = accounts.me(), form.wording()
    if because:
        access.load(idea.id, Permission.COMMENT)
    draft = access.load_draft(form.withdrawn)
    vote = form.attempt(
        lambda: actions.join(
            idea,
            because,
            form_id=form.number,
            model_id=form.model.number,
            by=account,
            instead_of=draft,
        )
    )
    if vote is None:
        return refused(idea, form)
    if because and vote.comment_id and contribution_queries.told_draft(vote.comment_id):
        return redirect(url_for("comments.edit", comment_id=vote.comment_id))
    flash(_("You stand behind this idea. You will hear what becomes of it."))
    if draft:
        flash(_("Your draft is withdrawn. Nobody but you can read it."))
    return _back(form, idea)


def _back(form: SupportForm, idea: Idea) -> Page:
    return redirect(addresses.same_site(form.next.data) or f"{address(idea)}#support")
