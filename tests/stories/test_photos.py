"""Photos of a story where it is read: on its page, in lists, while it is written; and for whom they are there."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from community.contributions.actions import Wording, withdraw
from community.contributions.models import Picture, Pictures, RevisionState
from community.kit.errors import Invalid
from community.moderation.models import Outcome
from community.stories import actions as stories
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, form_id, story, wording
from tests.factories.photos import Photos
from tests.helpers.browser import Page
from tests.helpers.site import Site

FILE = re.compile(r"/photos/[0-9a-f]{16}/\d+\.(?:avif|webp)")
LARGE = (1700, 110)
Tell = Callable[..., int]


@pytest.fixture
def tell(cast: Cast, make: Factory, photos: Photos) -> Tell:
    """A live story by Lan with so many photos; ``placed`` of them, counted from 0, stand in its text."""

    def told(number: int, *placed: int, size: tuple[int, int] = (96, 64)) -> int:
        pictures = photos.several(cast.lan, number, size=size)
        return make.live_story(text=with_places(pictures, *placed))

    return told


def with_places(pictures: Pictures, *placed: int) -> Wording:
    parts = ["We drove.", *(f"![](photo:{pictures[one].key})" for one in placed), "We came home, all of us."]
    return wording(body="\n\n".join(parts), pictures=pictures)


def files(page: Page) -> set[str]:
    """The address of every photo's file the page names."""
    return set(FILE.findall(page.html))


def figures(page: Page, where: str) -> list[str]:
    """What stands there, by the alternative texts."""
    return [str(image["alt"]) for image in page.soup.select(f"{where} .photo-figure .photo-image")]


def edited(make: Factory, db: Site, number: int, pictures: Pictures) -> None:
    make.edit_waiting(number, wording(body="Other words, and other photos with them.", pictures=pictures))


# Where they stand


def test_the_first_is_the_cover_the_placed_ones_stand_in_the_text_the_rest_follows(
    as_: As, tell: Tell
) -> None:
    page = as_(None).visit(f"/stories/{tell(5, 3, 1)}")
    assert figures(page, ".story-cover") == ["What 1 shows"]
    assert figures(page, ".prose-story") == ["What 4 shows", "What 2 shows"]
    assert figures(page, ".gallery") == ["What 3 shows", "What 5 shows"]
    assert [one.get_text(strip=True) for one in page.soup.select(".gallery [data-view-caption]")] == [
        "Caption 3",
        "Caption 5",
    ]
    assert not page.has("svg.cover")


def test_a_first_photo_with_a_place_is_not_shown_twice(as_: As, tell: Tell) -> None:
    page = as_(None).visit(f"/stories/{tell(2, 0)}")
    assert figures(page, ".prose-story") == ["What 1 shows"]
    assert figures(page, ".gallery") == ["What 2 shows"]
    assert not page.has(".story-cover")


def test_a_place_counts_once_and_only_for_the_storys_own_photos(
    cast: Cast, make: Factory, photos: Photos, as_: As
) -> None:
    mine, other = photos.several(cast.lan, 2)
    body = f"![](photo:{other.key})\n\n![](photo:{mine.key})\n\nTwice.\n\n![](photo:{mine.key})"
    page = as_(None).visit(f"/stories/{make.live_story(text=wording(body=body, pictures=(mine,)))}")
    assert figures(page, "main") == ["What 1 shows"]
    assert other.key not in page.html


def test_a_story_without_photos_has_its_drawn_cover_and_no_viewer(as_: As, make: Factory) -> None:
    page = as_(None).visit(f"/stories/{make.live_story()}")
    assert page.has(".story-cover svg.cover")
    assert not page.has(".viewer, .gallery, .photo, meta[property='og:image']")


def test_every_photo_says_its_size_and_its_words_and_only_the_cover_is_in_a_hurry(
    as_: As, tell: Tell
) -> None:
    page = as_(None).visit(f"/stories/{tell(3, 1, size=LARGE)}")
    shown = page.soup.select(".photo-image")
    assert [image.get("loading") for image in shown] == [None, "lazy", "lazy"]
    assert [image.get("fetchpriority") for image in shown] == ["high", None, None]
    for image in shown:
        assert (image["width"], image["height"], image["lang"]) == ("1700", "110", "en")
        assert re.findall(r" (\d+)w", str(image["srcset"])) == ["320", "800", "1600"]
        assert image["sizes"]
        hint = image.find_previous("img", class_="photo-hint")
        assert hint is not None
        assert str(hint["src"]).startswith("data:image/png;base64,")
        assert hint["alt"] == ""


