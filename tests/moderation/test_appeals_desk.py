"""Appeals (Article 20 of the DSA) at the desk: whose they are, what a second person decides, and what is put back."""

from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import IntegrityError

from community.contributions.actions import withdraw
from community.contributions.models import RevisionState
from community.kit.errors import Conflict, Forbidden
from community.moderation import actions as moderation
from community.moderation import queries as desk
from community.moderation.actions import appeals as actions
from community.moderation.actions.appeals import Judgement
from community.moderation.models import Measure, Outcome, Verdict
from community.moderation.queries import appeals as queries
from community.policy.permissions import Role, Standing
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, decision, revision, wording
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.appealing import WHY, appealed, letters_to, log, path_of, report, sanction, words_of

VERDICT = "form.decision"
WRONG, RIGHT = "reversed", "upheld"
BECAUSE = "The rule is about insults, and a quoted law is none."
BETTER = "We drove over the Hải Vân pass in the sun, and the car sang all the way to Huế, as it always does."


def open_one(site: Site, as_: As, made: int) -> int:
    """The author of a decision appeals; the appeal's number."""
    appealed(as_(None), path_of(site, made))
    return latest(site)


def latest(site: Site) -> int:
    return int(site.value("SELECT max(id) FROM appeal"))


def page_of(as_: As, person: Person, number: int) -> Page:
    return as_(person).choose_language("en").visit(f"/moderation/appeals/{number}")


def decided(as_: As, person: Person, number: int, verdict: str = WRONG, **more: object) -> Page:
    return page_of(as_, person, number).submit(VERDICT, verdict=verdict, answer=BECAUSE, **more)


def everything(site: Site, number: int) -> list[object]:
    """What a reader and the author have of a story: its row, its texts, its answers and reactions."""
    return [
        site.rows(
            "SELECT state, live_revision_id, language, country, topic_id, created_at, published_at, edited_at,"
            " closed_at, reaction_count, comment_count FROM contribution WHERE id = :id",
            id=number,
        ),
        site.rows(
            "SELECT id, number, state, title, body, html, excerpt, minutes, language, topic_id, submitted_at,"
            " fingerprint FROM revision WHERE contribution_id = :id ORDER BY id",
            id=number,
        ),
        site.rows("SELECT id, on_id, parent_id FROM comment WHERE on_id = :id ORDER BY id", id=number),
        site.rows("SELECT account_id FROM reaction WHERE contribution_id = :id", id=number),
        site.rows(
            "SELECT language, country, topic_id, stories FROM tally WHERE stories > 0 ORDER BY 1, 2, 3"
        ),
    ]


# Restoring


@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.LOCK])
def test_another_moderator_reverses_and_everything_is_as_it_was(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, outcome: Outcome
) -> None:
    number = make.live_story()
    make.comment(number, parent=make.comment(number))
    as_(cast.member).post(f"/contributions/{number}/reactions", {"on": "1"})
    before, thread = everything(site, number), as_(None).visit(f"/stories/{number}").main
    clock.advance(days=3)
    made = make.decide(number, outcome, on=RevisionState.LIVE)
    assert everything(site, number) != before
    clock.advance(days=3)
    one = open_one(site, as_, made)
    decided(as_, cast.other_moderator, one)
    assert everything(site, number) == before
    assert as_(None).visit(f"/stories/{number}").main == thread
    found = site.rows("SELECT outcome, by_id, appeal_id FROM decision ORDER BY id DESC LIMIT 1")
    back = {Outcome.HIDE: "restore", Outcome.LOCK: "unlock"}[outcome]
    assert found == [(back, cast.other_moderator.id, one)]


