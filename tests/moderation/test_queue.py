"""The queue as moderators see it: whose it is, what it says of a text, what must not be overlooked."""

import pytest

from community.contributions.models import RevisionState
from community.moderation.models import Outcome, Rank
from community.policy.permissions import Role, Standing
from tests.cast import Cast
from tests.conftest import As, MakeSite
from tests.factories.contributions import Factory, wording
from tests.helpers.browser import Browser, Page
from tests.helpers.clock import StillClock
from tests.helpers.site import Site
from tests.moderation.desking import look_at, waiting_revision

EVERYTHING = {
    "Waiting",
    "Waiting in Indonesian",
    "Escalated",
    "From South Africa",
    "Reported",
    "Afterwards",
    "I know this road.",
}


def titles(page: Page) -> list[str]:
    return [" ".join(link.get_text().split()) for link in page.soup.select("a.queue-title")]


def row(page: Page, title: str) -> str:
    found = [line for line in page.soup.select("tr[data-review]") if title in line.select("a")[0].get_text()]
    return " ".join(found[0].get_text(" ").split())


def test_it_opens_on_my_languages_and_my_countries_and_counts_the_rest(
    cast: Cast, make: Factory, as_: As
) -> None:
    dutch = cast.join("Nel Desk", "NL", "en", "nl", role=Role.MODERATOR, desk_countries=["ZA", "NL"])
    make.waiting_story(cast.member, wording("From my country"))
    make.waiting_story(cast.lan, wording("From elsewhere"))
    make.waiting_story(cast.member, wording("In another language", language="af"))
    page = as_(dutch).visit("/moderation")
    assert titles(page) == ["From my country"]
    rest = page.soup.select_one(".desk-rest")
    assert rest is not None
    words = " ".join(rest.get_text(" ").split())
    assert words.startswith("2 more wait outside this choice:")
    assert "English (1)" in words
    assert "Afrikaans (1)" in words
    assert titles(page.follow("Afrikaans (1)")) == ["In another language"]
    assert len(titles(page.follow("Everything"))) == 3


