"""Pages and acts about comments."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.comments import access, actions, forms, processing, queries
from community.comments.models import Comment
from community.contributions import access as contributions
from community.contributions import queries as contribution_queries
from community.contributions.models import Contribution
from community.contributions.processing import checks
from community.kit import limits
from community.kit.errors import NotFound
from community.kit.numbers import BIGGEST
from community.policy import rules
from community.policy.permissions import Permission

blueprint = Blueprint("comments", __name__)

ANSWERS = limits.Limit("comments", times=30, seconds=600)

Page = Response | str | tuple[str, int]


@blueprint.get(f"/contributions/<int(max={BIGGEST}):contribution_id>/comments")
def new(contribution_id: int) -> Page:
    """The form by itself: to answer one comment without JavaScript."""
    contribution = contributions.load(contribution_id, Permission.COMMENT)
    account = accounts.me()
    parent = _parent(request.args.get("parent_id", type=int), contribution)
    form = forms.CommentForm(data={"parent_id": parent.id if parent else None})
    form.offer(account.languages, spoken=(parent or contribution).language)
    return render_template("comments/new.html", form=form, on=contribution, parent=parent)


@blueprint.post(f"/contributions/<int(max={BIGGEST}):contribution_id>/comments")
def create(contribution_id: int) -> Page:
    contribution = contributions.load(contribution_id, Permission.COMMENT)
    account = accounts.me()
    form = forms.CommentForm().offer(account.languages)
    access.require_reach(form.parent_id.data)
    limits.check(ANSWERS, str(account.id))
    comment = form.attempt(
        lambda: actions.answer(
            contribution,
            form.wording(),
            form_id=form.number,
            parent_id=form.parent_id.data,
            by=account,
        )
    )
    if comment is None:
        parent = _parent(form.parent_id.data, contribution)
        return render_template("comments/new.html", form=form, on=contribution, parent=parent), form.status
    limits.count(ANSWERS, str(account.id))
    if contribution_queries.told_draft(comment.id):
        return redirect(url_for("comments.edit", comment_id=comment.id))
    if comment.is_public:
        flash(_("Thank you. Everybody can read your answer now."))
    else:
        flash(_("Thank you. Your answer is with the moderators; you see it already, others will soon."))
    return redirect(_address(comment))


@blueprint.get(f"/comments/<int(max={BIGGEST}):contribution_id>")
def permalink(contribution_id: int) -> Page:
    return redirect(_address(access.load(contribution_id, Permission.READ)))


@blueprint.get(f"/comments/<int(max={BIGGEST}):comment_id>/thread")
def thread(comment_id: int) -> Page:
    """A comment and the answers below it: where a thread goes on that is too deep for its page."""
    comment = access.load(comment_id, Permission.READ)
    on = contributions.load(comment.on_id, Permission.READ)
    viewer = accounts.person().id
    page = queries.thread(on.id, viewer_id=viewer, below=comment, after=request.args.get("after"))
    shown = processing.arrange(
        page.rows,
        base_depth=comment.depth,
        is_last_page=page.next is None,
        blocked=accounts.person().blocks,
        unseen=accounts.unseen(),
    )
    reacted = contribution_queries.reacted_to(viewer, [c.line.id for c in shown]) if viewer else set()
    may_answer = rules.can(accounts.person(), Permission.COMMENT, on)
    return render_template(
        "comments/thread.html",
        comment=comment,
        on=on,
        rows=processing.draw(shown, on=on, viewer_id=viewer, may_answer=may_answer, reacted=reacted),
        next_url=url_for("comments.thread", comment_id=comment.id, after=page.next) if page.next else None,
        form=forms.CommentForm().offer(accounts.me().languages, spoken=comment.language) if viewer else None,
    )


@blueprint.get(f"/comments/<int(max={BIGGEST}):comment_id>/edit")
def edit(comment_id: int) -> Page:
    comment = access.load(comment_id, Permission.EDIT)
    revision = contribution_queries.newest_revision(comment.id)
    if revision is None:
        raise NotFound
    form = forms.CommentForm(data={"body": revision.body, "language": revision.language})
    return _edit_page(form.offer(accounts.me().languages), comment)


@blueprint.post(f"/comments/<int(max={BIGGEST}):comment_id>/edit")
def save(comment_id: int) -> Page:
    comment = access.load(comment_id, Permission.EDIT)
    contributions.require_voice()
    account = accounts.me()
    form = forms.CommentForm().offer(account.languages)
    if form.attempt(lambda: actions.edit(comment, form.wording(), by=account)) is None:
        return _edit_page(form, comment)
    if contribution_queries.told_draft(comment.id):
        return redirect(url_for("comments.edit", comment_id=comment.id))
    is_live = comment.live_revision_id is not None and comment.live_revision_id == _newest_id(comment)
    flash(_("Saved.") if is_live else _("Saved. The moderators look at it before others see the change."))
    return redirect(_address(comment))


def _edit_page(form: forms.CommentForm, comment: Comment) -> Page:
    returned = contribution_queries.returned_revision(comment.id)
    page = render_template(
        "comments/edit.html",
        form=form,
        comment=comment,
        notes=returned.notes if returned else "",
        told=checks.told_of(contribution_queries.told_draft(comment.id)),
    )
    return page, form.status


def _newest_id(comment: Comment) -> int | None:
    newest = contribution_queries.newest_revision(comment.id)
    return newest.id if newest else None


def _parent(parent_id: int | None, on: Contribution) -> Comment | None:
    if parent_id is None:
        return None
    if not 0 < parent_id <= BIGGEST:
        raise NotFound
    parent = access.load(parent_id, Permission.READ)
    if parent.on_id != on.id:
        raise NotFound
    return parent


def _address(comment: Comment) -> str:
    """The comment in its thread; one too deep for that page, on the page of its own thread."""
    if comment.depth >= queries.SHOWN_DEPTH:
        return url_for("comments.thread", comment_id=comment.parent_id) + f"#comment-{comment.id}"
    return url_for("contributions.show", contribution_id=comment.on_id) + f"#comment-{comment.id}"