def test_a_refused_story_goes_live_as_it_was_sent(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.waiting_story()
    sent = site.rows("SELECT title, body, html, language, fingerprint FROM revision")
    made = make.decide(number, Outcome.REFUSE)
    decided(as_, cast.other_moderator, open_one(site, as_, made))
    assert site.rows("SELECT title, body, html, language, fingerprint FROM revision") == sent
    assert "Hải Vân" in as_(None).visit(f"/stories/{number}").main
    assert site.value("SELECT outcome FROM decision WHERE appeal_id IS NOT NULL") == "approve"


def test_a_refused_change_takes_the_live_texts_place(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording(body=BETTER))
    made = make.decide(number, Outcome.REFUSE)
    decided(as_, cast.other_moderator, open_one(site, as_, made))
    assert "the car sang" in as_(None).visit(f"/stories/{number}").main
    states = "SELECT number, state FROM revision ORDER BY number"
    assert site.rows(states) == [(1, "past"), (2, "live")]


@pytest.mark.parametrize("newer", ["waiting", "live"])
def test_a_newer_text_of_the_author_is_not_overwritten(
    site: Site, cast: Cast, make: Factory, as_: As, newer: str
) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording(body=BETTER))
    made = make.decide(number, Outcome.REFUSE)
    make.edit_waiting(number, wording(body=BETTER + " And back."))
    if newer == "live":
        make.decide(number)
    before = everything(site, number)
    one = open_one(site, as_, made)
    assert "leaves it as it is" in page_of(as_, cast.other_moderator, one).main
    decided(as_, cast.other_moderator, one)
    assert everything(site, number) == before
    assert site.value("SELECT verdict FROM appeal") == "reversed"
    assert site.value("SELECT count(*) FROM decision WHERE appeal_id IS NOT NULL") == 0
    assert "only the record was corrected" in page_of(as_, cast.other_moderator, one).main
    told = words_of(letters_to(site, cast.lan.email)[-1])
    assert "moved on since" in told


def test_a_text_its_author_withdrew_stays_withdrawn(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    one = open_one(site, as_, make.decide(number, Outcome.HIDE, on=RevisionState.LIVE))
    with site.writing():
        withdraw(contribution(number), by=cast.lan.account())
    decided(as_, cast.other_moderator, one)
    assert site.value("SELECT state FROM contribution") == "withdrawn"
    assert site.value("SELECT verdict FROM appeal") == "reversed"


def test_a_decision_made_since_stands_on_its_own(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    first = make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    decided(as_, cast.other_moderator, open_one(site, as_, first))
    assert site.value("SELECT state FROM contribution") == "hidden"


def test_a_refused_change_of_a_hidden_text_does_not_bring_it_back(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording(body=BETTER))
    refused = make.decide(number, Outcome.REFUSE)
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    decided(as_, cast.other_moderator, open_one(site, as_, refused))
    assert site.value("SELECT state FROM contribution") == "hidden"


@pytest.mark.parametrize("measure", [Measure.WARNING, Measure.SUSPENSION, Measure.CLOSURE])
def test_a_sanction_found_wrong_is_lifted(site: Site, cast: Cast, as_: As, measure: Measure) -> None:
    path = sanction(site, cast.member, cast.admin)
    if measure is not Measure.WARNING:
        path = sanction(site, cast.member, cast.admin, measure)
    appealed(as_(None), path)
    decided(as_, cast.moderator, latest(site))
    lifted = "SELECT lifted_by_id FROM sanction ORDER BY id DESC LIMIT 1"
    assert site.value(lifted) == cast.moderator.id
    with site.reading():
        wanted = Standing.GOOD if measure is Measure.WARNING else Standing.WARNED
        assert cast.member.account().standing is wanted
    assert log(site)[-1] == "reverse"
    assert "lift" not in log(site)
    assert "The measure is lifted" in words_of(letters_to(site, cast.member.email)[-1])


# What is told, and what is logged


@pytest.mark.parametrize(("verdict", "act"), [(WRONG, "reverse"), (RIGHT, "uphold")])
def test_a_verdict_is_one_line_of_the_log(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, verdict: str, act: str
) -> None:
    made = make.decide(make.waiting_story(), Outcome.REFUSE)
    one = open_one(site, as_, made)
    before = len(log(site))
    clock.advance(hours=5)
    decided(as_, cast.other_moderator, one, verdict)
    assert log(site)[before:] == [act]
    fields = "of_number, kind, language, country, ground, clause_version, category, waited_seconds"
    first = site.value("SELECT log_number FROM decision WHERE id = :id", id=made)
    assert site.rows(f"SELECT {fields} FROM log_entry ORDER BY number DESC LIMIT 1") == [
        (first, "story", "en", "VN", "1.2", 1, _category(site, first), 5 * 3600)
    ]
    if verdict == WRONG:
        own = "SELECT log_number FROM decision WHERE appeal_id = :id"
        assert site.value(own, id=one) == before + 1


def _category(site: Site, number: int) -> object:
    return site.value("SELECT category FROM log_entry WHERE number = :number", number=number)


def test_upheld_nothing_changes_and_the_answer_names_the_ways_on(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    made = make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    one = open_one(site, as_, made)
    before, mails = everything(site, number), len(letters_to(site, cast.lan.email))
    decided(as_, cast.other_moderator, one, RIGHT)
    assert everything(site, number) == before
    told = letters_to(site, cast.lan.email)[mails:]
    assert [letter["Subject"] for letter in told] == ["The decision stands"]
    for words in (BECAUSE, "out of court", "Article 21", "court stays open"):
        assert words in " ".join(words_of(told[0]).split())
    assert cast.other_moderator.display_name not in words_of(told[0])
    page = as_(None).visit(path_of(site, made))
    assert "The decision stands" in page.main
    assert BECAUSE in page.main
    assert not page.has("main form")


def test_the_author_is_told_once_that_they_were_right(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    one = open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    before = len(letters_to(site, cast.lan.email))
    decided(as_, cast.other_moderator, one)
    told = letters_to(site, cast.lan.email)[before:]
    assert [letter["Subject"] for letter in told] == ["You were right: the decision was wrong"]
    assert BECAUSE in words_of(told[0])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"verdict": None}, "Choose one of the two."),
        ({"answer": ""}, "Write something first."),
        ({"answer": "\u200b \n"}, "Give your reasons"),
        ({"answer": "x" * 4001}, "at most"),
    ],
)
def test_a_verdict_needs_its_reasons(
    site: Site, cast: Cast, make: Factory, as_: As, fields: dict[str, object], says: str
) -> None:
    one = open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    page = page_of(as_, cast.other_moderator, one).submit(
        VERDICT, **{"verdict": WRONG, "answer": BECAUSE, **fields}
    )
    assert page.status == 422
    assert says in page.main
    assert site.value("SELECT decided_at FROM appeal") is None


