"""Photos at the desk: seen with what is said of them, reported one by one, and named in statements of reasons."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest

from community.contributions.models import Picture, Pictures, RevisionState
from community.moderation.models import Outcome
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, wording
from tests.factories.photos import Photos
from tests.helpers.browser import Page
from tests.helpers.reports import GIVEN, OF_A_MEMBER, letters_to, reference, words_of
from tests.helpers.site import Site
from tests.moderation.appealing import appealed, path_of
from tests.moderation.desking import review_path

FILE = re.compile(r"/photos/[0-9a-f]{16}/\d+\.(?:avif|webp)")
OTHER = "Other words on another pass, where it did not rain at all."
Several = Callable[[int], Pictures]


@pytest.fixture
def several(cast: Cast, photos: Photos) -> Several:
    return lambda number: photos.several(cast.lan, number)


def files(page: Page) -> set[str]:
    return set(FILE.findall(page.html))


def figures(page: Page, where: str = "main") -> list[str]:
    return [str(image["alt"]) for image in page.soup.select(f"{where} .photo-figure .photo-image")]


def statuses(as_: As, person: Person | None, paths: set[str]) -> set[int]:
    browser = as_(person)
    return {browser.get(path).status for path in paths}


# The review


def test_a_moderator_sees_each_photo_where_it_will_stand_and_reads_what_is_said_of_it(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    pictures = several(4)
    body = f"Read this first.\n\n![](photo:{pictures[2].key})\n\nAnd that is all of it."
    number = make.waiting_story(text=wording(body=body, pictures=pictures))
    page = as_(cast.moderator).visit(review_path(site, number))
    assert figures(page, ".review-text") == ["What 1 shows", "What 3 shows", "What 2 shows", "What 4 shows"]
    assert figures(page, ".prose") == ["What 3 shows"]
    for n in range(1, 5):
        assert page.main.count(f"For those who do not see it: What {n} shows") == 1
        assert page.main.count(f"Caption: Caption {n}") == 1
    assert not page.has(".review-cover, figure .photo-report")
    assert statuses(as_, cast.moderator, files(page)) == statuses(as_, cast.lan, files(page)) == {200}
    for stranger in (None, cast.member, cast.unconfirmed):
        assert statuses(as_, stranger, files(page)) == {404}
    assert as_(cast.member).get(review_path(site, number)).status == 404


def test_of_a_change_it_says_what_became_of_each_photo(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    one, two, three, four = several(4)
    number = make.live_story(text=wording(pictures=(one, two, three)))
    changed = (one._replace(alt="A lorry", caption=""), four, two)
    make.edit_waiting(number, wording(body=f"{OTHER}\n\n![](photo:{two.key})", pictures=changed))
    page = as_(cast.moderator).visit(review_path(site, number))
    told = [" ".join(line.get_text(" ").split()) for line in page.soup.select(".photo-diff > li")]
    assert told == [
        "Photo with new words For those who do not see it: What 1 shows A lorry Caption: Caption 1",
        "New photo For those who do not see it: What 4 shows Caption: Caption 4",
        "Photo moved For those who do not see it: What 2 shows Caption: Caption 2",
        "Photo taken out For those who do not see it: What 3 shows Caption: Caption 3",
    ]
    assert [mark.get_text() for mark in page.soup.select(".photo-diff del, .photo-diff ins")] == [
        *("What 1 shows", "A lorry", "Caption 1"),
        *("What 4 shows", "Caption 4"),
        *("What 3 shows", "Caption 3"),
    ]
    assert "[Photo: What 2 shows]" in page.main
    assert "photo:" not in page.main
    assert statuses(as_, cast.moderator, files(page)) == {200}


def test_photos_that_stay_as_they_are_are_counted(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    pictures = several(2)
    number = make.live_story(text=wording(pictures=pictures))
    make.edit_waiting(number, wording(body=OTHER, pictures=pictures))
    page = as_(cast.moderator).visit(review_path(site, number))
    assert "2 photos are the same." in page.main
    assert not page.has(".photo-diff")


def test_a_text_without_photos_speaks_of_none(site: Site, cast: Cast, make: Factory, as_: As) -> None:
    number = make.live_story()
    make.edit_waiting(number, wording(body=OTHER))
    page = as_(cast.moderator).visit(review_path(site, number))
    assert page.has(".review-cover svg")
    assert not page.has(".photo, .viewer")
    assert "photo" not in page.main


def test_the_review_costs_the_same_with_one_photo_and_with_twelve(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    numbers = [make.live_story(text=wording(pictures=several(n))) for n in (2, 1, 12)]
    for number in numbers:
        make.edit_waiting(number, wording(body=OTHER, pictures=several(len(files_of(site, number)))))
    browser, costs = as_(cast.moderator), []
    for number in numbers:
        path = review_path(site, number)
        with site.count_queries() as counted:
            assert browser.get(path).status == 200
        costs.append(counted.total)
    assert costs[1] == costs[2]


def files_of(site: Site, number: int) -> list[object]:
    return list(site.rows("SELECT key FROM photo WHERE contribution_id = :n", n=number))


def test_the_queue_and_the_checks_say_how_many(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    make.trusted(cast.lan)
    some = make.waiting_story(text=wording("Three of them", OTHER, pictures=several(3)))
    make.waiting_story(text=wording("One of them", "A third text on a third road.", pictures=several(1)))
    make.waiting_story(text=wording("None of them", "A fourth text on a fourth road."))
    page = as_(cast.moderator).visit("/moderation?language=all&country=all")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select(".queue tbody tr")]
    said = {
        title: row
        for row in rows
        for title in ("Three of them", "One of them", "None of them")
        if title in row
    }
    assert "3 photos belong to it." in said["Three of them"]
    assert " 3 photos " in said["Three of them"].partition("belong")[2]
    assert "1 photo belongs to it." in said["One of them"]
    assert "photo" not in said["None of them"]
    assert "3 photos belong to it." in as_(cast.moderator).visit(review_path(site, some)).main


# Reports


def photo_report(as_: As, number: int, person: Person | None, alt: str) -> Page:
    """The form that the link under a photo of the story's page leads to."""
    page = as_(person).visit(f"/stories/{number}")
    for figure in page.soup.select(".photo-figure"):
        image, link = figure.select_one(".photo-image"), figure.select_one(".photo-report")
        if image and link and image["alt"] == alt:
            return page.browser.visit(str(link["href"]))
    raise AssertionError(f"no link to report {alt!r}")


