"""The review page: everything a decision needs, only what is lawful, and on to the next one."""

import pytest

from community.contributions.models import RevisionState
from community.moderation.models import Outcome, Rank
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.helpers.browser import Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.desking import look_at, review_path

LIVE = RevisionState.LIVE


def offered(page: Page) -> dict[str, bool]:
    """Outcome → whether it can be chosen."""
    return {str(one["value"]): not one.has_attr("disabled") for one in page.soup.select("[name=outcome]")}


@pytest.fixture
def number(make: Factory) -> int:
    return make.waiting_story(text=wording("Over the pass", "We drove over the pass, in the rain."))


@pytest.fixture
def path(site: Site, number: int) -> str:
    return review_path(site, number)


def test_a_text_stands_there_as_it_will_appear(site: Site, cast: Cast, as_: As) -> None:
    fields = {
        "title": "Đường đèo",
        "body": "We drove **slowly** over the pass.",
        "language": "vi",
        "topic": "family",
        "vehicle_model": "Vireo 2",
        "vehicle_year": "2019",
    }
    as_(cast.lan).visit("/stories/new").submit("button[value=submit]", **fields)
    site.execute("UPDATE review SET opened_at = opened_at")
    page = as_(cast.moderator).visit("/moderation").follow("Đường đèo")
    assert page.has("article h2[lang=vi][dir=auto]")
    assert page.has("article .prose[lang=vi] strong")
    assert page.has("article svg.cover, article svg[class^=cover]")
    for word in ("Vietnamese", "Family", "Vireo 2", "2019", "Lan Nguyễn"):
        assert word in page.main, word


