"""Translating: a draft from the live original, kept as it is typed, sent when every part is said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.actions import Wording
from community.contributions.models import (
    LONGEST_BODY,
    Contribution,
    Passage,
    Passages,
    Revision,
    RevisionState,
)
from community.kit import text
from community.kit.errors import Conflict, Invalid, Words
from community.translations import queries
from community.translations.models import Translation
from community.translations.processing import aligning, checking
from community.translations.processing.checking import Fault
from community.translations.processing.parts import Role, parts_of, to_translate

NOT_SHOWN = _l(
    "Readers cannot see the original at present, so it cannot be translated. What you wrote is kept."
)
DECLINED = _l("Its author does not want it translated.")
CHANGED = _l(
    "The original changed while you were writing. What you wrote is kept; the parts that changed stand empty again."
)
SAME_LANGUAGE = _l("The original is in this language already.")
FAULTS: dict[Fault, Words] = {
    Fault.LOST: _l("This part is not translated yet."),
    Fault.ADDED: _l("The original has one paragraph here; there must be one in the translation, too."),
    Fault.TOO_LONG: _l("This is too long for its place."),
}
TOO_LONG = _l("All of it together is too long: use at most %(max)d characters.", max=LONGEST_BODY)
UNTOUCHED = _l(
    "Most of this stands as the machine wrote it. Read it beside the original and say it in your own words first."
)


@dataclass(frozen=True)
class Typed:
    """What a translator typed, by the key of the part it stands for; the part may not be there any more."""

    texts: Mapping[str, str]
    machine: Mapping[str, str]
    """Fingerprints of what a machine proposed, by the same keys."""


def start(thing: Contribution, language: str, *, by: Account) -> Translation:
    """The member's own translation of a live original into a language: the one begun before, or a new draft.

    A new one goes on from what readers are shown in that language now. Raises Invalid, Conflict.
    """
    _check_languages(thing, language)
    earlier = queries.own(by.id, thing.id, language)
    if earlier is not None:
        return earlier
    number = queries.attempts(by.id, thing.id, language) + 1
    new = Translation(form_id=f"translation-{thing.id}-{language}-{number}", of_id=thing.id, is_shown=True)
    original = _live_original(thing)
    wording = _wording(original, queries.live_passages(thing.id, language), language)
    started = contributions.start(new, wording, by=by)
    if not isinstance(started, Translation):
        raise Conflict(contributions.STALE)
    return started


def keep(translation: Translation, thing: Contribution, typed: Typed, *, sequence: int | None) -> Revision:
    """Keep what was typed as a draft, whether readers see the original still or not.

    Raises Conflict when a newer save is there, and Invalid where it is too long.
    """
    wording = _of(translation, thing, typed)
    return _sent(translation, wording) or contributions.save_draft(translation, wording, sequence=sequence)


def submit(
    translation: Translation, thing: Contribution, typed: Typed, *, sequence: int | None, by: Account
) -> Translation:
    """Keep and send it. Raises Invalid with the parts that are wrong by their keys, and Conflict.

    It has a ``told_draft`` still when the checks found something its translator hears of first.
    """
    wording = _of(translation, thing, typed)
    check(_live_original(thing), wording)
    if _sent(translation, wording) or _was_told(translation, wording, sequence):
        return translation
    _check_languages(thing, translation.language)
    contributions.save_draft(translation, wording, sequence=sequence)
    contributions.submit(translation, by=by)
    return translation


def check(original: Revision, wording: Wording) -> None:
    """Raises Invalid; its fields are the keys of parts, and ``text`` for what is wrong with all of it."""
    problems: dict[str, list[Words]] = {
        found.key: [FAULTS[found.fault]] for found in checking.faults(original, wording.passages)
    }
    if not problems and is_untouched(original, wording.passages, wording.language):
        problems["text"] = [UNTOUCHED]
    if problems:
        raise Invalid(problems)


def is_untouched(original: Revision, passages: Passages, language: str) -> bool:
    """Whether too much of it is still as a machine proposed it."""
    present = {part.key for part in to_translate(original)}
    share = checking.unchanged_share(tuple(one for one in passages if one.key in present))
    return share > checking.most_unchanged(original.language, language)


def _sent(translation: Translation, wording: Wording) -> Revision | None:
    """What waits or is live, where it says exactly this and no newer draft has been begun."""
    newest = contribution_queries.newest_revision(translation.id)
    is_sent = newest is not None and newest.state in (RevisionState.WAITING, RevisionState.LIVE)
    return newest if is_sent and newest is not None and contributions.says(newest, wording) else None


def _was_told(translation: Translation, wording: Wording, sequence: int | None) -> bool:
    """Whether this is the very request whose answer told what the checks found, and not the next one."""
    told = contribution_queries.told_draft(translation.id) if sequence is not None else None
    is_repeated = told is not None and sequence is not None and told.sequence >= sequence
    return is_repeated and told is not None and contributions.says(told, wording)


def _of(translation: Translation, thing: Contribution, typed: Typed) -> Wording:
    """What was typed, and besides it what earlier texts of the original were answered with. Raises Invalid."""
    original = _original(thing)
    before = contribution_queries.newest_revision(translation.id)
    kept = {one.key: one for one in aligning.left_over(original, before.passages if before else ())}
    # What is known of a machine stays known, whatever a form says.
    marks = {one.key: one.machine for one in before.passages} if before else {}
    said = {
        key: Passage(key, words, marks.get(key) or typed.machine.get(key, ""))
        for key, words in typed.texts.items()
        if not text.is_blank(words)
    }
    present = [part.key for part in to_translate(original) if part.key in said]
    now = {key: said[key] for key in present}
    wording = _wording(original, {**now, **kept, **said}.values(), translation.language)
    if len(wording.body) > LONGEST_BODY:
        raise Invalid({"text": [TOO_LONG]})
    return wording


def _wording(original: Revision, passages: Iterable[Passage], language: str) -> Wording:
    """``body`` is the text for those who read it as it is: moderators, checks, the comparison of two revisions."""
    kept = tuple(passages)
    said = {one.key: one.text for one in kept}
    parts = parts_of(original)
    blocks = (said.get(part.key, "") if part.key else part.source for part in parts if part.role is Role.TEXT)
    return Wording(
        title=next((said.get(part.key, "") for part in parts if part.role is Role.TITLE), ""),
        body="\n\n".join(block for block in blocks if block),
        language=language,
        topic_id=None,
        passages=kept,
    )


def obstacle(thing: Contribution) -> Words | None:
    """Why nobody can translate it now."""
    if not thing.is_public:
        return NOT_SHOWN
    return None if thing.takes_translations else DECLINED


def _original(thing: Contribution) -> Revision:
    """The text it had when readers last saw it. Raises Conflict where they never did."""
    if thing.live_revision is None:
        raise Conflict(contributions.STALE)
    return thing.live_revision


def _live_original(thing: Contribution) -> Revision:
    """Raises Conflict for what is not live any more."""
    if not thing.is_public:
        raise Conflict(NOT_SHOWN)
    return _original(thing)


def _check_languages(thing: Contribution, language: str) -> None:
    if not thing.takes_translations:
        raise Invalid({"language": [DECLINED]})
    if thing.language == language:
        raise Invalid({"language": [SAME_LANGUAGE]})