# Whose it is


def test_who_decided_first_reads_it_and_decides_nothing(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    assert cast.other_moderator.id != cast.moderator.id
    one = open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    page = page_of(as_, cast.moderator, one)
    assert page.status == 200
    assert "You decided first" in page.main
    assert not page.has("main form")
    given = {"verdict": WRONG, "answer": BECAUSE}
    assert as_(cast.moderator).post(f"/moderation/appeals/{one}", given).status == 404
    assert as_(cast.moderator).post(f"/moderation/appeals/{one}/messages", {"message": "So?"}).status == 404
    assert site.value("SELECT decided_at FROM appeal") is None


def test_the_action_refuses_the_first_moderator(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    one = open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    judgement = Judgement(verdict=Verdict.REVERSED, answer=BECAUSE)
    with site.writing():
        found, by = queries.appeal(one), cast.moderator.account()
        assert found
        with pytest.raises(Forbidden):
            actions.judge(found, judgement, by=by)


@pytest.mark.parametrize("who", ["moderator", "lan"])
def test_the_database_refuses_the_first_moderator_and_the_appellant(
    site: Site, cast: Cast, make: Factory, as_: As, who: str
) -> None:
    open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    write = "UPDATE appeal SET decided_at = :at, decided_by_id = :by, verdict = 'upheld', answer = 'So.'"
    person: Person = getattr(cast, who)
    at = site.value("SELECT opened_at FROM appeal")
    with pytest.raises(IntegrityError) as refusal:
        site.execute(write, at=at, by=person.id)
    assert ("another_person" if who == "moderator" else "not_own") in str(refusal.value)
    site.execute(write, at=at, by=cast.other_moderator.id)


def test_a_moderator_who_wrote_it_does_not_meet_the_appeal_at_the_desk(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    """An author must not learn there who reported them."""
    number = make.live_story(cast.other_moderator)
    path = report(site, number, cast.member)
    make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    clock.advance(minutes=1)
    appealed(as_(None), path)
    one = latest(site)
    assert as_(cast.other_moderator).get(f"/moderation/appeals/{one}").status == 404
    assert numbers(as_(cast.other_moderator).visit("/moderation/appeals")) == []
    assert numbers(as_(cast.moderator).visit("/moderation/appeals")) == [one]


def test_the_list_says_whose_each_is(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    make_two = [
        make.decide(make.waiting_story(), Outcome.REFUSE, by=by) for by in (None, cast.other_moderator)
    ]
    for made in make_two:
        open_one(site, as_, made)
    page = as_(cast.moderator).visit("/moderation/appeals")
    rows = [row.get_text(" ", strip=True) for row in page.soup.select("tbody tr")]
    assert len(rows) == 2
    assert "another moderator's" in rows[0]
    assert "yours to decide" in rows[1]
    assert "English" in rows[0]


def test_where_there_is_one_moderator_it_goes_to_an_admin(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    one = open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    alone = as_(cast.moderator).visit("/moderation/appeals")
    assert "Nobody but Mai Moderator could decide this" in alone.main
    assert "appoint another moderator" in alone.main
    page = as_(cast.admin).visit("/moderation/appeals?ui=en")
    assert "1 appeal waits for an admin" in page.main
    assert "appoint" not in page.main
    assert "an admin's" in as_(cast.moderator).visit("/moderation/appeals").main
    decided(as_, cast.admin, one)
    assert site.value("SELECT decided_by_id FROM appeal") == cast.admin.id


def test_somebody_suspended_counts_as_nobody(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    cast.give(cast.join("Sue Spare", "FR", "fr", role=Role.MODERATOR), standing=Standing.SUSPENDED)
    open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    assert "appoint another moderator" in as_(cast.moderator).visit("/moderation/appeals").main


@pytest.mark.parametrize("who", ["member", "lan", "suspended", "unconfirmed"])
def test_the_desk_is_for_moderators(site: Site, cast: Cast, make: Factory, as_: As, who: str) -> None:
    person: Person = getattr(cast, who)
    one = open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    for path in ("/moderation/appeals", f"/moderation/appeals/{one}"):
        assert as_(person).get(path).status == 404


def test_lists_are_read_in_pages(
    site: Site, cast: Cast, make: Factory, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (
        open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE)) for _ in range(3)
    )
    monkeypatch.setattr(queries.open_appeals, "__kwdefaults__", {"after": None, "limit": 2})
    monkeypatch.setattr(queries.decided_appeals, "__kwdefaults__", {"after": None, "limit": 2})
    browser = as_(cast.other_moderator)
    assert numbers(browser.visit("/moderation/appeals")) == [first, second]
    assert numbers(browser.visit("/moderation/appeals").follow(".pager a")) == [third]
    for one in (first, second, third):
        decided(as_, cast.other_moderator, one, RIGHT)
    assert numbers(browser.visit("/moderation/appeals")) == []
    past = browser.visit("/moderation/appeals").follow("Decided")
    assert numbers(past) == [third, second]
    assert numbers(past.follow(".pager a")) == [first]
    assert browser.get("/moderation/appeals?after=nonsense").status == 404


def numbers(page: Page) -> list[int]:
    return [int(str(link["href"]).rpartition("/")[2]) for link in page.soup.select("tbody .queue-title a")]


def test_the_list_asks_as_much_for_six_as_for_two(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    browser, asked = as_(cast.other_moderator), []
    for more in (2, 4):
        for _ in range(more):
            open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
        with site.count_queries() as counted:
            browser.get("/moderation/appeals")
        asked.append(counted.total)
    assert asked[0] == asked[1]


# The evidence and the dialogue


def test_the_page_holds_the_whole_evidence(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    report(site, number)
    made = make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    puid = site.value("SELECT puid FROM statement")
    clock.advance(days=1)
    page = page_of(as_, cast.other_moderator, open_one(site, as_, made))
    said = ("Hải Vân", "1.2", "Please look at the second paragraph again.", puid, WHY, "Mai Moderator")
    for words in (*said, "It sells a car that is not there."):
        assert words in page.main


def test_the_two_sides_write_to_each_other(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    made = make.decide(make.waiting_story(), Outcome.REFUSE)
    one = open_one(site, as_, made)
    asked = page_of(as_, cast.other_moderator, one).submit("form[action$='/messages']", message="Which law?")
    assert "Which law?" in asked.main
    told = letters_to(site, cast.lan.email)[-1]
    assert "Which law?" in words_of(told)
    assert cast.other_moderator.display_name not in words_of(told)
    assert "Asked, and waiting" in as_(cast.moderator).visit("/moderation/appeals").main
    mails = len(letters_to(site, cast.lan.email))
    as_(None).visit(path_of(site, made)).submit("main form", message="The one of 2019.")
    assert "The one of 2019." in page_of(as_, cast.other_moderator, one).main
    assert len(letters_to(site, cast.lan.email)) == mails


def test_after_the_verdict_nothing_is_added_and_nothing_typed_is_lost(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    made = make.decide(make.waiting_story(), Outcome.REFUSE)
    one = open_one(site, as_, made)
    late = as_(None).visit(path_of(site, made)).form("main form")
    asking = page_of(as_, cast.admin, one).form("form[action$='/messages']")
    decided(as_, cast.other_moderator, one, RIGHT)
    for form in (late, asking):
        page = form.send(message="One more thing.")
        assert page.status == 409
        assert "One more thing." in page.main
    assert site.value("SELECT count(*) FROM appeal_message") == 1
    assert WHY in as_(None).visit(path_of(site, made)).main


# A reporter who was right


def reporters(site: Site, make: Factory, as_: As, clock: StillClock, number: int) -> int:
    """Reported without an account, kept, and appealed."""
    path = report(site, number)
    make.decide(number, Outcome.KEEP, on=RevisionState.LIVE)
    clock.advance(minutes=1)
    appealed(as_(None), path)
    return latest(site)


HIDE = {"ground": "1.2", "explanation": "It offers a car for sale that does not exist."}


def test_a_reporter_was_right_and_the_text_is_hidden_with_its_statement(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    one = reporters(site, make, as_, clock, number)
    mails = len(letters_to(site, cast.lan.email))
    decided(as_, cast.other_moderator, one, **HIDE)
    assert site.value("SELECT state FROM contribution") == "hidden"
    made = "SELECT outcome, by_id, ground, explanation FROM decision WHERE appeal_id = :id"
    assert site.rows(made, id=one) == [("hide", cast.other_moderator.id, "1.2", HIDE["explanation"])]
    assert site.value("SELECT source_type FROM statement") == "ARTICLE_16"
    assert log(site)[-2:] == ["hide", "reverse"]
    (told,) = letters_to(site, cast.lan.email)[mails:]
    assert told["Subject"].startswith("Your text was hidden")
    assert "Ann Reader" not in words_of(told)
    answer = letters_to(site, "ann@example.test")[-1]
    assert answer["Subject"] == "You were right: the decision was wrong"
    assert "out of sight" in words_of(answer)


def test_what_followed_from_an_appeal_is_not_undone(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    decided(as_, cast.other_moderator, reporters(site, make, as_, clock, number), **HIDE)
    made = site.value("SELECT id FROM decision WHERE outcome = 'hide'")
    with site.writing():
        text, by = desk.revision(decision(made).revision_id), cast.other_moderator.account()
        assert text
        with pytest.raises(Conflict):
            moderation.undo(decision(made), contribution(number), text, by=by)


def test_the_author_appeals_in_turn_to_a_third_person(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    decided(as_, cast.other_moderator, reporters(site, make, as_, clock, number), **HIDE)
    made = site.value("SELECT id FROM decision WHERE outcome = 'hide'")
    two = open_one(site, as_, made)
    assert as_(cast.other_moderator).post(f"/moderation/appeals/{two}", {}).status == 404
    decided(as_, cast.admin, two)
    assert site.value("SELECT state FROM contribution") == "live"


@pytest.mark.parametrize("without", ["ground", "explanation"])
def test_a_restriction_on_appeal_needs_its_reasons_too(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, without: str
) -> None:
    number = make.live_story()
    one = reporters(site, make, as_, clock, number)
    page = decided(as_, cast.other_moderator, one, **{**HIDE, without: ""})
    assert page.status == 422
    assert page.form(VERDICT).values()["answer"] == BECAUSE
    assert site.value("SELECT decided_at FROM appeal") is None
    assert site.value("SELECT state FROM contribution") == "live"
    assert log(site)[-1] == "appeal"


def test_who_cannot_read_it_does_not_restrict_it_on_appeal_either(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story(text=wording(language="vi"))
    one = reporters(site, make, as_, clock, number)
    page = decided(as_, cast.other_moderator, one, **HIDE)
    assert page.status == 422
    assert "reads its language" in page.main
    assert page.has(f"{VERDICT} textarea[name='answer']"), "it is open still, and nothing typed is lost"


def test_a_text_edited_meanwhile_is_read_again_before_it_is_hidden(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    form = page_of(as_, cast.other_moderator, reporters(site, make, as_, clock, number)).form(VERDICT)
    make.edit_waiting(number, wording(body=BETTER))
    make.decide(number)
    page = form.send(verdict=WRONG, answer=BECAUSE, **HIDE)
    assert page.status == 409
    assert page.form(VERDICT).values()["answer"] == BECAUSE
    assert site.value("SELECT state FROM contribution") == "live"


def test_a_reporter_is_right_about_a_text_that_is_gone(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story()
    one = reporters(site, make, as_, clock, number)
    with site.writing():
        withdraw(contribution(number), by=cast.lan.account())
    decided(as_, cast.other_moderator, one)
    assert site.value("SELECT verdict FROM appeal") == "reversed"
    assert site.value("SELECT count(*) FROM statement") == 0
    assert "no longer public" in words_of(letters_to(site, "ann@example.test")[-1])


# Two at once


def test_the_second_of_two_is_told_who_decided_what_and_keeps_their_text(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    one = open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    form = page_of(as_, cast.admin, one).form(VERDICT)
    decided(as_, cast.other_moderator, one, RIGHT)
    page = form.send(verdict=WRONG, answer="I see it otherwise.")
    assert page.status == 409
    for words in ("Otto Moderator", "Upheld", BECAUSE, "I see it otherwise."):
        assert words in page.main
    assert site.value("SELECT state FROM contribution") == "refused"
    assert log(site).count("uphold") == 1
    assert "reverse" not in log(site)


def test_of_two_at_the_same_moment_one_decides(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    one = open_one(site, as_, make.decide(make.waiting_story(), Outcome.REFUSE))
    people = [cast.other_moderator, cast.admin]
    forms = [page_of(as_, person, one).form(VERDICT) for person in people]
    start, statuses = Barrier(2), []

    def press(number: int) -> None:
        start.wait()
        page = forms[number].send(verdict=(WRONG, RIGHT)[number], answer=f"Answer {number}")
        statuses.append((page.status, number))

    threads = [Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in statuses) == [302, 409]
    winner = next(number for status, number in statuses if status == 302)
    assert site.value("SELECT answer FROM appeal") == f"Answer {winner}"
    assert site.value("SELECT state FROM contribution") == ("live", "refused")[winner]
    assert sum(act in ("reverse", "uphold") for act in log(site)) == 1


def test_a_comment_is_appealed_like_a_story(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    story = make.live_story()
    comment = make.comment(story)
    make.comment(story, cast.lan, parent=comment)
    before = site.value("SELECT comment_count FROM contribution WHERE id = :id", id=story)
    made = make.decide(comment, Outcome.HIDE, on=RevisionState.LIVE)
    decided(as_, cast.other_moderator, open_one(site, as_, made))
    with site.reading():
        assert contribution(comment).is_public
        assert revision(comment, RevisionState.LIVE).body == "I know this road."
    assert site.value("SELECT comment_count FROM contribution WHERE id = :id", id=story) == before
