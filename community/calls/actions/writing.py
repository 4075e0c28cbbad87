"""Writing a call: a draft that curators change, opened once, and changed on after that as far as its answers allow."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.calls import queries
from community.calls.models import MOST_QUESTIONS, Call, CallAnswer, CallText, Question
from community.kit import clock, db, markup, text, unit_of_work
from community.kit.errors import Conflict, Invalid, Words

STALE = _l("Somebody changed this while you wrote. Nothing was overwritten: compare it with yours below.")
NEEDS_TITLE = _l("Give it a title.")
NEEDS_WORDS = _l("Say in a few words what it is about.")
BEFORE_FIRST = _l("This is before the first day.")
BOTH = _l("Give both a title and an introduction, or leave both empty.")
AS_MANY = _l("Stories answer these questions already: change their words, but add none and take none away.")
ALL_OF_THEM = _l("Give as many questions as the call has in its first language, or none.")
ANSWERED = _l("Stories answer this call already. You can end it early, and say why.")
NOT_OPEN = _l("This call is not open.")
NEEDS_WHY = _l("Say why it ends early.")
TOO_MANY = _l("Ask at most 8 questions.")


@dataclass(frozen=True)
class Said:
    """What it says in one language; ``introduction`` is Markdown, ``terms`` are plain."""

    title: str
    introduction: str
    terms: str = ""
    questions: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        return text.is_blank(self.title) and text.is_blank(self.introduction)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Days are days of UTC, both included; no countries or no languages means all."""

    said: Said
    language: str
    first_day: date
    last_day: date
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def begin(form_id: str, draft: Draft, *, by: Account) -> Call:
    """A draft only curators see; the form makes one call however often it is sent. Raises Invalid."""
    _check(draft)
    new = Call(
        form_id=form_id,
        by_id=by.id,
        created_at=clock.now(),
        version=1,
        terms_version=1,
        story_count=0,
        **_columns(draft),
    )
    new.texts.append(_text(draft.language, draft.said))
    try:
        with db.session.begin_nested():
            db.session.add(new)
            db.session.flush()
    except IntegrityError:
        earlier = queries.by_form(by.id, form_id)
        if earlier is None:
            raise
        return earlier
    return new


def save(call: Call, draft: Draft, *, on: int) -> Call:
    """``on`` is the version it was written on. Raises Invalid, and Conflict when somebody changed it since."""
    _check(draft)
    was = call.words(call.language)
    if call.is_opened and len(draft.said.questions) != len(was.questions):
        raise Invalid({"questions": [AS_MANY]})
    terms = {"terms_version": Call.terms_version + 1} if draft.said.terms != was.terms else {}
    _change(call, on, **_columns(draft), **terms)
    _put(call, draft.language, draft.said)
    return call


def translate(call: Call, language: str, said: Said, *, on: int) -> Call:
    """What it says in another language; empty words take that one away. Raises Invalid, Conflict."""
    asked = len(call.words(call.language).questions)
    if not said.is_missing:
        problems = missing(said.title, said.introduction, BOTH)
        if len(said.questions) not in (0, asked):
            problems["questions"] = [ALL_OF_THEM]
        if problems:
            raise Invalid(problems)
    _change(call, on)
    _put(call, language, said)
    return call


def open_call(call: Call, *, on: int) -> Call:
    """Everybody sees it from now on; stories answer it from its first day. Raises Conflict. Opened twice is once."""
    if not call.is_opened:
        _change(call, on, Call.opened_at.is_(None), opened_at=clock.now())
        unit_of_work.public_change()
    return call


def take_back(call: Call, *, on: int) -> Call:
    """Only curators see it from now on. Raises Conflict where a story was sent for it. Taken back twice is once."""
    if not call.is_opened:
        return call
    # Whoever sends a story for it holds the same row until that is written.
    db.session.execute(select(Call.id).where(Call.id == call.id).with_for_update())
    if db.session.scalar(select(exists().where(CallAnswer.call_id == call.id))):
        raise Conflict(ANSWERED)
    _change(call, on, Call.opened_at.is_not(None), opened_at=None, ended_at=None, ended_why="")
    return call


def end_early(call: Call, why: str, *, on: int) -> Call:
    """No story can be sent for it from now on, and everybody reads ``why``. Raises Invalid, Conflict."""
    if text.is_blank(why):
        raise Invalid({"why": [NEEDS_WHY]})
    if not call.is_open:
        raise Conflict(NOT_OPEN)
    now = clock.now()
    _change(call, on, Call.ended_at.is_(None), ended_at=now, ended_why=why, last_day=now.date())
    return call


def missing(title: str, introduction: str, words: Words | None = None) -> dict[str, list[Words]]:
    """What is wrong with fields that say nothing, in these ``words`` or each in its own."""
    problems: dict[str, list[Words]] = {}
    if text.is_blank(title):
        problems["title"] = [words or NEEDS_TITLE]
    if text.is_blank(introduction):
        problems["introduction"] = [words or NEEDS_WORDS]
    return problems


def _check(draft: Draft) -> None:
    problems: dict[str, list[Words]] = {}
    if draft.last_day < draft.first_day:
        problems["last_day"] = [BEFORE_FIRST]
    if len(draft.said.questions) > MOST_QUESTIONS:
        problems["questions"] = [TOO_MANY]
    problems |= missing(draft.said.title, draft.said.introduction)
    if problems:
        raise Invalid(problems)


def _columns(draft: Draft) -> dict[str, object]:
    return {name: value for name, value in draft.__dict__.items() if name != "said"}


def _change(call: Call, on: int, *conditions: ColumnElement[bool], **values: object) -> None:
    """The one UPDATE that decides between two curators. Raises Conflict."""
    changed = db.session.execute(
        update(Call)
        .where(Call.id == call.id, Call.version == on, *conditions)
        .values(version=Call.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if not db.changed(changed):
        raise Conflict(STALE)
    if call.is_opened:
        unit_of_work.public_change()
    db.session.refresh(call)
    db.session.refresh(call, ["texts"])


def _put(call: Call, language: str, said: Said) -> None:
    present = db.session.get(CallText, (call.id, language))
    if said.is_missing:
        if present is not None:
            db.session.delete(present)
    else:
        new = _text(language, said)
        new.call_id = call.id
        db.session.merge(new)
    db.session.flush()
    db.session.refresh(call, ["texts"])


def _text(language: str, said: Said) -> CallText:
    return CallText(
        language=language,
        title=said.title,
        introduction=said.introduction,
        html=markup.render(said.introduction),
        terms=said.terms,
        questions=tuple(Question(words) for words in said.questions),
    )
