"""Puts the demo's script into an empty database, through the actions people themselves go through.

A calendar plays everything that happened in its order, so that counts, logs, queues and who is trusted by when come
out as they would have.
"""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from community.accounts import actions as accounts
from community.accounts.actions import garage, listing
from community.accounts.actions.people import Preferences
from community.accounts.models import Account, Model, Powertrain, Unit, Vehicle
from community.cli.demo import acts, gathering, ideas, photos, script, translating, wishes
from community.cli.demo.calendar import Calendar
from community.comments import actions as comments
from community.comments.models import Comment
from community.contributions import actions as contributions
from community.contributions import queries as contribution_queries
from community.contributions.actions import Wording
from community.contributions.models import Contribution, Picture, Pictures, Purpose, RevisionState, Topic
from community.kit import clock, db, text
from community.moderation import actions as moderation
from community.moderation.actions import Ruling
from community.moderation.models import Outcome
from community.policy.permissions import Role, Standing
from community.stories import actions as stories
from community.stories.models import Story

SEED = 2026
LOOKED_AT_DAYS_AGO = 1.5  # what trusted members said since then is still to be looked at
JUDGES = ("moderator", "admin")
OUTCOMES = {"returned": Outcome.RETURN, "refused": Outcome.REFUSE}


class Demo:
    """The demo on its way into the database; everything ends at ``now``. Photos the album lacks are left out."""

    def __init__(self, password_hash: str, album: photos.Album) -> None:
        self.now = clock.now()
        self._password_hash, self._album = password_hash, album
        self._chance = Random(SEED)  # noqa: S311 - the same demo for everybody
        self._calendar = Calendar()
        self._people: dict[str, Account] = {}
        self._stories: dict[str, Story] = {}
        self._comments: dict[tuple[str, str], Comment] = {}
        self._desk = acts.Desk(self._find, self._people)
        self._topics = {slug: number for number, slug in db.session.execute(select(Topic.id, Topic.slug))}
        self._models: dict[str, Model] = {}
        self._ideas = ideas.Ideas(self._hands(), self.now)

    def play(self) -> None:
        """All of it, inside the present transaction."""
        self._build_models()
        for member in script.members():
            self._calendar.put(self.now - timedelta(days=member.joined_days_ago), partial(self._join, member))
        for number, (owner, car) in enumerate(script.garages(), 1):
            self._calendar.put(self.now - timedelta(days=number), partial(self._park, owner, car))
        for told in script.stories():
            # A little earlier than said, or all would have happened at the same time of day.
            decided = self.now - timedelta(days=told.days_ago, minutes=self._chance.randint(5, 400))
            sent = decided if told.state == "waiting" else decided - self._wait()
            self._calendar.put(sent, partial(self._tell, told, decided))
        for said in script.translations():
            self._calendar.put(self.now - timedelta(days=said.days_ago), partial(self._translate, said))
        for idea in wishes.ideas():
            self._ideas.plan(idea)
        gathering.Gatherings(self._hands(), self._topics, self.now).plan()
        for act in script.acts():
            self._calendar.put(self.now - timedelta(days=act.days_ago), partial(self._desk.do, act))
        self._calendar.play()

    def _hands(self) -> ideas.Hands:
        approve = partial(self._decide, outcome=Outcome.APPROVE)
        have = (self._calendar, self._people, self._stories, self._models)
        return ideas.Hands(*have, send_anyway=self._send_anyway, approve=approve)

    def _build_models(self) -> None:
        for row in script.models():
            self._models[row["slug"]] = listing.list_model(row["maker"], row["name"], row["from_year"])

    def _join(self, member: script.Member) -> None:
        """As ``accounts.register`` would, but with the one hash: each takes a fifth of a second."""
        now = clock.now()
        account = Account(
            handle=member.handle,
            email=accounts.normal_email(member.email),
            email_confirmed_at=now,
            password_hash=self._password_hash,
            role=Role(member.role),
            standing=Standing(member.standing),
            created_at=now,
            reading_languages=[],
            desk_countries=[],
        )
        preferences = Preferences(
            display_name=text.normalise(member.display_name, multiline=False),
            country=member.country,
            ui_language=member.ui_language,
            languages=member.languages,
            desk_countries=member.moderates,
        )
        accounts.change_preferences(preferences, by=account)
        db.session.add(account)
        db.session.flush()
        self._people[member.handle] = account

    def _tell(self, told: script.Story, decided: datetime) -> None:
        author = self._people[told.author]
        wording = self._wording(told, told.title, told.body, self._hang(told, told.photos))
        story = stories.submit_new(f"demo-{told.name}", wording, sequence=1, by=author)
        stories.agree(story, _agreed(told, wording))
        self._stories[told.name] = story
        self._send_anyway(story)
        if told.state in OUTCOMES:
            by, outcome = self._people[told.decided_by], OUTCOMES[told.state]
            because = partial(self._decide, story, outcome, told.notes, ground=told.ground or None, by=by)
            self._calendar.put(decided, because)
        elif told.state == "live":
            self._calendar.put(decided, partial(self._decide, story, Outcome.APPROVE))
            self._plan_answers(told, story, decided)
            self._plan_reactions(told, story, decided)
        if told.edit:
            edited_at = self.now - timedelta(days=told.edit.days_ago)
            self._calendar.put(edited_at, partial(self._edit, told, told.edit, story))

    def _edit(self, told: script.Story, edit: script.Edit, story: Story) -> None:
        shown = contribution_queries.newest_revision(story.id)
        earlier = shown.pictures if shown else ()
        wording = self._wording(told, edit.title, edit.body, earlier + self._hang(told, edit.photos))
        stories.submit(story, wording, sequence=1, by=self._author(story))
        stories.agree(story, _agreed(told, wording))
        self._send_anyway(story)
        if edit.state == "live":
            self._plan_approval(story)

    def _translate(self, said: script.Translation) -> None:
        translation = translating.send(said, self._told(said.of), by=self._people[said.by])
        self._send_anyway(translation)
        if said.state == "live":
            self._plan_approval(translation)

    def _told(self, name: str) -> Contribution:
        """The story or the idea of that name."""
        return self._stories.get(name) or self._ideas.named(name)

    def _plan_approval(self, it: Contribution) -> None:
        self._calendar.put(clock.now() + self._wait(), partial(self._decide, it, Outcome.APPROVE))

    def _send_anyway(self, it: Contribution) -> None:
        """What the checks found is said once; whoever sends it again means it."""
        if contribution_queries.told_draft(it.id):
            contributions.submit(it, by=self._author(it))

    def _hang(self, told: script.Story, wanted: tuple[script.Photo, ...]) -> Pictures:
        keys = [(photos.key_of(told, photo), photo) for photo in wanted]
        found = tuple(Picture(key, photo.alt, photo.caption) for key, photo in keys if key in self._album)
        for picture in found:
            photos.hang(self._album[picture.key], by=self._people[told.author])
        return found

    def _wording(self, told: script.Story, title: str, body: str, pictures: Pictures) -> Wording:
        return Wording(
            text.normalise(title, multiline=False),
            text.normalise(photos.placed(told, body, pictures), multiline=True),
            told.language,
            self._topics[told.topic],
            self._car(told).id,
            pictures,
        )

    def _car(self, told: script.Story) -> Vehicle:
        by = self._people[told.author]
        return garage.park_for(f"demo-{told.name}", self._described(told.vehicle), by=by)

    def _park(self, owner: str, car: script.Car) -> None:
        garage.park_for(f"demo-{car.model}", self._described(car), by=self._people[owner])

    def _described(self, car: script.Car) -> garage.Car:
        listed = self._models.get(car.model)
        return garage.Car(
            maker=listed.maker.name if listed else car.maker,
            model=listed.name if listed else car.model,
            year=car.year,
            powertrain=Powertrain(car.powertrain),
            since_year=car.since,
            until_year=car.until,
            nickname=car.nickname,
            odometer=car.odometer,
            unit=Unit(car.unit),
            is_public=car.is_public,
        )

    def _plan_answers(self, told: script.Story, story: Story, live: datetime) -> None:
        for said in told.comments:
            replies = [reply.hours_after for reply in told.comments if reply.reply_to == said.id]
            answered = live + timedelta(hours=min(replies)) if replies else self.now
            self._calendar.put(
                live + timedelta(hours=said.hours_after),
                partial(self._answer, told, story, said, answered),
            )

    def _answer(self, told: script.Story, story: Story, said: script.Comment, answered: datetime) -> None:
        """One that has to wait is approved before somebody ``answered`` it."""
        author = self._people[said.author]
        parent = self._comments.get((told.name, said.reply_to))
        comment = comments.answer(
            story,
            Wording("", text.normalise(said.body, multiline=True), said.language),
            form_id=f"demo-{told.name}-{said.id}"[:64],
            parent_id=parent.id if parent else None,
            by=author,
        )
        self._comments[told.name, said.id] = comment
        self._send_anyway(comment)
        if comment.is_public:
            self._plan_look(comment)
        elif said.state == "live":
            now = clock.now()
            wait = min(self._wait(), (answered - now) * 0.7)
            self._calendar.put(now + wait, partial(self._decide, comment, Outcome.APPROVE))

    def _plan_look(self, comment: Comment) -> None:
        """At what went live by trust, afterwards."""
        looked = clock.now() + self._wait()
        if looked < self.now - timedelta(days=LOOKED_AT_DAYS_AGO):
            self._calendar.put(looked, partial(self._decide, comment, Outcome.KEEP, state=RevisionState.LIVE))

    def _plan_reactions(self, told: script.Story, story: Story, live: datetime) -> None:
        settled = [m.handle for m in script.members() if m.handle != told.author and _was_there(m, told)]
        for handle in self._chance.sample(settled, min(told.reactions, len(settled))):
            # Most come early.
            moment = live + (self.now - live) * self._chance.random() ** 3
            self._calendar.put(moment, partial(self._react, story, handle))

    def _react(self, story: Story, handle: str) -> None:
        if story.is_public:
            contributions.react(story, by=self._people[handle])

    def _decide(
        self,
        it: Contribution,
        outcome: Outcome,
        explanation: str = "",
        *,
        ground: str | None = None,
        state: RevisionState = RevisionState.WAITING,
        by: Account | None = None,
    ) -> None:
        revision = contribution_queries.revision_in(it.id, state)
        if revision is None:
            raise LookupError(f"nothing of contribution {it.id} is {state}")
        ruling = Ruling(
            outcome=outcome,
            ground=ground,
            explanation=explanation,
            revision_number=revision.number,
            version=it.version,
        )
        moderation.decide(it, revision, ruling, by=by or self._moderator(it, revision.language))

    def _moderator(self, it: Contribution, language: str) -> Account:
        """One who reads the language and looks after the country; failing that, one who reads it, or anybody."""
        desks = [
            m for m in script.members() if m.role in JUDGES and self._people[m.handle].id != it.author_id
        ]
        readers = [m for m in desks if language in m.languages] or desks
        nearest = [m for m in readers if not m.moderates or it.country in m.moderates] or readers
        return self._people[self._chance.choice(nearest).handle]

    def _author(self, it: Contribution) -> Account:
        return next(person for person in self._people.values() if person.id == it.author_id)

    def _find(self, act: script.Act) -> Contribution:
        return self._comments[act.on, act.comment] if act.comment else self._stories[act.on]

    def _wait(self) -> timedelta:
        """From an hour to thirty, mostly short."""
        return timedelta(hours=1 + 29 * self._chance.random() ** 2, seconds=self._chance.randint(0, 3599) / 2)


def _agreed(told: script.Story, wording: Wording) -> set[Purpose]:
    return ({Purpose.PEOPLE} if wording.pictures else set()) | ({Purpose.QUOTE} if told.may_quote else set())


def _was_there(member: script.Member, told: script.Story) -> bool:
    return member.joined_days_ago > told.days_ago + 1 and member.standing != "suspended"