def test_a_visitor_reports_one_photo_by_its_exact_address(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    pictures = several(3)
    number = make.live_story(text=wording(pictures=pictures))
    form = photo_report(as_, number, None, "What 2 shows")
    assert "Report a photo" in form.main
    address = f"http://localhost/photos/{pictures[1].key}/96.webp"
    assert form.has(f'#address[value="{address}"]')
    assert form.has("img[alt='What 2 shows']")
    receipt = form.submit(**GIVEN)
    assert reference(receipt)
    assert address in receipt.main
    (letter,) = letters_to(site, "ann@example.test")
    assert reference(receipt) in words_of(letter)
    for path in (review_path(site, number, RevisionState.LIVE), "/moderation/reports"):
        page = as_(cast.moderator).visit(path)
        shown = page.soup.select(".reported-photo .photo-image")
        assert len(shown) == 1
        assert f"/photos/{pictures[1].key}/" in str(shown[0]["src"])
        assert "It is about this photo." in page.main


def test_each_photo_can_be_reported_for_the_same_reason_and_each_once(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    number = make.live_story(text=wording(pictures=several(2)))
    for person, fields in ((None, GIVEN), (cast.member, OF_A_MEMBER)):
        for alt in ("What 1 shows", "What 2 shows"):
            assert reference(photo_report(as_, number, person, alt).submit(**fields))
        whole = as_(person).visit(f"/contributions/{number}/reports").submit(**fields)
        assert reference(whole)
        assert "/photos/" not in whole.main
        again = photo_report(as_, number, person, "What 2 shows").submit(**fields)
        assert again.status == 409
        assert again.form("main form").values()["explanation"] == fields["explanation"]
        assert again.has("img[alt='What 2 shows']")
    assert site.value("SELECT count(*) FROM report") == 6
    assert site.value("SELECT report_count FROM review WHERE closed_at IS NULL") == 6
    page = as_(cast.moderator).visit(review_path(site, number, RevisionState.LIVE))
    assert len(page.soup.select(".reported-photo")) == 4


@pytest.mark.parametrize("key", ["0" * 16, "x", "a\0b", "' OR 1=1", "\ud7ff"])
def test_what_is_no_photo_of_the_story_means_the_story(
    site: Site, make: Factory, several: Several, as_: As, key: str
) -> None:
    number = make.live_story(text=wording(pictures=several(1)))
    browser = as_(None)
    form = browser.visit(f"/contributions/{number}/reports")
    assert "photo" not in form.form("main form").names()
    sent = {**form.form("main form").values(), **GIVEN, "photo": key}
    assert browser.send(form.path, list(sent.items())).status == 302
    assert site.value("SELECT reporter_key FROM report").count("photo") == 0


def test_a_report_is_about_the_photo_its_reporter_had_before_them(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    pictures = several(2)
    number = make.live_story(text=wording(pictures=pictures))
    form = photo_report(as_, number, cast.member, "What 2 shows")
    make.edit_waiting(number, wording(body=OTHER, pictures=pictures[:1]))
    make.decide(number)
    receipt = form.submit(**OF_A_MEMBER)
    assert reference(receipt)
    assert (
        site.value("SELECT reporter_key FROM report") == f"account:{cast.member.id} photo:{pictures[1].key}"
    )
    assert pictures[1].key in as_(cast.moderator).visit("/moderation/reports").html
    assert as_(cast.member).get(f"/photos/{pictures[1].key}/96.webp").status == 404
    late = as_(None).visit(f"/contributions/{number}/reports?photo={pictures[1].key}")
    assert "Report a photo" not in late.main
    assert not late.has("main img, [name=photo]")


# Statements of reasons, and appeals against them


@pytest.mark.parametrize(("number_of", "expected"), [(2, ["TEXT", "IMAGE"]), (0, ["TEXT"])])
@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.REFUSE, Outcome.LOCK])
def test_a_statement_says_that_photos_are_restricted_too(
    site: Site,
    cast: Cast,
    make: Factory,
    several: Several,
    as_: As,
    outcome: Outcome,
    number_of: int,
    expected: list[str],
) -> None:
    text = wording(pictures=several(number_of))
    waits = outcome is Outcome.REFUSE
    number = make.waiting_story(text=text) if waits else make.live_story(text=text)
    make.decide(number, outcome, on=RevisionState.WAITING if waits else RevisionState.LIVE)
    kinds = [f"CONTENT_TYPE_{name}" for name in expected]
    desk = as_(cast.moderator)
    (row,) = json.loads(desk.get("/moderation/statements.json").html)["statements"]
    assert row["content_type"] == kinds
    (line,) = csv.DictReader(io.StringIO(desk.get("/moderation/statements.csv").html))
    assert json.loads(line["content_type"]) == kinds
    words = "A text and its photos." if number_of else "A text."
    page = as_(cast.lan).visit(f"/contributions/{number}/status").follow("Statement of reasons")
    letter = letters_to(site, cast.lan.email)[-1]
    for said in (page.main, words_of(letter)):
        assert f"What kind of content {words}" in " ".join(said.replace("*", " ").split())


def test_the_evidence_of_an_appeal_stays_for_its_author_and_the_desk(
    site: Site, cast: Cast, make: Factory, several: Several, as_: As
) -> None:
    number = make.live_story(text=wording(pictures=several(2)))
    hidden = make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    path = path_of(site, hidden)
    appealed(as_(cast.lan), path)
    own, status = as_(cast.lan).visit(path), as_(cast.lan).visit(f"/contributions/{number}/status")
    judge = as_(cast.other_moderator)
    judged = judge.visit("/moderation/appeals").follow("main a[href^='/moderation/appeals/']")
    for page in (own, status, judged):
        assert figures(page) == ["What 1 shows", "What 2 shows"]
    assert "For those who do not see it: What 2 shows" in judged.main
    assert statuses(as_, cast.lan, files(own)) == statuses(as_, cast.other_moderator, files(judged)) == {200}
    signed_out = as_(None).visit(path)
    assert signed_out.status == 200
    assert not files(signed_out)
    assert "You see its photos here when you are signed in." in signed_out.main
    assert statuses(as_, None, files(own)) == statuses(as_, cast.member, files(own)) == {404}


def test_a_refused_photo_is_seen_by_its_author_and_the_desk_alone(
    site: Site, cast: Cast, make: Factory, photos: Photos, as_: As
) -> None:
    picture = Picture(photos.ready(cast.lan), "A road")
    number = make.waiting_story(text=wording(pictures=(picture,)))
    path = review_path(site, number)
    make.decide(number, Outcome.REFUSE)
    shown = files(as_(cast.moderator).visit(path))
    assert shown
    assert statuses(as_, cast.moderator, shown) == statuses(as_, cast.lan, shown) == {200}
    assert statuses(as_, None, shown) == statuses(as_, cast.member, shown) == {404}