def test_without_a_script_each_leads_to_its_large_file(as_: As, tell: Tell) -> None:
    browser = as_(None)
    page = browser.visit(f"/stories/{tell(2, size=LARGE)}")
    for link in page.soup.select("a[data-view]"):
        assert str(link["href"]).endswith("/1600.webp")
        assert browser.get(str(link["href"])).status == 200


def test_who_links_to_it_shows_its_first_photo(site: Site, as_: As, tell: Tell) -> None:
    page = as_(None).visit(f"/stories/{tell(2, 0, size=LARGE)}")
    told = {str(one["property"]): str(one["content"]) for one in page.soup.select("meta[property^='og:']")}
    assert told["og:image"].startswith("http://localhost/photos/")
    assert (told["og:image:width"], told["og:image:height"]) == ("1600", "104")
    assert told["og:image:alt"] == "What 1 shows"
    assert as_(None).get(told["og:image"].removeprefix("http://localhost")).status == 200


def test_nothing_that_is_said_of_a_photo_becomes_markup(
    cast: Cast, make: Factory, photos: Photos, as_: As
) -> None:
    nasty = '"><script>alert(1)</script>'
    picture = Picture(photos.ready(cast.lan), nasty, nasty)
    page = as_(None).visit(f"/stories/{make.live_story(text=wording(pictures=(picture,)))}")
    assert figures(page, "main") == [nasty]
    assert not page.has("main script")


# What it costs


def test_a_page_costs_the_same_with_one_photo_and_with_twelve(
    site: Site, cast: Cast, as_: As, tell: Tell
) -> None:
    numbers = [tell(2), tell(1), tell(12, 3, 7)]
    readers = [as_(person) for person in (None, cast.member, cast.lan, cast.unconfirmed, cast.moderator)]
    paths = [as_(None).get(f"/stories/{number}").location for number in numbers]
    for browser in readers:
        browser.visit("/account/login")
        costs = []
        for path in paths:
            with site.count_queries() as counted:
                assert len(files(browser.get(path))) in (2, 4, 24)
            costs.append(counted.total)
        # The first is the first page of all of its kind, and learns what topics there are.
        assert costs[1] == costs[2]


def test_a_visitors_page_is_kept_and_a_members_is_drawn_once_for_many(
    site: Site, cast: Cast, as_: As, tell: Tell
) -> None:
    path = as_(None).get(f"/stories/{tell(3)}").location
    first, second = as_(cast.join("Ana", "BR", "pt")), as_(cast.join("Ben", "DE", "de"))
    seen = [files(browser.visit(path)) for browser in (as_(None), first)]
    with site.count_queries() as counted:
        assert files(as_(None).get(path)) == seen[0]
        assert files(second.get(path)) == seen[1]
    assert not [one for one in counted.statements if "photo" in one]


@pytest.mark.parametrize("path", ["/", "/stories", "/countries/VN", "/topics/journeys", "/members/{lan}"])
def test_a_list_asks_once_for_all_its_covers(
    site: Site, cast: Cast, as_: As, make: Factory, tell: Tell, path: str
) -> None:
    make.live_story()
    for number in (3, 6):
        for _ in range(3):
            tell(2)
        with site.count_queries() as counted:
            page = as_(cast.moderator).get(path.format(lan=cast.lan.handle))
        assert len([one for one in counted.statements if "FROM photo" in one]) == 1
        assert len(page.soup.select(".card .photo-image")) == number
        assert page.has(".card-cover > svg.cover")


def test_a_card_shows_the_first_photo_small(as_: As, tell: Tell) -> None:
    tell(2, 0, size=LARGE)
    image = as_(None).visit("/stories").soup.select_one(".card .photo-image")
    assert image is not None
    assert re.findall(r" (\d+)w", str(image["srcset"])) == ["320", "800"]
    assert (image["alt"], image["lang"]) == ("What 1 shows", "en")


