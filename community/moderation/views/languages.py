"""What language a text is in, said by whoever reads it at the desk."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.kit import i18n, languages
from community.kit.numbers import BIGGEST
from community.moderation import access, forms
from community.moderation.actions import correcting
from community.moderation.views import review as reviews
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.post(f"/moderation/reviews/<int(max={BIGGEST}):revision_id>/language")
def correct_language(revision_id: int) -> Page:
    contribution, revision = access.load_review(revision_id, Permission.HAND_ON)
    by, form = accounts.require(Permission.REVIEW), forms.LanguageForm()
    seen, words = form.version.data or 0, form.note.data or ""
    done = form.attempt(
        lambda: correcting.correct_language(
            contribution, revision, form.language.data, by=by, version=seen, words=words
        )
    )
    if done is None:
        return reviews.show(contribution, revision, language=form)
    flash(_("It says %(language)s now.", language=languages.name(revision.language, i18n.language())))
    return redirect(url_for("moderation.review", revision_id=revision_id) + scopes.chosen(by).query)