def test_an_answer_says_what_it_answers(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    on = make.live_story(text=wording("The story that is answered"))
    answer = make.comment(on, is_trusted=False)
    page = as_(cast.moderator).visit(review_path(site, answer))
    assert "An answer to The story that is answered" in page.main


def test_a_change_is_shown_against_the_live_text(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story(
        text=wording("Old title", "One paragraph stays as it was.\n\nAnother goes away.")
    )
    make.edit_waiting(number, wording("New title", "One paragraph stays as it was.\n\nA third one comes in."))
    page = as_(cast.moderator).visit(review_path(site, number))
    assert page.soup.select_one(".compare-titles del").get_text() == "Old title"  # type: ignore[union-attr]
    assert page.has(".diff .diff-same")
    assert page.has(".diff ins")
    assert page.has(".diff del")


def test_what_the_checks_found_is_said_in_words(site: Site, cast: Cast, as_: As, path: str) -> None:
    site.execute("UPDATE revision SET finding = 'links', finding_words = '7'")
    assert "7 links" in as_(cast.moderator).visit(path).main
    site.execute("UPDATE revision SET finding = 'everybody', finding_words = ''")
    assert not as_(cast.moderator).visit(path).has(".found")


def test_what_was_decided_before_stands_below(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    make.decide(number, Outcome.HIDE, on=LIVE, explanation="Hidden for a day.", by=cast.other_moderator)
    page = as_(cast.moderator).visit(review_path(site, number, LIVE))
    earlier = page.soup.select_one("[aria-labelledby=earlier]")
    assert earlier is not None
    assert [badge.get_text() for badge in earlier.select(".badge")] == ["Approved", "Hidden"]
    assert "Hidden for a day." in earlier.get_text()
    assert "Otto Moderator" in earlier.get_text()


def test_the_next_of_the_choice_stand_beside_it_with_this_one_marked(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, path: str
) -> None:
    for place in range(3):
        clock.advance(minutes=1)
        make.waiting_story(text=wording(f"Another {place}"))
    make.waiting_story(text=wording("In Tamil", language="ta"))
    page = as_(cast.moderator).visit(path)
    items = page.soup.select("aside [data-review] a")
    names = [item.select(".desk-item-title")[0].get_text() for item in items]
    assert names == ["Over the pass", "Another 0", "Another 1", "Another 2"]
    assert [item.get("aria-current") for item in items] == ["page", None, None, None]


@pytest.mark.parametrize(
    ("made", "state", "outcomes"),
    [
        ("waiting_story", RevisionState.WAITING, {"approve", "return", "refuse"}),
        ("live_story", LIVE, {"hide", "lock"}),
        ("hidden_story", LIVE, {"restore"}),
    ],
)
def test_only_what_is_lawful_is_offered(
    site: Site, cast: Cast, make: Factory, as_: As, made: str, state: RevisionState, outcomes: set[str]
) -> None:
    page = as_(cast.moderator).visit(review_path(site, getattr(make, made)(), state))
    assert set(offered(page)) == outcomes


def test_what_was_reported_can_be_left_as_it_is(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    look_at(site, number)
    page = as_(cast.moderator).visit(review_path(site, number, LIVE))
    assert set(offered(page)) == {"keep", "hide", "lock"}
    page.submit(".decision", outcome="lock", ground="2.1", explanation="It became a quarrel.")
    again = as_(cast.moderator).visit(review_path(site, number, LIVE))
    assert set(offered(again)) == {"hide", "unlock"}


def test_who_does_not_read_the_language_is_told_what_they_can_do_instead(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    path = review_path(site, make.waiting_story(text=wording(language="ta")))
    page = as_(cast.moderator).visit(path)
    assert offered(page) == {"approve": True, "return": True, "refuse": False}
    assert "You do not read Tamil" in page.main
    forced = as_(cast.moderator).post(
        path, {"outcome": "refuse", "ground": "1.2", "explanation": "No.", "revision": "1", "version": "2"}
    )
    assert forced.status == 422
    assert "Only somebody who reads its language may restrict it." in forced.main
    assert offered(as_(cast.admin).visit(path))["refuse"]


def test_ones_own_text_offers_nothing(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    page = as_(cast.moderator).visit(review_path(site, make.waiting_story(cast.moderator)))
    assert offered(page) == {}
    assert "Nobody decides on their own contribution." in page.main
    assert not page.has("form[action*=escalation], [data-claim-take]")


def test_the_grounds_are_the_clauses_in_force_with_words_in_the_authors_language(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    author = cast.join("Ahmed Author", "EG", "ar", "en")
    path = review_path(site, make.waiting_story(author))
    page = as_(cast.moderator).visit(path)
    grounds = [str(one["value"]) for one in page.soup.select("[name=ground] option")]
    assert grounds == ["", "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3"]
    words = site.value("SELECT text FROM reason_template WHERE number = '1.2' AND language = 'ar'")
    template = page.soup.select_one("template[data-ground='1.2']")
    assert template is not None
    assert template.get_text() == words
    filled = page.submit(".decision [name=template]", outcome="refuse", ground="1.2", explanation="Ahmed,")
    values = filled.form(".decision").values()
    assert values["explanation"].replace("\r\n", "\n") == f"Ahmed,\n\n{words}"
    assert (values["outcome"], values["ground"]) == ("refuse", "1.2")
    assert site.value("SELECT count(*) FROM decision") == 0


def test_a_clause_about_the_law_asks_which(site: Site, cast: Cast, as_: As, path: str) -> None:
    number = site.rows("SELECT number FROM clause WHERE is_illegal ORDER BY number")[0][0]
    page = as_(cast.moderator).visit(path)
    assert number in str(page.soup.select_one("[data-illegal]")["data-illegal"]).split()  # type: ignore[index]
    fields = {"outcome": "refuse", "ground": number, "explanation": "It calls for violence."}
    refused = page.submit(".decision", **fields)
    assert refused.status == 422
    assert refused.has("details[data-illegal][open]")
    assert refused.form(".decision").values()["explanation"] == "It calls for violence."
    refused.submit(
        ".decision", legal_ground="Criminal code, section 130", facts="A call to set fire to a garage."
    )
    found = site.rows("SELECT legal_ground, decision_facts FROM statement")
    assert found == [("Criminal code, section 130", "A call to set fire to a garage.")]


def test_a_decision_leads_straight_to_the_next_of_the_choice(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    first, second, third = (
        make.waiting_story(cast.member, wording(f"From Africa {place}")) for place in range(3)
    )
    clock.advance(minutes=1)
    make.waiting_story(text=wording("From Vietnam"))
    queue = as_(cast.moderator).visit("/moderation?country=ZA")
    page = queue.follow("From Africa 0").submit(".decision", outcome="approve")
    assert page.path.startswith(review_path(site, second))
    assert "country=ZA" in page.path
    page = page.submit(".decision", outcome="approve")
    assert page.path.startswith(review_path(site, third))
    page = page.submit(".decision", outcome="approve")
    assert page.path.startswith("/moderation?country=ZA&decided=")
    assert "Approved." in page.main
    assert "Nothing waits here" in page.main
    assert site.value("SELECT state FROM contribution WHERE id = :id", id=first) == "live"


def test_from_the_middle_it_goes_on_and_then_back_to_what_was_passed_over(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    numbers = []
    for place in range(3):
        numbers.append(make.waiting_story(text=wording(f"Story {place}")))
        clock.advance(minutes=1)
    page = as_(cast.moderator).visit(review_path(site, numbers[1])).submit(".decision", outcome="approve")
    assert page.path.startswith(review_path(site, numbers[2]))
    page = page.submit(".decision", outcome="approve")
    assert page.path.startswith(review_path(site, numbers[0]))


def test_the_second_of_two_learns_who_decided_what_and_keeps_their_words(
    site: Site, cast: Cast, make: Factory, as_: As, number: int, path: str
) -> None:
    page = as_(cast.moderator).visit(path)
    make.decide(number, Outcome.RETURN, by=cast.other_moderator, explanation="Where was this?")
    late = page.submit(".decision", outcome="return", explanation="My half hour of writing.")
    assert late.status == 409
    faster = late.soup.select_one(".faster")
    assert faster is not None
    for words in ("Returned", "Otto Moderator", "Where was this?", "My half hour of writing."):
        assert words in faster.get_text(), words


def test_a_text_that_was_exchanged_while_reading_is_not_decided_on(
    site: Site, cast: Cast, make: Factory, as_: As, number: int, path: str
) -> None:
    page = as_(cast.moderator).visit(path)
    make.edit_waiting(number, wording(body="Cheap tyres at my shop, today and tomorrow."))
    late = page.submit(".decision", outcome="approve", explanation="Lovely.")
    assert late.status == 409
    assert "The author sent a newer text" in late.main
    assert "Lovely." in late.html
    assert site.value("SELECT state FROM contribution") == "waiting"


def test_escalating_needs_a_word_and_goes_on_to_the_next(
    site: Site, cast: Cast, make: Factory, as_: As, path: str, clock: StillClock
) -> None:
    clock.advance(minutes=1)
    following = make.waiting_story(text=wording("The next one"))
    page = as_(cast.moderator).visit(path)
    refused = page.submit("form[action*=escalation]", escalation="  ")
    assert refused.status == 422
    assert "Say in a sentence what the admins should look at." in refused.main
    long = page.submit("form[action*=escalation]", escalation="x" * 2001)
    assert (long.status, long.form("form[action*=escalation]").values()["escalation"]) == (422, "x" * 2001)
    done = page.submit("form[action*=escalation]", escalation="Is this a threat?")
    assert done.path == review_path(site, following)
    found = site.rows("SELECT escalation, escalated_by_id FROM review WHERE escalated_at IS NOT NULL")
    assert found == [("Is this a threat?", cast.moderator.id)]


def test_the_second_escalation_keeps_the_first_ones_words(site: Site, cast: Cast, as_: As, path: str) -> None:
    pages = [as_(person).visit(path) for person in (cast.moderator, cast.other_moderator)]
    pages[0].submit("form[action*=escalation]", escalation="From Mai.")
    late = pages[1].submit("form[action*=escalation]", escalation="From Otto.")
    assert late.status == 409
    assert "Somebody escalated this already." in late.main
    assert "From Mai." in late.main
    assert site.value("SELECT escalation FROM review") == "From Mai."


def test_asking_what_it_says_marks_it_for_those_who_read_it(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.waiting_story(text=wording("In German", language="de"))
    path = review_path(site, number)
    page = as_(cast.moderator).visit(path).submit("form[action*=translation]")
    assert page.path == path
    assert not page.has("form[action*=translation]")
    since = site.value("SELECT translation_wanted_at FROM review")
    clock.advance(hours=1)
    as_(cast.admin).post(f"{path}/translation")
    assert site.value("SELECT translation_wanted_at FROM review") == since
    reader = as_(cast.other_moderator)
    assert "Translation wanted" in reader.visit("/moderation").main
    assert "Somebody asks what this says." in reader.visit(path).main


@pytest.mark.parametrize("act", ["escalation", "translation", "claim"])
def test_nothing_is_handed_on_that_is_closed(
    site: Site, cast: Cast, make: Factory, as_: As, number: int, path: str, act: str
) -> None:
    make.decide(number)
    answer = as_(cast.moderator).post(f"{path}/{act}", {"escalation": "Too late."})
    assert answer.status == 409
    assert "has been decided" in answer.main
    assert site.rows("SELECT escalated_at, translation_wanted_at, claimed_by_id FROM review") == [
        (None, None, None)
    ]


def test_the_desks_places_are_those_that_one_may_enter(cast: Cast, as_: As) -> None:
    def places(page: Page) -> set[str]:
        return {link.get_text() for link in page.soup.select(".desk-nav a")}

    assert {"Queue", "Reports", "Appeals"} <= places(as_(cast.moderator).visit("/moderation"))
    assert "Guidelines" not in places(as_(cast.moderator).visit("/moderation"))
    english = as_(cast.admin).visit("/moderation?ui=en")
    assert "Guidelines" in places(english)


def test_every_key_has_something_in_the_page_that_does_the_same(
    site: Site, cast: Cast, make: Factory, as_: As, path: str
) -> None:
    page = as_(cast.moderator).visit(path)
    keys = {str(one["data-outcome-key"]) for one in page.soup.select("[data-outcome-key]")}
    keys |= {str(one["data-key"]) for one in page.soup.select("[data-key]")}
    keys |= {str(one["data-focus-key"]) for one in page.soup.select("[data-focus-key]")}
    assert keys == {"a", "r", "x", "c", "e"}
    after = page.submit(".decision", outcome="approve")
    assert after.has("form [data-key=u]")


def test_what_went_live_by_trust_is_looked_at_and_left(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    look_at(site, number, Rank.AFTERWARDS)
    as_(cast.moderator).visit(review_path(site, number, LIVE)).submit(".decision", outcome="keep")
    assert site.rows("SELECT outcome FROM decision ORDER BY id") == [("approve",), ("keep",)]
    assert site.value("SELECT count(*) FROM review WHERE closed_at IS NULL") == 0


def test_the_page_asks_as_often_for_little_as_for_much(
    site: Site, cast: Cast, make: Factory, as_: As, path: str
) -> None:
    browser = as_(cast.moderator)

    def asked() -> int:
        browser.get(path)  # what is kept while the pulse stands still is kept now
        with site.count_queries() as counted:
            assert browser.get(path).status == 200
        return len(counted.statements)

    make.returned_story()
    few = asked()
    for place in range(12):
        made = make.waiting_story(text=wording(f"Story {place}"))
        if place % 2:
            make.decide(made, Outcome.RETURN)
    assert asked() <= few