# Who may see them


def test_they_are_gone_for_others_with_their_story_at_every_size_and_back_with_it(
    site: Site, cast: Cast, as_: As, make: Factory, tell: Tell
) -> None:
    number = tell(2, 1, size=LARGE)
    visitor, reader = as_(None), as_(cast.member)
    known = {path: visitor.get(path) for path in files(visitor.visit(f"/stories/{number}"))}
    assert len(known) == 2 * 3 * 2
    assert {page.status for page in known.values()} == {200}

    def answers(browser: object) -> set[int]:
        tags = {path: page.response.headers["ETag"] for path, page in known.items()}
        return {
            page.status
            for path, tag in tags.items()
            for page in (browser.get(path), browser.get(path, If_None_Match=tag))  # type: ignore[attr-defined]
        }

    assert answers(visitor) == answers(reader) == {200, 304}
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert answers(visitor) == answers(reader) == {404}
    assert 404 not in answers(as_(cast.lan)) | answers(as_(cast.moderator))
    make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
    assert answers(visitor) == answers(reader) == {200, 304}
    with site.writing():
        withdraw(contribution(number), by=cast.lan.account())
    assert answers(visitor) == answers(reader) == {404}
    assert 404 not in answers(as_(cast.lan))


def test_a_new_photo_waits_with_its_text_and_an_old_one_goes_with_it(
    db: Site, cast: Cast, as_: As, make: Factory, photos: Photos
) -> None:
    old, kept, new = (Picture(photos.ready(cast.lan, look=look), "A road") for look in range(3))
    number = make.live_story(text=wording(pictures=(old, kept)))

    def seen(person: Person | None) -> list[int]:
        return [as_(person).get(f"/photos/{one.key}/96.webp").status for one in (old, kept, new)]

    assert seen(None) == [200, 200, 404]
    edited(make, db, number, (kept, new))
    assert seen(None) == seen(cast.member) == [200, 200, 404]
    assert seen(cast.moderator) == seen(cast.lan) == [200, 200, 200]
    make.decide(number)
    assert seen(None) == seen(cast.member) == [404, 200, 200]
    assert seen(cast.lan) == [200, 200, 200]


def test_its_author_is_not_asked_to_report_their_own(cast: Cast, as_: As, make: Factory, tell: Tell) -> None:
    number = tell(3, 1)
    make.comment(number)
    for person, reports in (
        (None, 3),
        (cast.member, 3),
        (cast.suspended, 3),
        (cast.moderator, 3),
        (cast.lan, 0),
    ):
        page = as_(person).visit(f"/stories/{number}")
        assert len(page.soup.select("figure .photo-report")) == reports
        assert len(figures(page, "main")) == 3


# While it is written


def test_its_author_sees_them_while_it_waits(cast: Cast, as_: As, make: Factory, photos: Photos) -> None:
    pictures = photos.several(cast.lan, 3)
    number = make.waiting_story(text=with_places(pictures, 2))
    page = as_(cast.lan).visit(f"/contributions/{number}/status")
    assert figures(page, ".as-sent") == ["What 1 shows", "What 3 shows", "What 2 shows"]
    assert {as_(cast.lan).get(path).status for path in files(page)} == {200}
    assert {as_(None).get(path).status for path in files(page)} == {404}


def test_a_draft_is_shown_as_it_would_be_sent(cast: Cast, as_: As, make: Factory, photos: Photos) -> None:
    pictures = (*photos.several(cast.lan, 2), Picture(photos.waiting(cast.lan), "Not there yet"))
    number = make.draft_story(text=with_places(pictures, 1))
    page = as_(cast.lan).visit(f"/contributions/{number}/status")
    assert figures(page, ".as-sent") == ["What 1 shows", "What 2 shows"]
    assert "1 photo cannot be shown yet." in page.main


def preview(as_: As, person: Person, pictures: Pictures, **fields: str) -> Page:
    sent = {"title": "A road", "body": "We drove.", "language": "en", **fields}
    for place, picture in enumerate(pictures):
        sent |= {f"pictures-{place}-{name}": value for name, value in picture._asdict().items()}
    return as_(person).post("/stories/preview", sent)


