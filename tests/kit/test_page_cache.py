"""Pages kept in memory: quick, conditional, compressed, and never shown once what they show has changed."""

import gzip
from collections.abc import Callable

import pytest
from werkzeug.http import parse_date

from community.contributions import actions
from community.contributions.models import RevisionState
from community.kit.page_cache import PageCache
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As, MakeSite
from tests.factories.contributions import Factory, contribution, wording
from tests.helpers.browser import Browser
from tests.helpers.site import Site

TITLE = "Over the pass"
PUBLIC = (
    "/",
    "/stories",
    "/countries",
    "/countries/VN",
    "/topics/journeys",
    "/about",
    "/guidelines",
    "/privacy",
    "/transparency",
)


def test_the_second_visit_asks_the_pulse_only(site: Site, make: Factory, as_: As) -> None:
    make.live_story()
    browser = as_(None)
    first = browser.get("/stories")
    with site.count_queries() as counted:
        second = as_(None).get("/stories")
    assert (counted.statements, counted.pulse_reads) == ([], 1)
    assert first.html == second.html


@pytest.mark.parametrize("path", PUBLIC)
def test_visitors_get_no_cookie_and_a_page_that_can_be_asked_for_again(
    make: Factory, cast: Cast, as_: As, path: str
) -> None:
    make.live_story()
    answer = as_(None).get(path).response
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["ETag"]
    assert parse_date(answer.headers["Last-Modified"])
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= {
        v.strip() for v in answer.headers["Vary"].split(",")
    }


@pytest.mark.parametrize("path", ["/", "/stories", "/stories/{story}/over-the-pass", "/members/{lan}"])
def test_what_has_not_changed_is_not_sent_again(make: Factory, cast: Cast, as_: As, path: str) -> None:
    path = path.format(story=make.live_story(), lan=cast.lan.handle)
    first = as_(None).get(path).response
    by_tag = as_(None).get(path, If_None_Match=first.headers["ETag"])
    by_date = as_(None).get(path, If_Modified_Since=first.headers["Last-Modified"])
    for answer in (by_tag, by_date):
        assert (answer.status, answer.html) == (304, "")
        assert answer.response.headers["ETag"] == first.headers["ETag"]
        assert "Content-Security-Policy" in answer.response.headers
    assert as_(None).get(path, If_None_Match='"another"').status == 200


def test_a_change_makes_another_tag(make: Factory, as_: As) -> None:
    make.live_story()
    first = as_(None).get("/stories").response
    make.live_story()
    answer = as_(None).get("/stories", If_None_Match=first.headers["ETag"])
    assert answer.status == 200
    assert answer.response.headers["ETag"] != first.headers["ETag"]


def test_head_is_get_without_the_body(make: Factory, as_: As) -> None:
    make.live_story()
    for _ in range(2):  # drawn, then kept
        head = as_(None).client.head("/stories", base_url="http://localhost")
        full = as_(None).get("/stories").response
        assert head.get_data() == b""
        assert head.status_code == 200
        for name in ("Content-Length", "ETag", "Content-Type"):
            assert head.headers[name] == full.headers[name]


def test_gzip_for_those_who_ask(make: Factory, as_: As) -> None:
    make.live_story()
    plain = as_(None).get("/stories").response
    packed = as_(None).get("/stories", Accept_Encoding="br, gzip").response
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert int(packed.headers["Content-Length"]) == len(packed.get_data()) < len(plain.get_data())


Gone = Callable[[Factory, Site, Cast, int], None]


def hide(make: Factory, _site: Site, _cast: Cast, number: int) -> None:
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)


def withdraw(_make: Factory, site: Site, cast: Cast, number: int) -> None:
    with site.writing():
        actions.withdraw(contribution(number), by=cast.lan.account())


@pytest.mark.parametrize("remove", [hide, withdraw])
def test_what_is_taken_away_is_gone_from_every_page_of_every_worker_at_once(
    make_site: MakeSite, remove: Gone
) -> None:
    """Two applications stand for two workers: each with its own memory, warmed by visitors and by members."""
    workers = [make_site(), make_site()]
    cast = Cast(workers[0])
    make = Factory(workers[0], cast)
    number = make.live_story()
    make.comment(number)
    address = f"/stories/{number}/over-the-pass"
    pages = [
        "/",
        "/stories",
        "/stories?sort=loved",
        "/countries/VN",
        "/topics/journeys",
        f"/members/{cast.lan.handle}",
        address,
    ]
    readers = [
        reader
        for worker in workers
        for reader in (
            Browser(worker),
            Browser(worker).enter_as(cast.member),
            Browser(worker).enter_as(cast.moderator),
        )
    ]
    for _ in range(2):
        assert all(TITLE in reader.visit(page).html for reader in readers for page in pages)
    remove(make, workers[0], cast, number)
    for reader in readers:
        for page in pages:
            answer = reader.get(page)
            assert TITLE not in answer.html, page
            assert answer.status == (404 if page == address else 200), page


def test_a_hidden_comment_is_gone_from_every_worker_at_once(make_site: MakeSite) -> None:
    workers = [make_site(), make_site()]
    cast = Cast(workers[0])
    make = Factory(workers[0], cast)
    number = make.live_story()
    comment = make.comment(number, body="Gone tomorrow.")
    address = f"/stories/{number}/over-the-pass"
    readers = [
        reader for worker in workers for reader in (Browser(worker), Browser(worker).enter_as(cast.lan))
    ]
    assert all("Gone tomorrow." in reader.visit(address).html for reader in readers)
    make.decide(comment, Outcome.HIDE, on=RevisionState.LIVE)
    assert not any("Gone tomorrow." in reader.visit(address).html for reader in readers)


