"""Many at once, for many rounds: what the database promises when two requests come at the same moment."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy.exc import OperationalError

from community.accounts import actions as accounts
from community.accounts.actions.people import Preferences
from community.accounts.models import Purpose
from community.contributions import actions as contributions
from community.contributions.models import RevisionState, State
from community.kit.errors import Conflict, DomainError
from community.moderation import actions as moderation
from community.moderation import queries as desk
from community.moderation.models import Outcome
from community.stories import actions as stories
from tests.cast import PASSWORD, Cast, Person
from tests.conftest import As
from tests.factories.contributions import (
    BODY,
    Factory,
    contribution,
    form_id,
    revision,
    ruling,
    story,
    wording,
)
from tests.helpers.browser import Browser, Page
from tests.helpers.site import Site

pytestmark = pytest.mark.race
ROUNDS = 200
AT_ONCE = 30

Act = Callable[[], object]


def together(acts: Sequence[Act]) -> list[object]:
    """Start all at one moment, each in a thread of its own; what each gave, or the error it raised."""
    gate = threading.Barrier(len(acts))
    given: list[object] = [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            given[place] = acts[place]()
        except (DomainError, OperationalError, AssertionError) as error:
            given[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_thirty_identical_submits_through_the_site_make_one_story(site: Site, cast: Cast, as_: As) -> None:
    """Whole requests: thirty browsers' worth of one form, sent at once; each answer leads to the story."""
    browser = as_(cast.lan)
    form = browser.visit("/stories/new").form("button[value=submit]")
    fields = [pair for pair in form.fields() if pair[0] not in ("title", "body", "topic")]
    fields += [("title", "Over the pass"), ("body", BODY), ("topic", "journeys")]
    cookie = browser.cookies()["session"]

    def send() -> tuple[int, str]:
        other = Browser(site)
        other.client.set_cookie("session", cookie, domain="localhost")
        page = other.send("/stories/new", list(fields))
        return page.status, page.location.partition("?")[0] if page.status == 302 else page.main

    answers = Counter(together([send] * AT_ONCE))
    number = site.value("SELECT id FROM contribution")
    assert answers == {(302, f"/contributions/{number}/status"): AT_ONCE}
    assert site.rows("SELECT old, new FROM move") == [("draft", "waiting")]
    assert site.value("SELECT count(*) FROM revision") == 1


def test_identical_submits_make_one_story_round_after_round(site: Site, cast: Cast) -> None:
    for _ in range(ROUNDS):
        form = form_id()
        given = together([lambda form=form: submit(site, cast.lan, form)] * AT_ONCE)  # type: ignore[misc]
        assert len(set(given)) == 1, given
    assert site.value("SELECT count(*) FROM contribution") == ROUNDS
    assert site.value("SELECT count(*) FROM move") == ROUNDS


def submit(site: Site, person: Person, form: str) -> int:
    with site.writing():
        words = wording(body=f"{BODY} {form}")  # the same words twice would be told before they are sent
        return stories.submit_new(form, words, sequence=1, by=person.row()).id


def decide(site: Site, number: int, revision_id: int, outcome: Outcome, version: int, by: Person) -> Outcome:
    with site.writing():
        thing, text = contribution(number), desk.revision(revision_id)
        assert text is not None
        given = ruling(outcome, thing, text)
        moderation.decide(thing, text, type(given)(**{**vars(given), "version": version}), by=by.account())
        return outcome


def test_of_two_opposite_decisions_one_wins(site: Site, cast: Cast, make: Factory) -> None:
    other = cast.other_moderator
    states = {Outcome.APPROVE: State.LIVE, Outcome.REFUSE: State.REFUSED}
    winners: Counter[object] = Counter()
    for _ in range(ROUNDS):
        number = make.waiting_story()
        with site.reading():
            waits, version = revision(number, RevisionState.WAITING).id, contribution(number).version
        given = together(
            [
                lambda n=number, w=waits, v=version: decide(site, n, w, Outcome.APPROVE, v, cast.moderator),  # type: ignore[misc]
                lambda n=number, w=waits, v=version: decide(site, n, w, Outcome.REFUSE, v, other),  # type: ignore[misc]
            ]
        )
        (winner,) = [one for one in given if isinstance(one, Outcome)]
        assert len([one for one in given if isinstance(one, Conflict)]) == 1, given
        winners[winner] += 1
        with site.reading():
            assert contribution(number).state is states[winner]
            assert [d.outcome for d in desk.decisions_on(number)] == [winner]
    assert site.value("SELECT count(*) FROM decision") == ROUNDS
    assert site.value("SELECT count(*) FROM job WHERE kind = 'mail.decision'") == ROUNDS