def test_the_preview_shows_what_is_typed_and_leads_nowhere(cast: Cast, as_: As, photos: Photos) -> None:
    pictures = photos.several(cast.lan, 3)
    body = f"We drove a while.\n\n![](photo:{pictures[2].key})"
    page = preview(as_, cast.lan, pictures, body=body)
    assert figures(page, "article") == ["What 1 shows", "What 3 shows", "What 2 shows"]
    assert figures(page, ".prose") == ["What 3 shows"]
    assert "3 words" not in page.text
    assert "4 words" in page.text
    assert not page.has("a, .viewer")


def test_the_preview_shows_nobody_a_photo_that_is_not_theirs(cast: Cast, as_: As, photos: Photos) -> None:
    pictures = photos.several(cast.lan, 1)
    page = preview(as_, cast.member, pictures)
    assert page.status == 200
    assert not page.has("img")
    assert "1 photo cannot be shown yet." in page.text
    assert preview(as_, cast.member, (pictures[0]._replace(key="../../etc/passwd"),)).status == 422


def test_without_a_script_the_preview_shows_them_too(
    cast: Cast, as_: As, make: Factory, photos: Photos
) -> None:
    number = make.draft_story(text=wording(pictures=photos.several(cast.lan, 2)))
    page = as_(cast.lan).visit(f"/stories/{number}/edit").submit("button[value=preview]")
    assert figures(page, ".preview") == ["What 1 shows", "What 2 shows"]


def test_an_author_sees_what_became_of_each_photo(
    db: Site, cast: Cast, as_: As, make: Factory, photos: Photos
) -> None:
    one, two, three = photos.several(cast.lan, 3)
    number = make.live_story(text=wording(pictures=(one, two)))
    edited(make, db, number, (two._replace(alt="A road, at night"), three))
    page = as_(cast.lan).visit(f"/contributions/{number}/revisions")
    said = [one.get_text(" ", strip=True) for one in page.soup.select(".photo-diff > li")]
    assert [words.partition("For")[0].strip() for words in said] == [
        "Photo moved, with new words",
        "New photo",
        "Photo taken out",
    ]
    assert {as_(cast.lan).get(path).status for path in files(page)} == {200}


def test_a_restored_text_keeps_the_places_of_its_photos(
    db: Site, cast: Cast, as_: As, make: Factory, tell: Tell
) -> None:
    """What a moderator sends back comes back as a draft with the same photos."""
    number = tell(3, 1)
    with db.reading():
        live = story(number).live_revision
        assert live is not None
        again = replace(
            wording(), title=live.title, body=live.body + "\n\nOne word more.", pictures=live.pictures
        )
    make.edit_waiting(number, again)
    make.decide(number, Outcome.RETURN)
    page = as_(cast.lan).visit(f"/stories/{number}/edit").submit("button[value=preview]")
    assert figures(page, ".preview") == ["What 1 shows", "What 2 shows", "What 3 shows"]


def test_ones_own_list_tells_the_text_without_the_places_of_photos(
    cast: Cast, as_: As, make: Factory, photos: Photos
) -> None:
    (picture,) = photos.several(cast.lan, 1)
    make.draft_story(text=wording(body=f"![](photo:{picture.key})\n\nThen we drove.", pictures=(picture,)))
    page = as_(cast.lan).visit("/me/stories")
    assert "Then we drove." in page.main
    assert "photo:" not in page.main


def test_no_story_is_sent_with_a_photo_that_nobody_can_see_yet(db: Site, cast: Cast, photos: Photos) -> None:
    """The page keeps it as a draft and says so; past the page the action refuses it."""
    for key in (photos.waiting(cast.lan), photos.failed(cast.lan)):
        text = wording(pictures=(Picture(key, "A van in the snow"),))
        with pytest.raises(Invalid) as refused, db.writing():
            stories.submit_new(form_id(), text, sequence=1, by=cast.lan.account())
        assert set(refused.value.errors) == {"pictures"}
    assert db.value("SELECT count(*) FROM contribution") == 0
