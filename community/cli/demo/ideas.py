"""What the demo's people would like, from ``demo/ideas/*.toml``, through the actions their clicks reach."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from community.accounts.models import Account, Model
from community.cli.demo import script, wishes
from community.cli.demo.calendar import Calendar
from community.comments import actions as comments
from community.contributions.actions import Wording
from community.contributions.models import Concern, Contribution
from community.contributions.models.concern import AREA, COUNTRY, MODEL
from community.ideas import actions, queries
from community.ideas.actions import Said
from community.ideas.models import Idea
from community.ideas.processing import halves
from community.ideas.processing.paragraphs import paragraphs
from community.kit import clock, db, text
from community.stories.models import Story

SEED = 2027
AFTER = timedelta(hours=6)  # until others have read it


@dataclass(frozen=True)
class Hands:
    """What the demo has made already, and how it sends what the checks asked about, and approves."""

    calendar: Calendar
    people: dict[str, Account]
    stories: dict[str, Story]
    models: dict[str, Model]
    send_anyway: Callable[[Contribution], None]
    approve: Callable[[Contribution], object]


class Ideas:
    """``plan`` puts an idea and all that became of it into the calendar; everything ends at ``now``."""

    def __init__(self, hands: Hands, now: datetime) -> None:
        self._hands, self._now = hands, now
        self._chance = Random(SEED)  # noqa: S311 - the same demo for everybody
        self._ideas: dict[str, Idea] = {}

    def plan(self, told: wishes.Idea) -> None:
        live = self._now - timedelta(days=told.days_ago, minutes=self._chance.randint(5, 400))
        is_live = told.state == "live"
        sent = live - timedelta(hours=1 + 20 * self._chance.random()) if is_live else live
        put = self._hands.calendar.put
        put(sent, partial(self._send, told))
        if not is_live:
            return
        put(live, partial(self._approve, told))
        until = self._ago(told.merged_days_ago) if told.merged_into else self._now
        for handle in told.supporters:
            since = max(live + AFTER, self._joined(handle))
            if since >= until:
                raise LookupError(f"{told.name}: {handle} came too late to stand behind it")
            moment = since + (until - since) * 0.9 * self._chance.random() ** 2
            put(moment, partial(self._support, told, handle, ""))
        for nth, said in enumerate(told.comments):
            put(live + timedelta(hours=said.hours_after), partial(self._answer, told, nth, said))
        for nth, step in enumerate(told.steps):
            put(self._ago(step.days_ago), partial(self._move, told, nth, step))
        if told.curator:
            put(live + AFTER, partial(self._assign, told))
        if told.merged_into:
            put(until, partial(self._merge, told))

    def named(self, name: str) -> Idea:
        """By its file's name, once it was sent. Raises KeyError."""
        return self._ideas[name]

    def _send(self, told: wishes.Idea) -> None:
        author = self._hands.people[told.author]
        idea = actions.keep_new(f"demo-{told.name}", self._wording(told), by=author)
        for quote in told.quotes:
            self._quote(told, idea, quote)
        actions.submit(idea, self._wording(told), sequence=None, by=author)
        self._hands.send_anyway(idea)
        self._ideas[told.name] = idea

    def _quote(self, told: wishes.Idea, idea: Idea, quote: wishes.Quote) -> None:
        """One's own is agreed to on the spot. Raises LookupError where the story has no such paragraph."""
        story = self._hands.stories[quote.story]
        db.session.refresh(story, ["live_revision"])
        text_of = story.live_revision
        found = [one for one in paragraphs(text_of) if one.words.startswith(quote.words)] if text_of else []
        if text_of is None or not found:
            raise LookupError(f"{told.name}: {quote.story} has no paragraph “{quote.words}”")
        actions.begin_with(idea, story, text_of, found[0])
        if story.author_id == idea.author_id:
            actions.agree_to_own(idea, by=self._hands.people[told.author])

    def _approve(self, told: wishes.Idea) -> None:
        self._hands.approve(self._ideas[told.name])

    def _support(
        self, told: wishes.Idea, handle: str, model: str, comment: Contribution | None = None
    ) -> None:
        by, listed = self._hands.people[handle], self._hands.models.get(model)
        actions.support(
            self._idea(told.name),
            by=by,
            model_id=listed.id if listed else None,
            comment_id=comment.id if comment else None,
        )

    def _answer(self, told: wishes.Idea, nth: int, said: wishes.Because) -> None:
        """A sentence under it, and, where they stand behind it, their support."""
        comment = comments.answer(
            self._idea(told.name),
            Wording("", text.normalise(said.body, multiline=True), said.language),
            form_id=f"demo-{told.name}-{nth}"[:64],
            parent_id=None,
            by=self._hands.people[said.author],
        )
        self._hands.send_anyway(comment)
        if not comment.is_public:
            self._hands.calendar.put(clock.now() + AFTER, partial(self._hands.approve, comment))
        if said.supports:
            self._support(told, said.author, said.model, comment)

    def _move(self, told: wishes.Idea, nth: int, step: wishes.Step) -> None:
        idea, to = self._idea(told.name), queries.stage(step.to)
        if to is None:
            raise LookupError(f"{told.name}: there is no stage {step.to}")
        said = Said(
            answer=text.normalise(step.answer, multiline=True),
            function=step.function,
            language=step.language,
            reason=step.reason,
            shipped_models=step.shipped_models,
            shipped_countries=step.shipped_countries,
            shipped_version=step.shipped_version,
        )
        by = self._hands.people[step.by]
        actions.move(idea, to, said, on=idea.moves, form_id=f"demo-{told.name}-{nth}"[:64], by=by)

    def _assign(self, told: wishes.Idea) -> None:
        idea, curator = self._idea(told.name), self._hands.people[told.curator]
        actions.assign(idea, curator, instead_of=None)
        if told.note:
            actions.write_note(idea, told.note, form_id=f"demo-{told.name}"[:64], by=curator)

    def _merge(self, told: wishes.Idea) -> None:
        by = self._hands.people[told.merged_by]
        original = self._idea(told.merged_into)
        actions.merge(self._idea(told.name), original, why=told.merged_why, by=by)

    def _idea(self, name: str) -> Idea:
        """As it is now: everything happens in one session, which has seen it before."""
        idea = self._ideas[name]
        db.session.refresh(idea)
        return idea

    def _wording(self, told: wishes.Idea) -> Wording:
        models = [str(self._hands.models[slug].id) for slug in told.models]
        concerns = (
            Concern(AREA, told.area),
            *(Concern(COUNTRY, code) for code in told.countries),
            *(Concern(MODEL, number) for number in models),
        )
        body = halves.join(*(text.normalise(half, multiline=True) for half in (told.missing, told.better)))
        title = text.normalise(told.title, multiline=False)
        return Wording(title, body, told.language, concerns=concerns)

    def _joined(self, handle: str) -> datetime:
        member = next(one for one in script.members() if one.handle == handle)
        return self._ago(member.joined_days_ago) + AFTER

    def _ago(self, days: float) -> datetime:
        return self._now - timedelta(days=days)
