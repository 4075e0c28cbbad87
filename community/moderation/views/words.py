"""The word lists, for admins: what is listed, adding and removing, and a box to try the checks on a text."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.contributions import queries as contribution_queries
from community.contributions.actions import words as actions
from community.contributions.models import ANY_LANGUAGE
from community.contributions.processing import checks
from community.kit import languages
from community.kit.numbers import BIGGEST
from community.moderation.forms.words import TrialForm, WordForm
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.get("/moderation/words")
def words() -> Page:
    """``?language=vi``: the words of one language; without it, those that hold in every language."""
    accounts.require(Permission.SET_RULES)
    return _page(_asked(), WordForm(), TrialForm())


@blueprint.post("/moderation/words")
def add_word() -> Page:
    account = accounts.require(Permission.SET_RULES)
    form = WordForm().offer()
    added = form.attempt(
        lambda: actions.add_word(form.word.data or "", form.language.data, form.note.data or "", by=account)
    )
    if added is None:
        return _page(_asked(), form, TrialForm(formdata=None))
    flash(_("“%(word)s” is listed. Texts sent from now on are held against it.", word=added.word))
    return redirect(_address(added.language))


@blueprint.post(f"/moderation/words/<int(max={BIGGEST}):word_id>/removal")
def remove_word(word_id: int) -> Page:
    accounts.require(Permission.SET_RULES)
    is_gone_now = actions.remove_word(word_id)
    flash(_("The word is off the list.") if is_gone_now else _("That word was off the list already."))
    return redirect(_address(_asked()))


@blueprint.post("/moderation/words/trials")
def try_words() -> Page:
    """What the checks would find in a text. Nothing is kept."""
    accounts.require(Permission.SET_RULES)
    form = TrialForm()
    trial = form.attempt(lambda: checks.try_out(form.text.data or "", form.language.data))
    return _page(_asked(), WordForm(formdata=None), form, trial)


def _page(language: str, form: WordForm, trial_form: TrialForm, trial: checks.Trial | None = None) -> Page:
    found = contribution_queries.listed_words(language, after=request.args.get("after"))
    page = render_template(
        "moderation/words.html",
        language=language,
        counts=contribution_queries.listed_words_by_language(),
        words=found.rows,
        next_url=url_for("moderation.words", language=language, after=found.next) if found.next else None,
        form=form.offer(language),
        trial_form=trial_form.offer([language, *accounts.me().languages]),
        trial=trial,
    )
    return page, max(form.status, trial_form.status)


def _asked() -> str:
    """What is no language is passed over."""
    asked = request.args.get("language", "")
    return asked if languages.is_language(asked) else ANY_LANGUAGE


def _address(language: str) -> str:
    return url_for("moderation.words", language=language or None)