def test_the_slower_moderator_is_told_what_was_decided_and_by_whom(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.waiting_story()
    with site.reading():
        path = f"/moderation/reviews/{revision(number, RevisionState.WAITING).id}"
    desks = [as_(cast.moderator), as_(cast.other_moderator)]
    forms = [browser.visit(path).form(".decision") for browser in desks]
    pages = together(
        [
            lambda: forms[0].send(outcome="approve"),
            lambda: forms[1].send(outcome="refuse", ground="1.2", explanation="This is an advertisement."),
        ]
    )
    by_status = {page.status: page for page in pages if isinstance(page, Page)}
    assert set(by_status) == {302, 409}, by_status
    outcome, by = site.rows("SELECT outcome, by_id FROM decision")[0]
    told = by_status[409].main
    faster = cast.moderator if by == cast.moderator.id else cast.other_moderator
    assert faster.display_name in told
    assert {"approve": "pproved", "refuse": "efused"}[outcome] in told
    if outcome == "approve":
        assert "This is an advertisement." in by_status[409].html


def test_what_is_approved_is_what_was_reviewed(site: Site, cast: Cast, make: Factory) -> None:
    """The author edits in the very moment of the approval: whoever is first, no unread text goes live."""
    unread = "Buy cheap tyres at my shop, today and tomorrow."
    seen: Counter[str] = Counter()
    for _ in range(ROUNDS):
        number = make.waiting_story()
        with site.reading():
            waits, version = revision(number, RevisionState.WAITING).id, contribution(number).version
        given = together(
            [
                lambda n=number, w=waits, v=version: decide(site, n, w, Outcome.APPROVE, v, cast.moderator),  # type: ignore[misc]
                lambda n=number: edit(site, n, cast.lan, f"{unread} {n}"),  # type: ignore[misc]
            ]
        )
        assert not [one for one in given if isinstance(one, OperationalError | AssertionError)], given
        with site.reading():
            thing = contribution(number)
            live = thing.live_revision.body if thing.live_revision else None
        assert live in (BODY, None)
        if isinstance(given[0], Outcome):
            assert live == BODY
        seen[str(live)] += 1
    assert sum(seen.values()) == ROUNDS


def edit(site: Site, number: int, person: Person, body: str) -> int:
    with site.writing():
        return stories.submit(story(number), wording(body=body), sequence=1, by=person.row()).id


def test_reactions_are_counted_right(site: Site, cast: Cast, make: Factory) -> None:
    number = make.live_story()
    people = [cast.lan, cast.member, cast.moderator, cast.admin]
    for round_ in range(ROUNDS):
        acts = [
            lambda p=person, on=(place + round_) % 3: reaction(site, number, p, bool(on))
            for place, person in enumerate([*people, people[round_ % 4]])
        ]
        given = together(acts)
        assert set(given) == {None}, given
        assert site.value("SELECT reaction_count FROM contribution WHERE id = :n", n=number) == site.value(
            "SELECT count(*) FROM reaction"
        )


def reaction(site: Site, number: int, person: Person, on: bool) -> None:
    with site.writing():
        act = contributions.react if on else contributions.take_reaction_back
        act(contribution(number), by=person.row())


def test_comments_are_counted_right_and_stories_by_the_tally(site: Site, cast: Cast, make: Factory) -> None:
    """Several approvals at once on one shelf: the sums must be those of the rows, and nobody may deadlock."""
    for _ in range(ROUNDS // 10):
        numbers = [make.waiting_story() for _ in range(4)]
        given = together([lambda n=number: make.decide(n) for number in numbers])  # type: ignore[misc]
        assert all(isinstance(one, int) for one in given), given
    live = site.value("SELECT count(*) FROM contribution WHERE state = 'live'")
    assert live == ROUNDS // 10 * 4
    assert site.rows("SELECT country, topic_id, stories FROM tally ORDER BY 1, 2") == [
        ("", 0, live),
        ("", 2, live),
        ("VN", 0, live),
        ("VN", 2, live),
    ]
    first = site.value("SELECT min(id) FROM contribution")
    for _ in range(ROUNDS // 10):
        given = together([lambda: make.comment(first)] * 4)
        assert all(isinstance(one, int) for one in given), given
    assert site.value("SELECT comment_count FROM contribution WHERE id = :n", n=first) == ROUNDS // 10 * 4


def test_two_people_of_one_name_join_at_once(site: Site, cast: Cast) -> None:
    """Their handles are alike, their addresses are not: both must get in."""
    for number in range(ROUNDS // 20):
        given = together(
            [lambda n=number, p=place: join(site, f"x{n}-{p}@example.test") for place in range(3)]  # type: ignore[misc]
        )
        assert all(isinstance(one, str) for one in given), given
        assert len(set(given)) == 3


def join(site: Site, address: str) -> str:
    with site.writing():
        preferences = Preferences(display_name="Ana Souza", country="BR", ui_language="en", languages=["pt"])
        return accounts.register(address, PASSWORD, preferences).handle


def test_a_token_is_used_once_however_many_press(site: Site, cast: Cast) -> None:
    person = cast.unconfirmed
    for _ in range(ROUNDS // 20):
        with site.writing():
            token = accounts.issue(person.account(), Purpose.CONFIRM)

        def press(token: str = token) -> bool:
            with site.writing():
                return accounts.confirm_address(token).is_confirmed

        given = together([press] * 4)
        assert [one for one in given if one is True] == [True], given