def test_reported_first_then_the_oldest(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    for title in ("First sent", "Second sent"):
        make.waiting_story(text=wording(title))
        clock.advance(hours=1)
    look_at(site, make.live_story(text=wording("Reported last")))
    assert titles(as_(cast.moderator).visit("/moderation")) == ["Reported last", "First sent", "Second sent"]


def test_a_line_says_what_a_moderator_chooses_by(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.live_story(text=wording("Over the pass again"))
    make.edit_waiting(number, wording("Over the pass, changed"))
    clock.advance(hours=41)
    site.execute("UPDATE revision SET finding = 'links', finding_words = '3' WHERE state = 'waiting'")
    site.execute(
        "UPDATE review SET report_count = 2, escalated_at = opened_at, translation_wanted_at = opened_at"
    )
    found = row(as_(cast.moderator).visit("/moderation"), "Over the pass, changed")
    for word in ("Story", "Change", "2 reports", "Escalated", "Translation wanted", "Lan Nguyễn", "English"):
        assert word in found, word
    assert "3 links" in found
    assert "41 hr" in found


def test_what_went_live_by_trust_says_so(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    look_at(site, make.live_story(text=wording("Live by trust")), Rank.AFTERWARDS)
    assert "Live already" in row(as_(cast.moderator).visit("/moderation"), "Live by trust")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("show=reported", {"Reported"}),
        ("show=waiting", EVERYTHING - {"Reported", "Afterwards"}),
        ("show=afterwards", {"Afterwards"}),
        ("show=escalated", {"Escalated"}),
        ("show=translation", {"From South Africa"}),
        ("language=id", {"Waiting in Indonesian"}),
        ("country=ZA", {"From South Africa", "I know this road."}),
        ("kind=comment", {"I know this road."}),
        ("kind=story&show=afterwards", {"Afterwards"}),
        ("language=id&country=ZA", set()),
        ("show=nonsense&kind=nonsense&language=nonsense&country=nonsense", EVERYTHING),
    ],
)
def test_filters_work_without_javascript(
    site: Site, cast: Cast, make: Factory, as_: As, query: str, expected: set[str]
) -> None:
    make.waiting_story(text=wording("Waiting"))
    make.waiting_story(text=wording("Waiting in Indonesian", language="id"))
    marked = {
        "escalated_at": make.waiting_story(text=wording("Escalated")),
        "translation_wanted_at": make.waiting_story(cast.member, wording("From South Africa")),
    }
    live = make.live_story(text=wording("Reported"))
    look_at(site, live)
    look_at(site, make.live_story(text=wording("Afterwards")), Rank.AFTERWARDS)
    make.comment(live, is_trusted=False)
    for column, number in marked.items():
        site.execute(
            f"UPDATE review SET {column} = opened_at WHERE revision_id = :id",
            id=waiting_revision(site, number),
        )
    assert set(titles(as_(cast.moderator).visit(f"/moderation?{query}"))) == expected


def test_the_filter_form_leads_where_its_choices_say(cast: Cast, make: Factory, as_: As) -> None:
    make.waiting_story(text=wording("In Afrikaans", language="af"))
    make.waiting_story(text=wording("In English"))
    page = as_(cast.moderator).visit("/moderation").submit(".desk-filters", language="af", kind="story")
    assert titles(page) == ["In Afrikaans"]
    values = page.form(".desk-filters").values()
    assert (values["language"], values["kind"]) == ("af", "story")


def test_pages_follow_and_keep_the_choice(cast: Cast, make: Factory, as_: As, clock: StillClock) -> None:
    for number in range(27):
        make.waiting_story(text=wording(f"Story {number}"))
        clock.advance(seconds=1)
    page = as_(cast.moderator).visit("/moderation?show=waiting")
    assert len(titles(page)) == 25
    second = page.follow("a[rel=next]")
    assert titles(second) == ["Story 25", "Story 26"]
    assert "show=waiting" in second.path


def test_a_cursor_of_ones_own_making_is_not_found(cast: Cast, as_: As) -> None:
    assert as_(cast.moderator).get("/moderation?after=nonsense").status == 404


def test_a_held_line_says_who_reads_it_and_for_how_long(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    number = make.waiting_story(text=wording("In Otto's hands"))
    as_(cast.other_moderator).post(f"/moderation/reviews/{waiting_revision(site, number)}/claim")
    clock.advance(minutes=3)
    browser = as_(cast.moderator)
    assert "Otto Moderator reads it, for 7 min" in row(browser.visit("/moderation"), "In Otto's hands")
    clock.advance(minutes=7)
    assert "Otto Moderator" not in row(browser.visit("/moderation"), "In Otto's hands")


def test_an_admin_sees_what_was_escalated_first_and_from_everywhere(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    make.waiting_story(text=wording("The oldest"))
    clock.advance(hours=1)
    number = make.waiting_story(text=wording("Escalated in Vietnamese", language="vi"))
    path = f"/moderation/reviews/{waiting_revision(site, number)}"
    as_(cast.moderator).visit(path).submit("form[action*=escalation]", escalation="Is this a threat?")
    assert titles(as_(cast.admin).visit("/moderation")) == ["Escalated in Vietnamese", "The oldest"]
    assert titles(as_(cast.moderator).visit("/moderation")) == ["The oldest", "Escalated in Vietnamese"]
    assert "Is this a threat?" in as_(cast.admin).visit(path).main


def test_a_language_nobody_reads_sounds_an_alarm_for_everybody(
    cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    make.waiting_story(text=wording("In Tamil", language="ta"))
    clock.advance(hours=41)
    for person in (cast.moderator, cast.other_moderator, cast.admin):
        page = as_(person).visit("/moderation?ui=en")
        alarms = page.soup.select_one(".alarms")
        assert alarms is not None
        assert " ".join(alarms.get_text(" ").split()).startswith("Nobody reads Tamil; the oldest waits 41")
    assert titles(as_(cast.moderator).visit("/moderation").follow(".alarms a")) == ["In Tamil"]


@pytest.mark.parametrize("barred", [Standing.SUSPENDED, Standing.CLOSED, None])
def test_only_who_may_work_counts_as_a_reader(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock, barred: Standing | None
) -> None:
    tamil = cast.join("Tara Tamil", "IN", "ta", role=Role.MODERATOR)
    make.waiting_story(text=wording("In Tamil", language="ta"))
    desk = as_(cast.moderator)
    assert not desk.visit("/moderation").has(".alarms")
    if barred:
        cast.give(tamil, standing=barred)
    else:
        site.execute("UPDATE account SET has_unread_warning = true WHERE id = :id", id=tamil.id)
    clock.advance(minutes=5)
    assert "Nobody reads Tamil" in desk.visit("/moderation").main


def test_a_suspension_that_is_over_counts_no_more(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    tamil = cast.join("Tara Tamil", "IN", "ta", role=Role.MODERATOR)
    make.waiting_story(text=wording("In Tamil", language="ta"))
    with site.writing():
        account = tamil.account()
        account.standing = Standing.SUSPENDED
        account.suspended_until = clock.moment
    clock.advance(minutes=2)
    assert not as_(cast.moderator).visit("/moderation").has(".alarms")


def test_a_curator_is_nobody_who_reads_for_the_desk(cast: Cast, make: Factory, as_: As) -> None:
    cast.join("Tara Tamil", "IN", "ta", role=Role.CURATOR)
    make.waiting_story(text=wording("In Tamil", language="ta"))
    assert "Nobody reads Tamil" in as_(cast.moderator).visit("/moderation?ui=en").main


def test_what_waits_longer_than_the_set_time_sounds_an_alarm(
    make_site: MakeSite, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    make.waiting_story(text=wording("In English"))
    clock.advance(hours=47)
    desk = as_(cast.moderator)
    assert not desk.visit("/moderation").has(".alarms")
    clock.advance(hours=2)
    assert "English: the oldest waits 49 hr" in desk.visit("/moderation").main


def test_the_set_time_is_a_setting(make_site: MakeSite, clock: StillClock) -> None:
    site = make_site(oldest_wait_hours=2)
    cast = Cast(site)
    Factory(site, cast).waiting_story(text=wording("In English"))
    clock.advance(hours=3)
    assert (
        "English: the oldest waits 3 hr" in Browser(site).enter_as(cast.moderator).visit("/moderation").main
    )


def test_an_empty_queue_says_what_will_be_here(cast: Cast, as_: As) -> None:
    page = as_(cast.moderator).visit("/moderation")
    assert "Nothing waits here" in page.main
    assert not page.has("form[action^='/moderation/bulk']")


def test_an_item_decided_elsewhere_is_greyed_out_in_words(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    decided, held, still, gone = (make.waiting_story(text=wording(f"Story {n}")) for n in range(4))
    ids = {number: waiting_revision(site, number) for number in (decided, held, still, gone)}
    since = clock.moment.isoformat()
    make.decide(decided, by=cast.other_moderator)
    as_(cast.other_moderator).post(f"/moderation/reviews/{ids[held]}/claim")
    as_(cast.lan).post(f"/contributions/{gone}/withdrawal")
    clock.advance(seconds=10)
    make.waiting_story(text=wording("Sent since"))
    asked = f"/moderation/changes?ids={','.join(map(str, ids.values()))}"
    answer = as_(cast.moderator).get(asked + "&since=" + since.replace("+", "%2B"))
    assert answer.response.headers["Cache-Control"] == "no-store"
    items = answer.json["items"]
    assert items[str(ids[decided])] == {"state": "closed", "words": "Approved by Otto Moderator"}
    assert items[str(ids[held])] == {"state": "claimed", "words": "Otto Moderator reads it, for 10 min"}
    assert items[str(ids[still])] == {"state": "open", "words": ""}
    assert items[str(ids[gone])] == {"state": "closed", "words": "Taken back or replaced by its author"}
    assert answer.json["new"] == {"number": 1, "words": "1 new text", "url": "/moderation"}


def test_what_hiding_closed_names_who_hid_it(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording("A change that waits"))
    waits = waiting_revision(site, number)
    make.decide(number, Outcome.HIDE, by=cast.other_moderator, on=RevisionState.LIVE)
    answer = as_(cast.moderator).get(f"/moderation/changes?ids={waits}")
    assert answer.json["items"][str(waits)]["words"] == "Hidden by Otto Moderator"


def test_ones_own_claim_is_no_news(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number, desk = make.waiting_story(), as_(cast.moderator)
    waits = waiting_revision(site, number)
    desk.post(f"/moderation/reviews/{waits}/claim")
    assert desk.get(f"/moderation/changes?ids={waits}").json["items"][str(waits)]["state"] == "open"


@pytest.mark.parametrize("query", ["", "ids=", "ids=1,x,,-4,99999999999999999999999", "ids=" + "7," * 500])
def test_questions_about_nothing_are_answered(cast: Cast, as_: As, query: str) -> None:
    answer = as_(cast.moderator).get(f"/moderation/changes?{query}")
    assert answer.status == 200
    assert answer.json["items"] == {}


def test_a_moment_that_is_none_is_not_found(cast: Cast, as_: As) -> None:
    assert as_(cast.moderator).get("/moderation/changes?since=yesterday").status == 404


def test_changes_ask_the_same_few_questions_for_fifty(
    site: Site, cast: Cast, make: Factory, as_: As, clock: StillClock
) -> None:
    ids = [waiting_revision(site, make.waiting_story(text=wording(f"Story {n}"))) for n in range(12)]
    desk, since = as_(cast.moderator), clock.moment.isoformat().replace("+", "%2B")
    path = f"/moderation/changes?since={since}&ids={','.join(map(str, ids))}"
    with site.count_queries() as counted:
        assert len(desk.get(path).json["items"]) == 12
    assert len(counted.statements) <= 4


@pytest.mark.parametrize("who", ["moderator", "admin"])
def test_the_queue_asks_at_most_six_questions(
    site: Site, cast: Cast, make: Factory, as_: As, who: str
) -> None:
    for number in range(9):
        make.waiting_story(text=wording(f"Story {number}", language=("vi", "en", "id")[number % 3]))
    desk = as_(getattr(cast, who))
    desk.get("/moderation")  # which languages the desk reads is asked every few minutes
    with site.count_queries() as counted:
        assert len(titles(desk.get("/moderation"))) >= 3
    assert len(counted.statements) <= 6
