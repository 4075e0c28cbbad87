"""Every lawful and unlawful move by every role, in every order: what the law asks holds after each of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, ClassVar

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from community.accounts.models import Account
from community.app import metadata
from community.comments import actions as comments
from community.contributions import actions as contributions
from community.contributions.actions import Wording
from community.contributions.models import Contribution, Revision
from community.kit.errors import DomainError, Forbidden, NotFound
from community.moderation import actions as moderation
from community.moderation import queries as desk
from community.moderation.actions import appeals, reports, reviews, sanctions
from community.moderation.actions.appeals import Judgement
from community.moderation.actions.reports import Notice
from community.moderation.actions.sanctions import Charge
from community.moderation.models import Measure, Outcome, Reason, Sanction, Verdict
from community.moderation.queries import appeals as appeal_queries
from community.moderation.queries.appeals import Against
from community.policy import rules
from community.policy.permissions import Permission, Role, Standing
from community.stories import actions as stories
from tests.cast import Cast, Person
from tests.factories.contributions import BODY, contribution, decision, form_id, story, wording
from tests.helpers.clock import StillClock
from tests.helpers.desk import Chain, assert_all_holds
from tests.helpers.site import Site
from tests.moderation.moves import EVERY, FULL, Law, Reasons, Row, held, moment, outcomes

DESK = ("mod", "second", "foreign", "admin")
MEMBERS = ("author", "other", "suspended")
ANYBODY = st.sampled_from((*DESK, *MEMBERS, "visitor"))
# Those who may, more often: or hardly anything would ever be decided.
MODERATOR = st.sampled_from((*("mod", "second", "admin") * 3, "foreign", *MEMBERS, "visitor"))
WRITER = st.sampled_from(("author", "author", "author", "other", "mod", "suspended", "visitor"))
NTH = st.integers(0, 3)
USUALLY = st.sampled_from((True, True, True, False))
REASONS = st.sampled_from((FULL, FULL, FULL, *EVERY))
LENGTHS = tuple(
    timedelta(**length)
    for length in (
        {"seconds": 4},
        {"seconds": 11},
        {"minutes": 9},
        {"minutes": 11},
        {"hours": 2},
        {"days": 8},
        {"days": 182},
        {"days": 184},
    )
)
MOST_THINGS = 3
BEGINNINGS = (
    (),
    ("approve",),
    ("approve", "edit"),
    ("approve", "report"),
    ("approve", "edit", "report"),
    ("approve", "report", "keep", "wait"),
    ("approve", "report", "hide", "wait"),
    ("approve", "hide", "appeal"),
    ("approve", "lock", "appeal"),
    ("approve", "lock", "answer"),
    ("approve", "answer"),
    ("refuse", "appeal"),
    ("approve", "edit", "refuse", "appeal"),
    ("approve", "warn"),
    ("warn", "suspend"),
    ("warn", "suspend", "lift"),
    ("return",),
)
SETTINGS = settings(
    max_examples=120,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
NAMES = (
    *("edit", "save", "answer", "withdraw", "report", "claim", "undo", "lift"),
    *(one.value for one in Outcome if one is not Outcome.UNDO),
    *(one.value for one in Measure),
    *("appeal", "appeal of a sanction", "appeal of an answer"),
    *(one.value for one in Verdict),
)
SHARE = 0.8
OF_THE_EXAMPLE = (
    "SELECT * FROM contribution WHERE author_id IN (:a, :o) ORDER BY id",
    """SELECT r.* FROM revision r JOIN contribution c ON c.id = r.contribution_id
    WHERE c.author_id IN (:a, :o) ORDER BY r.id""",
    "SELECT * FROM review WHERE author_id IN (:a, :o) ORDER BY revision_id",
    """SELECT p.* FROM report p JOIN contribution c ON c.id = p.contribution_id
    WHERE c.author_id IN (:a, :o) ORDER BY p.id""",
    "SELECT * FROM sanction WHERE account_id IN (:a, :o) ORDER BY id",
    "SELECT * FROM account WHERE id IN (:a, :o) ORDER BY id",
    """SELECT a.* FROM appeal a LEFT JOIN decision d ON d.id = a.decision_id
    LEFT JOIN sanction n ON n.id = a.sanction_id
    WHERE d.author_id IN (:a, :o) OR n.account_id IN (:a, :o) ORDER BY a.id""",
)
LAST_RESTRICTION = """
    SELECT d.*, d.author_id AS author, (SELECT count(*) FROM decision u WHERE u.undoes_id = d.id) AS undone,
    (SELECT count(*) FROM appeal a WHERE a.decision_id = d.id AND a.report_id IS NULL) AS appeals
    FROM decision d WHERE contribution_id = :n AND outcome IN ('refuse', 'hide', 'lock') ORDER BY id DESC LIMIT 1
