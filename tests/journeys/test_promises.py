"""What everybody may rely on: forms sent twice, nothing typed lost, nothing hidden betrayed, few questions."""

import re

import pytest

from community.contributions.models import RevisionState
from community.kit import unit_of_work
from community.moderation.models import Outcome
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import BODY, Factory, revision, wording
from tests.helpers.browser import Page
from tests.helpers.site import Site

# The worst, after a beat of the pulse; one of them (when the guidelines last changed) is asked once a beat for all.
MOST_QUERIES = 7
MOST_OF_HOME = 8
"""Spotlights and calls beside the stories."""
MOST_OF_A_MEMBER = 10
"""Their page is put together of a garage, stories, the languages these can be read in, translations, and ideas."""


# Forms that create are sent once, however often.


def test_a_story_form_sent_again_leads_to_the_same_story(site: Site, cast: Cast, as_: As) -> None:
    form = as_(cast.lan).visit("/stories/new").form("button[value=submit]")
    answers = [form.send(title="Over the pass", body=BODY, topic="journeys") for _ in range(3)]
    assert {answer.status for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1
    assert site.value("SELECT count(*) FROM contribution") == 1


def test_a_comment_form_sent_again_leads_to_the_same_comment(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    form = as_(cast.member).visit(f"/stories/{number}").form("form.comment-form")
    answers = [form.send(body="I know it.") for _ in range(3)]
    assert {(a.status, a.location) for a in answers} == {(302, answers[0].location)}
    assert site.value("SELECT count(*) FROM comment") == 1


def test_two_forms_make_two(site: Site, cast: Cast, as_: As) -> None:
    browser = as_(cast.lan)
    for _ in range(2):
        browser.visit("/stories/new").submit("button[value=save]", title="Over the pass", body=BODY)
    assert site.value("SELECT count(*) FROM contribution") == 2


def test_every_form_on_the_main_pages_has_a_token(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    make.comment(number)
    browser = as_(cast.moderator)
    for path in (
        "/",
        "/stories/new",
        f"/stories/{number}",
        "/account/settings",
        "/account/sessions",
        "/me/stories",
    ):
        forms = [
            f
            for f in browser.visit(path).soup.select("form")
            if str(f.get("method", "get")).lower() == "post"
        ]
        assert forms, path
        for form in forms:
            assert form.select_one("input[name=csrf_token][value]"), (path, form.get("action"))


# Nothing typed is lost.


def test_a_refused_story_comes_back_whole(cast: Cast, as_: As) -> None:
    typed = {"title": 'Đường về <nhà> & "quê"', "body": "Too short", "language": "id", "topic": "family"}
    car = {
        "vehicle_model": "Vireo 2",
        "vehicle_year": "2019",
        "vehicle_powertrain": "hybrid",
        "vehicle_since": "21",
    }
    page = as_(cast.lan).visit("/stories/new").submit("button[value=submit]", **typed, **car)
    assert page.status == 422
    values = page.form("#story-form").values()
    assert {name: values[name].strip() for name in [*typed, *car]} == {**typed, **car}
    assert page.has("[aria-invalid=true]")
    assert page.has('[href="#body"], [href="#vehicle_since"]')


def test_a_refused_registration_comes_back_whole_but_for_the_password(as_: As) -> None:
    typed = {"email": "not an address", "display_name": "Zoë O'Hara", "country": "KE", "language": "id"}
    page = as_(None).visit("/account/register").submit(**typed, password="short", languages=["sw", "am"])
    assert page.status == 422
    form = page.form("main form")
    assert {name: form.values()[name] for name in typed} == typed
    assert {value for name, value in form.fields() if name == "languages"} == {"sw", "am"}
    assert "short" not in page.html.replace("shortcut", "")
    assert form.values().get("password", "") == ""


def test_a_refused_decision_comes_back_whole(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.waiting_story()
    with site.reading():
        path = f"/moderation/reviews/{revision(number, RevisionState.WAITING).id}"
    page = (
        as_(cast.moderator).visit(path).submit(".decision", outcome="refuse", explanation="An advertisement.")
    )
    assert page.status == 422
    assert (
        page.form(".decision").values() | {"outcome": "refuse", "explanation": "An advertisement."}
        == page.form(".decision").values()
    )
    assert site.value("SELECT state FROM contribution") == "waiting"


@pytest.mark.parametrize("path", ["/stories/new", "/contributions/{story}/comments"])
def test_text_sent_after_the_session_ended_comes_back_and_goes_on_after_sign_in(
    site: Site, cast: Cast, make: Factory, as_: As, path: str
) -> None:
    path = path.format(story=make.live_story(cast.member))
    browser = as_(cast.lan)
    page = browser.visit(path)
    site.execute("DELETE FROM sign_in")
    fields = {"body": "Every word of this took me an hour."}
    if path == "/stories/new":
        lost = page.submit("button[value=submit]", **fields, title="Over the pass", topic="journeys")
    else:
        lost = page.submit("main form", **fields)
    assert lost.status in (400, 401)
    assert fields["body"] in lost.html
    back = lost.submit("form[action$='/account/login']", email=cast.lan.email, password=cast.lan.password)
    assert fields["body"] in back.html
    done = back.submit("main form")
    assert done.status == 200
    assert (
        site.value("SELECT count(*) FROM revision WHERE body = :b AND state = 'waiting'", b=fields["body"])
        == 1
    )


def test_a_wrong_password_while_resuming_loses_nothing(site: Site, cast: Cast, as_: As) -> None:
    page = as_(cast.lan).visit("/stories/new")
    site.execute("DELETE FROM sign_in")
    lost = page.submit("button[value=submit]", title="Over the pass", body=BODY, topic="journeys")
    wrong = lost.submit("form[action$='/account/login']", email=cast.lan.email, password="not the right one")
    assert wrong.status == 422
    back = wrong.submit("main form", email=cast.lan.email, password=cast.lan.password)
    assert BODY in back.soup.get_text() or BODY in back.html


def test_a_stale_tab_is_told_and_keeps_its_words(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.draft_story()
    first, second = (as_(cast.lan).visit(f"/stories/{number}/edit") for _ in range(2))
    assert first.submit("button[value=save]", body="From the first tab, newer.").status == 200
    late = second.submit("button[value=save]", body="From the second tab.")
    assert late.status == 409
    assert "From the second tab." in late.form("#story-form").values()["body"]
    with site.reading():
        assert revision(number, RevisionState.DRAFT).body == "From the first tab, newer."


# What somebody may not know of does not exist.


def anonymous(page: Page) -> str:
    """The page without what is the request's own: its address, its tokens."""
    html = page.html.replace(page.path, "PATH")
    html = re.sub(r'value="[^"]{60,}"', "TOKEN", html)
    return re.sub(r"\b\d+\b", "N", html)


@pytest.mark.parametrize(
    "made", ["draft_story", "waiting_story", "hidden_story", "refused_story", "withdrawn_story"]
)
@pytest.mark.parametrize("who", ["member", None])
@pytest.mark.parametrize(
    "path",
    [
        "/stories/{n}",
        "/stories/{n}/over-the-pass",
        "/stories/{n}/edit",
        "/contributions/{n}",
        "/contributions/{n}/comments",
        "/contributions/{n}/revisions",
        "/contributions/{n}/withdrawal",
        "/contributions/{n}/status",
    ],
)
def test_not_allowed_and_not_there_are_the_same_answer(
    cast: Cast, make: Factory, as_: As, made: str, who: str | None, path: str
) -> None:
    number = getattr(make, made)()
    browser = as_(getattr(cast, who) if who else None)
    hidden, missing = (browser.get(path.format(n=n)) for n in (number, 987654))
    assert hidden.status == missing.status
    assert hidden.status in (404, 302)
    assert anonymous(hidden) == anonymous(missing)
    kept = ("Content-Type", "Cache-Control", "Vary")
    assert [hidden.response.headers.get(k) for k in kept] == [missing.response.headers.get(k) for k in kept]


@pytest.mark.parametrize("who", ["member", None])
def test_acts_on_what_is_hidden_are_answered_as_on_nothing(
    cast: Cast, make: Factory, as_: As, who: str | None
) -> None:
    number = make.waiting_story()
    browser = as_(getattr(cast, who) if who else None)
    for path in (
        "/contributions/{n}/reactions",
        "/contributions/{n}/withdrawal",
        "/contributions/{n}/comments",
    ):
        hidden, missing = (browser.post(path.format(n=n), {"on": "1", "body": "x"}) for n in (number, 987654))
        assert (hidden.status, anonymous(hidden)) == (missing.status, anonymous(missing))


# The same few questions for little and for much.


def queries(site: Site, as_: As, person: Person | None, path: str) -> int:
    """Of a visit after which nothing was kept: the worst that a page asks."""
    browser = as_(person)
    with site.writing():
        unit_of_work.public_change()
    with site.count_queries() as counted:
        assert browser.get(path).status == 200
    return len(counted.statements)


@pytest.mark.parametrize("who", [None, "member", "moderator"])
def test_pages_ask_as_often_for_little_as_for_much(
    site: Site, cast: Cast, make: Factory, as_: As, who: str | None
) -> None:
    person = getattr(cast, who) if who else None
    number = make.live_story()
    make.live_story(text=wording("In a language of its own", language="id"))
    as_(None).get("/")  # what topics there are is asked once a process
    for _ in range(2):
        make.comment(number, cast.lan)
    paths = [
        "/",
        "/stories",
        "/stories?sort=loved&language=all",
        "/countries",
        "/countries/VN",
        f"/members/{cast.lan.handle}",
        f"/stories/{number}/over-the-pass",
        "/transparency",
    ]
    if person:
        paths += ["/me/stories", "/stories/new"]
    if who == "moderator":
        make.waiting_story()
        paths.append("/moderation")
        as_(person).get("/moderation")  # which languages the desk reads is asked every few minutes
    few = {path: queries(site, as_, person, path) for path in paths}
    for place in range(30):
        text = wording(f"Story {place}", language=("vi", "en", "id")[place % 3], topic_id=place % 8 + 1)
        if place % 3:
            make.waiting_story(cast.member if place % 2 else cast.lan, text)
        else:
            make.live_story(text=text)
    parent = None
    for place in range(198):
        made = make.comment(number, cast.lan, parent=parent)
        parent = made if place % 4 else None
    many = {path: queries(site, as_, person, path) for path in paths}
    assert many == few
    assert many.pop(f"/members/{cast.lan.handle}") <= MOST_OF_A_MEMBER
    assert many.pop("/") <= MOST_OF_HOME
    assert max(many.values()) <= MOST_QUERIES, many


def test_nor_does_a_conversation_ask_more_of_somebody_who_is_part_of_it(
    site: Site, cast: Cast, make: Factory, as_: As
) -> None:
    number = make.live_story()
    path = f"/stories/{number}/over-the-pass"
    for place in range(40):
        make.comment(number, (cast.lan, cast.member)[place % 2])
    make.comment(number, cast.member, body="Only mine to see.", is_trusted=False)
    for person in (cast.lan, cast.member):
        assert queries(site, as_, person, path) <= MOST_QUERIES
    page = as_(cast.member).visit(path)
    assert "Only mine to see." in page.main
    assert len(page.soup.select("li.comment")) == 41
    assert len(page.soup.select("li.comment a[href$='/edit']")) == 21


# Small promises.


def test_only_active_people_submit_and_the_others_keep_their_draft(site: Site, cast: Cast, as_: As) -> None:
    for person in (cast.unconfirmed, cast.suspended):
        fields = {
            "form_id": "form-of-a-test",
            "title": "A",
            "body": BODY,
            "language": "en",
            "topic": "family",
            "action": "submit",
        }
        answer = as_(person).post("/stories/new", fields)
        assert answer.status in (302, 403)
        assert site.value("SELECT count(*) FROM contribution WHERE state <> 'draft'") == 0
    assert site.value("SELECT count(*) FROM revision WHERE state = 'draft'") == 2


def test_comments_of_trusted_members_are_live_at_once_through_the_page(
    cast: Cast, make: Factory, as_: As, site: Site
) -> None:
    number = make.live_story(cast.member)
    for _ in range(5):
        make.live_story()
    as_(cast.lan).visit(f"/stories/{number}").submit("form.comment-form", body="Live at once.")
    assert "Live at once." in as_(None).visit(f"/stories/{number}").main
    as_(cast.moderator).visit(f"/stories/{number}").submit("form.comment-form", body="Not yet.")
    assert "Not yet." not in as_(None).visit(f"/stories/{number}").main


def test_the_language_filter_never_drops_stories_silently(cast: Cast, make: Factory, as_: As) -> None:
    for language in ("id", "id", "ar"):
        make.live_story(text=wording("Hidden by language", language=language))
    page = as_(cast.lan).visit("/stories")
    assert "Hidden by language" not in page.main
    assert re.search(r"\b3\b", page.main)
    assert page.has('main a[href*="language=all"]')
    assert "Hidden by language" in as_(cast.lan).visit("/stories?language=all").main


def test_user_text_carries_its_language_and_direction(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story(
        text=wording("طريق البحر", "ذهبنا إلى البحر في الصباح الباكر مع الأولاد.", language="ar")
    )
    page = as_(None).visit(f"/stories/{number}")
    prose = page.soup.select_one(".prose[lang=ar][dir=auto]")
    assert prose is not None
    assert page.soup.select_one("h1[lang=ar][dir=auto]") is not None
    assert any(cast.lan.display_name in bdi.get_text() for bdi in page.soup.select("bdi"))


def test_hidden_reasons_reach_the_author_only(cast: Cast, make: Factory, as_: As) -> None:
    number = make.waiting_story()
    make.decide(number, Outcome.REFUSE, explanation="It advertises a workshop.")
    status = as_(cast.lan).visit(f"/contributions/{number}/status")
    assert "It advertises a workshop." in status.main
    assert cast.moderator.display_name not in status.main
    assert as_(cast.member).get(f"/contributions/{number}/status").status == 404
    assert "It advertises a workshop." not in as_(None).visit("/transparency").main
