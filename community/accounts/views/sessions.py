"""Signing in and out, and the list of one's own sessions."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from community.accounts import access, actions, forms, queries
from community.accounts.views.blueprint import blueprint
from community.kit import addresses, error_pages
from community.policy.permissions import Permission

Page = Response | str | tuple[str, int]


@blueprint.get("/login")
def login() -> Page:
    after = addresses.same_site(request.args.get("next"))
    if access.is_signed_in():
        return redirect(after or url_for("stories.mine"))
    return render_template("accounts/login.html", form=forms.LoginForm(data={"next": after or ""}))


@blueprint.post("/login")
def sign_in() -> Page:
    form = forms.LoginForm()
    account = form.attempt(lambda: access.sign_in(form.email.data or "", form.password.data or ""))
    if account is None:
        return render_template("accounts/login.html", form=form), form.status
    access.enter(account)
    path, fields = (
        addresses.same_site(form.resume_path.data),
        error_pages.unpack(form.resume_fields.data or ""),
    )
    if path and fields:
        return render_template("errors/resend.html", fields=fields, path=path, needs_sign_in=False)
    return redirect(addresses.same_site(form.next.data) or url_for("stories.mine"))


@blueprint.post("/logout")
def logout() -> Page:
    access.leave()
    flash(_("You are signed out."))
    return redirect(url_for("pages.home"))


@blueprint.get("/sessions")
def sessions() -> Page:
    account, here = access.require(Permission.USE_ACCOUNT), access.member()
    return render_template(
        "accounts/sessions.html",
        sessions=queries.sign_ins(account.id),
        present_id=here.sign_in.id if here else None,
        form=forms.PressForm(),
    )


@blueprint.post("/sessions/<int:sign_in_id>/end")
def end_session(sign_in_id: int) -> Page:
    actions.end_one(sign_in_id, by=access.require(Permission.USE_ACCOUNT))
    flash(_("That session is ended."))
    return redirect(url_for("accounts.sessions"))
