"""Spotlights: what curators put together, publish, and change; and what a call ends as."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.calls import actions as calls
from community.calls.models import Call
from community.gatherings import queries
from community.gatherings.facts import Spotlighted, TakenBack
from community.gatherings.models import MOST_STORIES, Spotlight, SpotlightStory, SpotlightText
from community.kit import clock, db, facts, markup, text, unit_of_work
from community.kit.errors import Conflict, Invalid, Words

FEATURED_AFTER_A_CALL = timedelta(days=14)
NOTHING_IN_IT = _l("Put at least one story in before everybody sees it.")
NOT_OVER = _l("This call is not over yet.")


@dataclass(frozen=True)
class Draft:
    """Days are days of UTC, both included; ``stories`` are their numbers in the order they are shown."""

    title: str
    introduction: str
    language: str
    first_day: date
    last_day: date
    stories: Sequence[int]


def begin(form_id: str, draft: Draft, *, by: Account, call: Call | None = None) -> Spotlight:
    """A draft only curators see; the form, or the call it ends, makes one however often it is sent. Raises Invalid."""
    _check(draft, ())
    new = Spotlight(
        form_id=form_id,
        by_id=by.id,
        call_id=call.id if call else None,
        language=draft.language,
        first_day=draft.first_day,
        last_day=draft.last_day,
        version=1,
        created_at=clock.now(),
    )
    new.texts.append(_text(draft.language, draft.title, draft.introduction))
    try:
        with db.session.begin_nested():
            db.session.add(new)
            db.session.flush()
    except IntegrityError:
        earlier = queries.of_call(call.id) if call else queries.by_form(by.id, form_id)
        if earlier is None:
            raise
        return earlier
    _gather(new, draft.stories)
    return new


def save(spotlight: Spotlight, draft: Draft, *, on: int) -> Spotlight:
    """``on`` is the version it was written on. Raises Invalid, and Conflict when somebody changed it since."""
    _check(draft, [line.id for line in queries.lines(spotlight.id)])
    if spotlight.is_published and not draft.stories:
        raise Invalid({"stories": [NOTHING_IN_IT]})
    days = {"first_day": draft.first_day, "last_day": draft.last_day}
    _change(spotlight, on, language=draft.language, **days)
    _put(spotlight, draft.language, draft.title, draft.introduction)
    _gather(spotlight, draft.stories)
    if spotlight.is_published:
        facts.announce(Spotlighted(spotlight.id))
    return spotlight


def translate(spotlight: Spotlight, language: str, title: str, introduction: str, *, on: int) -> Spotlight:
    """What it says in another language; empty words take that one away. Raises Invalid, Conflict."""
    if not (text.is_blank(title) and text.is_blank(introduction)):
        problems = calls.missing(title, introduction, calls.BOTH)
        if problems:
            raise Invalid(problems)
    _change(spotlight, on)
    _put(spotlight, language, title, introduction)
    return spotlight


def publish(spotlight: Spotlight, *, on: int) -> Spotlight:
    """Everybody can read it from now on. Raises Invalid, Conflict. Published twice is once."""
    if spotlight.is_published:
        return spotlight
    if not queries.lines(spotlight.id):
        raise Invalid({"stories": [NOTHING_IN_IT]})
    _change(spotlight, on, published_at=clock.now())
    facts.announce(Spotlighted(spotlight.id))
    unit_of_work.public_change()
    return spotlight


def take_back(spotlight: Spotlight, *, on: int) -> Spotlight:
    """Only curators see it from now on. Raises Conflict."""
    if spotlight.is_published:
        _change(spotlight, on, published_at=None)
        facts.announce(TakenBack(spotlight.id))
        unit_of_work.public_change()
    return spotlight


def end_call(call: Call, *, by: Account) -> Spotlight:
    """A draft with the call's words and its newest stories; pressed again it is the same one. Raises Invalid."""
    earlier = queries.of_call(call.id)
    if earlier is not None:
        return earlier
    if not call.has_ended:
        raise Invalid({"": [NOT_OVER]})
    said, today = call.words(call.language), clock.now().date()
    draft = Draft(
        said.title,
        said.introduction,
        call.language,
        today,
        today + FEATURED_AFTER_A_CALL,
        queries.newest_of_call(call.id, MOST_STORIES),
    )
    new = begin(f"call-{call.id}", draft, by=by, call=call)
    for words in call.texts:
        if words.language != call.language:
            _put(new, words.language, words.title, words.introduction)
    return new


def _check(draft: Draft, present: Sequence[int]) -> None:
    """``present`` are the stories it has; one of those may be hidden at present, another not."""
    problems: dict[str, list[Words]] = {**calls.missing(draft.title, draft.introduction)}
    if draft.last_day < draft.first_day:
        problems["last_day"] = [calls.BEFORE_FIRST]
    unknown = set(draft.stories) - queries.live_among(draft.stories) - set(present)
    if unknown:
        numbers = ", ".join(str(number) for number in draft.stories if number in unknown)
        problems["stories"] = [_l("There is no story that everybody can read at: %(lines)s", lines=numbers)]
    elif len(draft.stories) > MOST_STORIES:
        problems["stories"] = [_l("A spotlight holds at most %(most)s stories.", most=MOST_STORIES)]
    if problems:
        raise Invalid(problems)


def _change(spotlight: Spotlight, on: int, **values: object) -> None:
    """The one UPDATE that decides between two curators. Raises Conflict."""
    changed = db.session.execute(
        update(Spotlight)
        .where(Spotlight.id == spotlight.id, Spotlight.version == on)
        .values(version=Spotlight.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if not db.changed(changed):
        raise Conflict(calls.STALE)
    if spotlight.is_published:
        unit_of_work.public_change()
    db.session.refresh(spotlight)
    db.session.refresh(spotlight, ["texts"])


def _gather(spotlight: Spotlight, stories: Sequence[int]) -> None:
    db.session.execute(
        delete(SpotlightStory)
        .where(SpotlightStory.spotlight_id == spotlight.id)
        .execution_options(synchronize_session=False)
    )
    rows = [
        {"spotlight_id": spotlight.id, "story_id": number, "position": place}
        for place, number in enumerate(stories, 1)
    ]
    if rows:
        db.session.execute(insert(SpotlightStory), rows)


def _put(spotlight: Spotlight, language: str, title: str, introduction: str) -> None:
    present = db.session.get(SpotlightText, (spotlight.id, language))
    if text.is_blank(title):
        if present is not None:
            db.session.delete(present)
    else:
        new = _text(language, title, introduction)
        new.spotlight_id = spotlight.id
        db.session.merge(new)
    db.session.flush()
    db.session.refresh(spotlight, ["texts"])


def _text(language: str, title: str, introduction: str) -> SpotlightText:
    return SpotlightText(
        language=language, title=title, introduction=introduction, html=markup.render(introduction)
    )
