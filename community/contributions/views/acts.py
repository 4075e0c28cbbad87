"""Acts and pages that every kind of contribution has: reactions, withdrawal, earlier versions."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.contributions import access, actions, forms, queries
from community.contributions.models import Contribution, Kind
from community.contributions.processing import comparing
from community.contributions.views.blueprint import blueprint
from community.kit import addresses
from community.kit.errors import NotFound
from community.kit.numbers import BIGGEST
from community.policy.permissions import Permission

PAGES = {
    Kind.STORY: "stories.permalink",
    Kind.COMMENT: "comments.permalink",
    Kind.TRANSLATION: "translations.permalink",
    Kind.IDEA: "ideas.permalink",
}
PLACES = {
    Kind.STORY: "reactions",
    Kind.COMMENT: "comment-{id}",
    Kind.TRANSLATION: "reactions",
    Kind.IDEA: "reactions",
}

Page = Response | str | tuple[str, int]


@blueprint.get(f"/<int(max={BIGGEST}):contribution_id>")
def show(contribution_id: int) -> Page:
    return redirect(_page_of(access.load(contribution_id, Permission.READ)))


@blueprint.post(f"/<int(max={BIGGEST}):contribution_id>/reactions")
def react(contribution_id: int) -> Page:
    contribution = access.load(contribution_id, Permission.REACT)
    form = forms.ReactionForm()
    act = actions.take_reaction_back if form.on.data == "0" else actions.react
    act(contribution, by=accounts.me())
    back = addresses.same_site(form.next.data)
    return redirect(f"{back}#{_place_of(contribution)}" if back else _page_of(contribution))


@blueprint.get(f"/<int(max={BIGGEST}):contribution_id>/withdrawal")
def ask_withdrawal(contribution_id: int) -> Page:
    contribution = access.load(contribution_id, Permission.WITHDRAW)
    form = forms.WithdrawForm(data={"next": addresses.same_site(request.args.get("next"))})
    newest = contribution.live_revision or queries.newest_revision(contribution.id)
    return render_template(
        "contributions/withdrawal.html", contribution=contribution, revision=newest, form=form
    )


@blueprint.post(f"/<int(max={BIGGEST}):contribution_id>/withdrawal")
def withdraw(contribution_id: int) -> Page:
    contribution = access.load(contribution_id, Permission.WITHDRAW)
    actions.withdraw(contribution, by=accounts.me())
    flash(_("It is withdrawn. Nobody but you can read it now."))
    return redirect(addresses.same_site(forms.WithdrawForm().next.data) or url_for("stories.mine"))


@blueprint.get(f"/<int(max={BIGGEST}):contribution_id>/revisions")
def revisions(contribution_id: int) -> Page:
    """All revisions, and two of them compared: ``?old=1&new=2``, the last two where nothing is asked."""
    contribution = access.load(contribution_id, Permission.COMPARE)
    found = queries.revisions(contribution_id)
    by_number = {revision.number: revision for revision in found}
    newer = by_number.get(request.args.get("new", type=int) or found[-1].number)
    if newer is None:
        raise NotFound
    older = by_number.get(request.args.get("old", type=int) or max(newer.number - 1, 1))
    if older is None:
        raise NotFound
    return render_template(
        "contributions/revisions.html",
        contribution=contribution,
        revisions=found,
        older=older,
        newer=newer,
        changes=comparing.paragraphs(older, newer),
        photo_changes=comparing.photos(older, newer),
        concerned=comparing.concerns(older, newer),
    )


def _page_of(contribution: Contribution) -> str:
    return url_for(PAGES[contribution.kind], contribution_id=contribution.id)


def _place_of(contribution: Contribution) -> str:
    """Where on its page it stands, so that the reader comes back to it."""
    return PLACES[contribution.kind].format(id=contribution.id)