def test_new_words_appear_for_every_worker_at_once(make_site: MakeSite) -> None:
    workers = [make_site(), make_site()]
    cast = Cast(workers[0])
    make = Factory(workers[0], cast)
    number = make.live_story()
    readers = [
        reader for worker in workers for reader in (Browser(worker), Browser(worker).enter_as(cast.member))
    ]
    for reader in readers:
        reader.visit(f"/stories/{number}")
    make.edit_waiting(number, wording("Another title", "Another text, approved by a moderator."))
    assert all("Another title" not in reader.visit(f"/stories/{number}").html for reader in readers)
    make.decide(number)
    for reader in readers:
        page = reader.visit(f"/stories/{number}")
        assert "Another text, approved" in page.main
        assert page.path.endswith("/another-title")


def test_a_changed_name_appears_at_once(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    assert cast.lan.display_name in as_(None).visit(f"/stories/{number}").main
    as_(cast.lan).visit("/account/settings").submit(display_name="Lan of the pass")
    assert "Lan of the pass" in as_(None).visit(f"/stories/{number}").main
    assert "Lan of the pass" in as_(cast.member).visit(f"/stories/{number}").main


def test_nothing_of_a_member_is_shown_to_anybody_else(cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    waiting = make.comment(number, body="Only I see this yet.", is_trusted=False)
    address = f"/stories/{number}"
    own = as_(cast.member).visit(address)
    assert "Only I see this yet." in own.main
    assert own.response.headers["Cache-Control"].startswith("private")
    for somebody in (None, cast.lan, cast.moderator):
        page = as_(somebody).visit(address)
        assert "Only I see this yet." not in page.main
        assert f"comment-{waiting}" not in page.html
        assert cast.member.display_name not in page.main
    assert "Only I see this yet." in as_(cast.member).visit(address).main


def test_reactions_are_marked_for_their_own_reader(cast: Cast, make: Factory, as_: As, site: Site) -> None:
    number = make.live_story()
    comment = make.comment(number, cast.lan)
    with site.writing():
        actions.react(contribution(comment), by=cast.member.account())
    address, pressed = f"/stories/{number}", f"#comment-{comment} button[aria-pressed=true]"
    assert as_(cast.member).visit(address).has(pressed)
    assert not as_(cast.moderator).visit(address).has(pressed)
    assert as_(cast.member).visit(address).has(pressed)


def test_languages_are_kept_apart(make: Factory, as_: As) -> None:
    make.live_story()
    for _ in range(2):
        assert as_(None).get("/stories", Accept_Language="ar").language == "ar"
        assert as_(None).get("/stories", Accept_Language="id").language == "id"
        assert as_(None).get("/stories").language == "en"


def test_a_chosen_language_is_remembered_and_that_answer_is_nobody_elses(as_: As) -> None:
    browser = as_(None)
    chosen = browser.get("/stories?ui=ar")
    assert "ui=ar" in chosen.response.headers["Set-Cookie"]
    assert browser.get("/stories").language == "ar"
    other = as_(None).get("/stories?ui=ar")
    assert "ui=ar" in other.response.headers["Set-Cookie"]
    for answer in (chosen, other):
        assert answer.response.headers["Cache-Control"] == "private, no-cache"
    again = browser.get("/stories?ui=ar").response
    assert "Set-Cookie" not in again.headers
    assert again.headers["Cache-Control"] == "public, no-cache"


def test_a_page_chosen_by_its_address_is_drawn_once_for_all_who_choose_it(
    site: Site, make: Factory, as_: As
) -> None:
    make.live_story()
    first = as_(None).get("/stories?ui=zh-CN", Accept_Language="de")
    with site.count_queries() as counted:
        second = as_(None).get("/stories?ui=zh-CN", Cookie="seen=1")
    assert (counted.statements, counted.pulse_reads) == ([], 1)
    assert first.language == second.language == "zh-Hans"
    assert first.html == second.html
    assert all("ui=zh;" in answer.response.headers["Set-Cookie"] for answer in (first, second))


def test_a_choice_goes_with_answers_that_are_not_kept_too(as_: As) -> None:
    missing = as_(None).get("/nowhere?ui=tr")
    assert (missing.status, missing.language) == (404, "tr")
    assert "ui=tr;" in missing.response.headers["Set-Cookie"]


def test_pages_say_which_language_they_are_in(as_: As) -> None:
    for path in ("/about", "/about", "/transparency.atom", "/account/login", "/nowhere"):
        answer = as_(None).get(path, Accept_Language="pt-PT").response
        assert answer.headers["Content-Language"] == "pt-BR"
        assert {"Cookie", "Accept-Language"} <= {v.strip() for v in answer.headers["Vary"].split(",")}


def test_memory_has_an_end(make_site: MakeSite) -> None:
    site = make_site(page_cache_bytes=60_000)
    for number in range(40):
        assert Browser(site).get(f"/stories?country=VN&x={number}").status == 200
    cache = next(layer for layer in _layers(site.app.wsgi_app) if isinstance(layer, PageCache))
    assert 0 < cache._bytes <= 60_000
    assert cache._bytes == sum(kept.size for kept in cache._kept.values())


def _layers(layer: object) -> list[object]:
    found = [layer]
    while True:
        inner = getattr(found[-1], "_app", None) or getattr(found[-1], "application", None)
        if inner is None:
            return found
        found.append(inner)
