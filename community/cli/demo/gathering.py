"""What the demo's curator gathers, and what its people follow: ``demo/gatherings.toml`` through the actions."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from community.calls import actions as calls
from community.calls import queries as call_queries
from community.calls.models import Call
from community.cli.demo import script
from community.cli.demo.ideas import Hands
from community.contributions.actions import Wording
from community.contributions.actions.following import follow
from community.contributions.models import Answer, Followed, Subject
from community.gatherings import actions as gatherings
from community.kit import text
from community.stories import actions as stories

AFTER = timedelta(hours=9)  # until others have read it
Row = dict[str, Any]


class Gatherings:
    """``plan`` puts all of it into the calendar; everything ends at ``now``."""

    def __init__(self, hands: Hands, topics: dict[str, int], now: datetime) -> None:
        self._hands, self._topics, self._now = hands, topics, now
        self._calls: dict[str, int] = {}

    def plan(self) -> None:
        rows = script.read(script.FOLDER / "gatherings.toml")
        for row in rows["spotlights"]:
            self._put(row, partial(self._spotlight, row))
        for row in rows["calls"]:
            self._put(row, partial(self._call, row))
            for told in row["stories"]:
                self._put(told, partial(self._tell, row, told))
        for row in rows["follows"]:
            self._hands.calendar.put(self._now, partial(self._follow, row))

    def _put(self, row: Row, act: Any) -> None:
        self._hands.calendar.put(self._now - timedelta(days=row["days_ago"]), act)

    def _days(self, row: Row) -> tuple[date, date]:
        today = self._now.date()
        return today + timedelta(row["first_day"]), today + timedelta(row["last_day"])

    def _spotlight(self, row: Row) -> None:
        first, *others = row["texts"]
        chosen = [self._hands.stories[name].id for name in row["stories"]]
        draft = gatherings.Draft(
            first["title"], first["introduction"], row["language"], *self._days(row), chosen
        )
        made = gatherings.begin(f"demo-{row['name']}", draft, by=self._hands.people[row["by"]])
        for one in others:
            gatherings.translate(made, one["language"], one["title"], one["introduction"], on=made.version)
        gatherings.publish(made, on=made.version)

    def _call(self, row: Row) -> None:
        first, *others = row["texts"]
        first_day, last_day = self._days(row)
        draft = calls.Draft(
            said=_said(first, row["terms"]), language=row["language"], first_day=first_day, last_day=last_day
        )
        made = calls.begin(f"demo-{row['name']}", draft, by=self._hands.people[row["by"]])
        for one in others:
            calls.translate(made, one["language"], _said(one, ""), on=made.version)
        calls.open_call(made, on=made.version)
        self._calls[row["name"]] = made.id

    def _tell(self, row: Row, told: Row) -> None:
        answers = tuple(Answer(number, words) for number, words in enumerate(told["answers"], 1))
        wording = Wording(
            told["title"],
            text.normalise(told["body"].strip(), multiline=True),
            told["language"],
            self._topics[told["topic"]],
            call_id=self._open(row["name"]).id,
            answers=answers,
        )
        form_id, by = f"demo-{row['name']}-{told['author']}", self._hands.people[told["author"]]
        story = stories.submit_new(form_id, wording, sequence=1, by=by, accepts=True)
        self._hands.send_anyway(story)
        self._hands.calendar.put(
            self._now - timedelta(days=told["days_ago"]) + AFTER, partial(self._hands.approve, story)
        )

    def _open(self, name: str) -> Call:
        found = call_queries.call(self._calls[name])
        if found is None:
            raise LookupError(f"there is no call {name}")
        return found

    def _follow(self, row: Row) -> None:
        by = self._hands.people[row["who"]]
        members = {handle: account.id for handle, account in self._hands.people.items()}
        numbers = {"topic": self._topics, "member": members}
        for subject, name in row["subjects"]:
            value = name if subject == "country" else numbers[subject][name]
            follow(Followed(Subject(subject), value), by=by)


def _said(row: Row, terms: str) -> calls.Said:
    return calls.Said(row["title"], row["introduction"], terms, tuple(row["questions"]))