"""
LAST_SANCTION = """
    SELECT n.*, n.account_id AS author, 0 AS undone,
    (SELECT count(*) FROM appeal a WHERE a.sanction_id = n.id) AS appeals
    FROM sanction n WHERE account_id = :n ORDER BY id DESC LIMIT 1
"""
LAST_REPORT = """
    SELECT p.*, (SELECT count(*) FROM appeal a WHERE a.report_id = p.id) AS appeals
    FROM report p WHERE contribution_id = :n ORDER BY id DESC LIMIT 1
"""
APPEALS = """
    SELECT a.*, coalesce(d.author_id, n.account_id) AS author, d.contribution_id, d.outcome, d.revision_id
    FROM appeal a LEFT JOIN decision d ON d.id = a.decision_id LEFT JOIN sanction n ON n.id = a.sanction_id
    WHERE coalesce(d.author_id, n.account_id) IN (:a, :o) ORDER BY a.id
"""


class Sequence(RuleBasedStateMachine):
    """Two members write, the desk answers. What each move should come to is asked of ``Law`` before it is made."""

    site: ClassVar[Site]
    clock: ClassVar[StillClock]
    cast: ClassVar[Cast]
    staff: ClassVar[dict[str, Person | None]]
    counts: ClassVar[str]
    chain: ClassVar[Chain]
    numbers: ClassVar["count[int]"]
    met: ClassVar["Counter[tuple[str, bool]]"]

    @initialize(before=st.sampled_from(BEGINNINGS))
    def begin(self, before: tuple[str, ...]) -> None:
        number = next(self.numbers)
        author = self.cast.join(f"Author {number}", "VN", "vi", "en")
        other = self.cast.join(f"Other {number}", "ZA", "en")
        self.people: dict[str, Person | None] = {**self.staff, "author": author, "other": other}
        self.ids = {"a": author.id, "o": other.id}
        self.law = Law(self.site)
        self.things: list[int] = []
        # The text of each revision sent, what is public of each thing, and what was before each decision.
        self.texts: dict[int, str] = {}
        self.public: dict[int, int | None] = {}
        self.earlier: dict[int, int | None] = {}
        self.write()
        for step in before:
            self.go_on(step)

    def write(self) -> None:
        with self.site.writing():
            author = self.account("author")
            text = wording(body=self.fresh())
            number = stories.submit_new(form_id(), text, sequence=1, by=author).id
        self.note_sent(number)

    def go_on(self, step: str) -> None:  # noqa: C901, PLR0912 - a line for each step of a story
        """So that not every sequence has to find its way to where things become interesting."""
        if step == "report":
            self.report("other", 0, Reason.HATE, True)
        elif step == "appeal":
            self.appeal("author", 0)
        elif step == "warn":
            self.sanction("mod", "author", Measure.WARNING, FULL)
        elif step == "suspend":
            self.sanction("mod", "author", Measure.SUSPENSION, FULL)
        elif step == "lift":
            self.lift("second", "author")
        elif step == "wait":
            self.wait(LENGTHS[1])
        elif step == "edit":
            self.edit("author", 0, True)
        elif step == "answer":
            self.answer("other")
        else:
            on = "waiting" if step in ("approve", "return", "refuse") else "live"
            self.decide("mod", 0, on, Outcome(step), False, 0, FULL, True)

    # What members do

    @rule(who=WRITER, nth=NTH, is_sent=USUALLY)
    def edit(self, who: str, nth: int, is_sent: bool) -> None:
        it = self.thing(nth)
        person, is_story = self.number(who), it["kind"] == "story"
        is_sent = is_sent or not is_story
        lawful = person == it["author"] and it["state"] in ("draft", "waiting", "live")
        if is_sent:
            lawful = lawful and self.law.is_active(person, self.now) and not it["above_closed_at"]
        words = self.fresh()

        def act() -> None:
            thing = contribution(it["id"])
            self.need(who, Permission.EDIT, thing)
            if is_sent:
                self.need(who, Permission.SUBMIT)
            if not is_story:
                comments.edit(thing, Wording("", words, "en"), by=self.account(who))  # type: ignore[arg-type]
            elif is_sent:
                stories.submit(story(it["id"]), wording(body=words), sequence=None, by=self.account(who))
            else:
                stories.keep(story(it["id"]), wording(body=words), sequence=None, by=self.account(who))

        if self.attempt("edit" if is_sent else "save", lawful, act) and is_sent:
            self.note_sent(it["id"])

    @rule(who=st.sampled_from(("other", "other", "author", "mod", "suspended", "visitor")))
    def answer(self, who: str) -> None:
        if len(self.things) == MOST_THINGS:
            return
        it, words, made = self.thing(0), self.fresh(), list[int]()
        lawful = (
            it["state"] == "live" and not it["closed_at"] and self.law.is_active(self.number(who), self.now)
        )

        def act() -> None:
            on = contribution(it["id"])
            self.need(who, Permission.COMMENT, on)
            said = Wording("", words, "en")
            made.append(comments.answer(on, said, form_id=form_id(), parent_id=None, by=self.account(who)).id)

        if self.attempt("answer", lawful, act) and who in ("author", "other"):
            self.note_sent(made[0])

    @rule(who=WRITER, nth=NTH, really=st.sampled_from((True, False, False, False)))
    def withdraw(self, who: str, nth: int, really: bool) -> None:
        it = self.thing(nth)
        lawful = self.number(who) == it["author"] and it["state"] not in ("withdrawn", "erased")
        if lawful and not really:
            return

        def act() -> None:
            thing = contribution(it["id"])
            self.need(who, Permission.WITHDRAW, thing)
            contributions.withdraw(thing, by=self.account(who))

        self.attempt("withdraw", lawful, act)

    @rule(who=ANYBODY, nth=NTH, reason=st.sampled_from(list(Reason)[:3]), is_explained=USUALLY)
    def report(self, who: str, nth: int, reason: Reason, is_explained: bool) -> None:
        it, person = self.thing(nth), self.number(who)
        email = "" if person else "visitor@example.test"
        same = "SELECT 1 AS yes FROM report WHERE revision_id = :r AND reason = :why AND email = :mail"
        same += " AND coalesce(reporter_id, 0) = :by"
        lawful = it["state"] == "live" and person != it["author"] and is_explained
        lawful = lawful and not self.law.row(same, r=it["live"]["id"], why=reason, mail=email, by=person or 0)
        notice = Notice(
            reason=reason,
            explanation="He never drove there." if is_explained else " ",
            seen=None,
            language="en",
            form_id=form_id(),
            origin=who,
            name="" if person else "Ruth",
            email=email,
        )

        def act() -> None:
            thing = contribution(it["id"])
            self.need(who, Permission.REPORT, thing)
            reports.report(thing, notice, by=self.account(who) if person else None)

        self.attempt("report", lawful, act)

    # What the desk does

    @rule(
        who=MODERATOR,
        nth=NTH,
        on=st.sampled_from(("waiting", "live")),
        outcome=st.sampled_from([one for one in Outcome if one is not Outcome.UNDO]),
        is_fitting=USUALLY,
        pick=st.integers(0, 5),
        reasons=REASONS,
        is_fresh=USUALLY,
    )
    def decide(
        self,
        who: str,
        nth: int,
        on: str,
        outcome: Outcome,
        is_fitting: bool,
        pick: int,
        reasons: Reasons,
        is_fresh: bool,
    ) -> None:
        it = self.thing(nth)
        text = it[on] or it["waiting"] or it["live"]
        if not text:
            return
        fitting = sorted(outcomes(it, text))
        if is_fitting and fitting:
            outcome = Outcome(fitting[pick % len(fitting)])
        lawful = is_fresh and self.law.may_decide(self.number(who), it, text, outcome, reasons, self.now)
        made = list[int]()

        def act() -> None:
            thing, revision = contribution(it["id"]), desk.revision(text["id"])
            assert revision
            self.need(who, Permission.REVIEW, thing)
            given = self.ruling(outcome, thing, revision, reasons, version=it["version"] - (not is_fresh))
            made.append(moderation.decide(thing, revision, given, by=self.account(who)).id)

        if self.attempt(outcome.value, lawful, act):
            self.earlier[made[0]] = self.public[it["id"]]
            if outcome is Outcome.APPROVE:
                self.public[it["id"]] = text["id"]

    @rule(who=st.sampled_from((*DESK, "maker", "maker", "maker", "maker", "author")), nth=NTH)
    def undo(self, who: str, nth: int) -> None:
        it = self.thing(nth)
        last = self.law.row(
            "SELECT * FROM decision WHERE contribution_id = :n ORDER BY id DESC LIMIT 1", n=it["id"]
        )
        if not last:
            return
        if who == "maker":
            who = next(name for name in DESK if self.number(name) == last["by_id"])
        lawful = self.law.may_undo(self.number(who), last, it, self.now)

        def act() -> None:
            thing, revision = contribution(it["id"]), desk.revision(last["revision_id"])
            assert revision
            self.need(who, Permission.REVIEW, thing)
            moderation.undo(decision(last["id"]), thing, revision, by=self.account(who))

        if self.attempt("undo", lawful, act):
            self.public[it["id"]] = self.earlier[last["id"]]

    @rule(who=MODERATOR, nth=NTH, on=st.sampled_from(("waiting", "live")))
    def claim(self, who: str, nth: int, on: str) -> None:
        it = self.thing(nth)
        text = it[on]
        if not text:
            return
        person = self.number(who)
        is_open = text["opened_at"] is not None and text["review_closed_at"] is None
        lawful = self.law.moderates(person, self.now) and is_open and not held(text, person, self.now)

        def act() -> None:
            self.need(who, Permission.DECIDE, contribution(it["id"]))
            item = desk.review(text["id"])
            if item is None:
                raise NotFound
            reviews.claim(item, by=self.account(who))

        self.attempt("claim", lawful, act)

    @rule(
        who=MODERATOR,
        whom=st.sampled_from(("author", "author", "other", "mod", "admin")),
        measure=st.sampled_from(list(Measure)),
        reasons=REASONS,
    )
    def sanction(self, who: str, whom: str, measure: Measure, reasons: Reasons) -> None:
        if whom in DESK and measure is not Measure.WARNING:
            return
        if (
            whom in DESK
            and self.number(who)
            and self.law.may_sanction(self.number(who), self.id(whom), measure, self.now)
        ):
            # They are everybody's in all sequences, and have to stay able.
            return
        lawful = self.law.may_impose(self.number(who), self.id(whom), measure, reasons, self.now)
        words = f"{reasons.explanation} {next(self.numbers)}" if reasons.explanation.strip() else " "
        charge = Charge(
            measure=measure,
            ground=reasons.ground or "",
            explanation=words,
            legal_ground=reasons.legal_ground,
            days=7 if measure is Measure.SUSPENSION else None,
        )

        def act() -> None:
            self.need(who, Permission.REVIEW)
            sanctions.impose(self.account(whom), charge, by=self.account(who))

        self.attempt(measure.value, lawful, act)

    @rule(who=ANYBODY, whom=st.sampled_from(("author", "author", "other")))
    def lift(self, who: str, whom: str) -> None:
        last = self.law.row(LAST_SANCTION, n=self.id(whom))
        if not last:
            return
        needed = Permission.CLOSE_ACCOUNT if last["measure"] == "closure" else Permission.SANCTION
        lawful = self.law.may_sanction(self.number(who), self.id(whom), last["measure"], self.now)

        def act() -> None:
            self.need(who, needed, self.account(whom))
            sanctions.lift(self.sanction_row(last["id"]), by=self.account(who))

        self.attempt("lift", lawful, act)

    @rule(whom=st.sampled_from(("author", "other")))
    def read_warnings(self, whom: str) -> None:
        with self.site.writing():
            sanctions.acknowledge(self.account(whom), up_to=2**31 - 1)

    # Looking again

    @rule(who=st.sampled_from(("author", "author", "author", "other", "other", "mod", "visitor")), nth=NTH)
    def appeal(self, who: str, nth: int) -> None:
        last = self.law.row(LAST_RESTRICTION, n=self.thing(nth)["id"])
        if last:
            told = moment(last["created_at"]) or self.now
            lawful = self.law.may_appeal(self.number(who), last, told, self.now)
            self.attempt("appeal", lawful, lambda: self.open_appeal(who, Against.DECISION, last["id"]))

    @rule(who=ANYBODY, is_theirs=USUALLY, whom=st.sampled_from(("author", "author", "other")))
    def appeal_sanction(self, who: str, is_theirs: bool, whom: str) -> None:
        who = whom if is_theirs else who
        last = self.law.row(LAST_SANCTION, n=self.id(whom))
        if last:
            told = moment(last["created_at"]) or self.now
            lawful = self.law.may_appeal(self.number(who), last, told, self.now)
            self.attempt(
                "appeal of a sanction", lawful, lambda: self.open_appeal(who, Against.SANCTION, last["id"])
            )

    @rule(who=ANYBODY, is_reporter=USUALLY, nth=NTH)
    def appeal_answer(self, who: str, is_reporter: bool, nth: int) -> None:
        last = self.law.row(LAST_REPORT, n=self.thing(nth)["id"])
        if not last:
            return
        if is_reporter:
            who = next(name for name in self.people if self.number(name) == last["reporter_id"])
        lawful = self.law.may_appeal_answer(self.number(who), last, self.now)
        self.attempt("appeal of an answer", lawful, lambda: self.open_appeal(who, Against.REPORT, last["id"]))

    @rule(who=MODERATOR, nth=NTH, verdict=st.sampled_from(list(Verdict)), is_reasoned=USUALLY)
    def judge(self, who: str, nth: int, verdict: Verdict, is_reasoned: bool) -> None:
        found = self.law.rows(APPEALS, **self.ids)
        if not found:
            return
        it = found[-1 - nth % len(found)]
        about = self.law.thing(it["contribution_id"]) if it["contribution_id"] else {}
        lawful = is_reasoned and self.law.may_judge(self.number(who), it, self.now)
        restricts = verdict is Verdict.REVERSED and it["report_id"] and about.get("state") == "live"
        if restricts:
            lawful = lawful and self.law.may_decide(
                self.number(who), about, about["live"], "hide", FULL, self.now
            )

        def act() -> None:
            self.need(who, Permission.REVIEW)
            opened = appeal_queries.appeal(it["id"])
            assert opened
            ruling = None
            if restricts:
                thing = contribution(about["id"])
                assert thing.live_revision
                ruling = self.ruling(Outcome.HIDE, thing, thing.live_revision, FULL, version=thing.version)
                ruling = replace(ruling, appeal_id=it["id"])
            answer = "Both of you were heard." if is_reasoned else " "
            judgement = Judgement(verdict=verdict, answer=answer, ruling=ruling)
            appeals.judge(opened, judgement, by=self.account(who))

        returns = verdict is Verdict.REVERSED and not it["report_id"] and it["outcome"] == "refuse"
        comes_back = returns and self.is_last_word(it["revision_id"], about)
        if self.attempt(verdict.value, lawful, act) and comes_back:
            self.public[about["id"]] = it["revision_id"]

    @rule(length=st.sampled_from(LENGTHS))
    def wait(self, length: timedelta) -> None:
        self.clock.moment += length

    # What always holds

    @invariant()
    def everything_holds(self) -> None:
        type(self).chain = assert_all_holds(self.site, self.chain)

    @invariant()
    def what_was_approved_is_what_is_public(self) -> None:
        for number in getattr(self, "things", []):
            it = self.law.thing(number)
            if it["state"] == "live":
                assert it["live_revision_id"] == it["live"]["id"] == self.public[number]
                assert it["live"]["body"] == self.texts[it["live"]["id"]]

    # Words for all of that

    @property
    def now(self) -> datetime:
        return self.clock.moment

    def fresh(self) -> str:
        return f"{BODY} This was journey number {next(self.numbers)}."

    def thing(self, nth: int) -> Row:
        return self.law.thing(self.things[nth % len(self.things)])

    def number(self, who: str) -> int | None:
        person = self.people[who]
        return person.id if person else None

    def id(self, who: str) -> int:
        person = self.people[who]
        assert person
        return person.id

    def account(self, who: str) -> Account:
        person = self.people[who]
        if person is None:
            raise Forbidden
        return person.account()

    def need(self, who: str, act: Permission, thing: object = None) -> None:
        """What a view's access asks before anything else."""
        person = self.people[who]
        if not rules.can(person.row() if person else rules.Visitor(), act, thing):
            raise Forbidden

    def attempt(self, name: str, lawful: bool, act: Callable[[], object]) -> bool:
        """Make a move: what is lawful happens, anything else raises a domain error and changes nothing."""
        before = None if lawful else self.rows()
        try:
            with self.site.writing():
                act()
        except DomainError:
            if lawful:
                raise
            assert self.rows() == before, name
        else:
            assert lawful, f"{name} should not have been possible"
        self.met[name, bool(lawful)] += 1
        return bool(lawful)

    def rows(self) -> list[Any]:
        """All that is about the two members, and how many rows each table has."""
        return [self.site.rows(self.counts), *(self.site.rows(words, **self.ids) for words in OF_THE_EXAMPLE)]

    def note_sent(self, number: int) -> None:
        if number not in self.things:
            self.things.append(number)
            self.public[number] = None
        newest = self.law.row(
            "SELECT * FROM revision WHERE contribution_id = :n AND state IN ('waiting', 'live')"
            " ORDER BY number DESC LIMIT 1",
            n=number,
        )
        self.texts[newest["id"]] = newest["body"]
        if newest["state"] == "live":
            self.public[number] = newest["id"]

    def open_appeal(self, who: str, against: Against, number: int) -> None:
        """By the way the mail gives to the one it was sent to."""
        matter = appeal_queries.matter(against, number)
        if matter is None or matter.appellant_id != self.number(who):
            raise NotFound
        appeals.open_appeal(matter, f"Please look again, {next(self.numbers)}.")

    def is_last_word(self, revision_id: int, it: Row) -> bool:
        text = self.law.row("SELECT number, state FROM revision WHERE id = :n", n=revision_id)
        newer = [
            one["number"] for one in (it["live"], it["waiting"]) if one and one["number"] > text["number"]
        ]
        return text["state"] == "refused" and it["state"] in ("refused", "live") and not newer

    @staticmethod
    def sanction_row(number: int) -> Sanction:
        found = desk.members.sanction(number)
        assert found
        return found

    @staticmethod
    def ruling(
        outcome: Outcome, thing: Contribution, text: Revision, reasons: Reasons, *, version: int
    ) -> moderation.Ruling:
        return moderation.Ruling(
            outcome=outcome,
            ground=reasons.ground,
            explanation=reasons.explanation,
            legal_ground=reasons.legal_ground,
            revision_number=text.number,
            version=version,
        )


def test_whatever_is_done_in_whatever_order_the_law_holds(site: Site, cast: Cast, clock: StillClock) -> None:
    cast.give(cast.suspended, standing=Standing.SUSPENDED)
    staff = {
        "mod": cast.moderator,
        "second": cast.join("Second Moderator", "SG", "en", role=Role.MODERATOR),
        "foreign": cast.join("Foreign Moderator", "DE", "de", role=Role.MODERATOR),
        "admin": cast.admin,
        "suspended": cast.suspended,
        "visitor": None,
    }
    tables = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in sorted(metadata().tables))
    given = {"site": site, "clock": clock, "cast": cast, "staff": staff, "counts": f"SELECT {tables}"}
    met: Counter[tuple[str, bool]] = Counter()
    machine = type("OnThisSite", (Sequence,), {**given, "chain": Chain(), "numbers": count(1), "met": met})
    run_state_machine_as_test(machine, settings=SETTINGS)
    # Nothing of this proves anything about a move that never came up: every one did, most both lawfully and not.
    assert {name for name, _is_lawful in met} == set(NAMES)
    assert len(met) >= SHARE * 2 * len(NAMES)
