"""Photos while a story is written: pasted, dropped, covered, sent over a bad line, put in order, and not lost."""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import JSHandle, Locator, Request, Response, Route, expect

from tests.journeys.browser.conftest import PATIENCE_MS
from tests.journeys.browser.person import Person
from tests.journeys.browser.photographs import File, photograph
from tests.journeys.browser.product import Product, eventually
from tests.journeys.browser.steps import DRAFTS, EDIT, STATUS, MakePerson, comes, saving
from tests.journeys.browser.voices import ENGLISH

pytestmark = [pytest.mark.browser, pytest.mark.journey]

PIECE = 512 * 1024
PIECES = re.compile(r"/photos/uploads/[0-9a-f]{16}$")
AREAS = r"/photos/[0-9a-f]{16}/areas"
ENTRY = "[data-photo-list] > [data-photo]"
SUBMIT, SAVE = (f"button.button[name=action][value={value}]" for value in ("submit", "save"))
SEND = "[data-covering=send]"
STATE = "data-state"
DESCRIBED = ("A red van beside a cold lake", "The same van in the evening")
BROKEN: File = {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff and nothing more"}
CUT = "ERR_FAILED|ERR_CONNECTION|ERR_INTERNET_DISCONNECTED"
# A file as pasting and dropping carry it.
CARRY = """([name, type, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name, { type }));
    return carried;
}"""
PASTE = """(field, clipboardData) => {
    field.focus();
    field.setSelectionRange(3, 3);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_photos_come_into_a_story_over_a_bad_line(person: MakePerson, product: Product) -> None:
    author = begins(person, product, "Two photos and a tunnel")
    pastes_into_the_text(author)
    drops_and_loses_the_connection(author)
    describes_and_reorders(author)
    is_told_of_a_broken_one(author)
    looks_in_arabic(author)
    is_held_until_the_last_has_come(author)


def test_nothing_of_the_photos_is_lost_with_the_page(person: MakePerson, product: Product) -> None:
    """A photo that was under way goes on from where it was, and what the server does not know yet comes back."""
    author = begins(person, product, "A page that was left too early")
    file = photograph("lake.jpg", width=1600, height=1200)
    lake = entry(author, "lake.jpg")
    with cut_off(author, after=1):
        chooses(author, file)
        expect(lake).to_have_attribute(STATE, "lost")
        lake.locator("[name$='-alt']").fill(DESCRIBED[0])
        author.presses(SUBMIT)
        expect(author.one("[data-photos-held]")).not_to_be_empty()
        author.presses(SUBMIT)
        expect(lake).to_have_attribute(STATE, "unfinished")
    author.forgives(CUT)
    author.lands(EDIT)
    expect(lake.locator("[name$='-alt']")).to_have_value(DESCRIBED[0])
    author.looks_around()
    goes_on_with_the_file_only(author, lake, file)
    covers_afterwards(author, lake)
    restores_what_was_not_saved(author, lake)


def test_photos_need_no_script(person: MakePerson, product: Product) -> None:
    author = person("an author without script", java_script_enabled=False)
    author.signs_in(product.account("Nomsa Dlamini", role="member", country="ZA", language="en"))
    author.goes("/stories/new")
    author.fills(title="Two photos without a script", body=ENGLISH.revised, topic="community", language="en")
    author.one("#files").set_input_files([photograph("first.jpg"), photograph("second.webp")])
    author.presses(SUBMIT)
    author.arrives(EDIT)
    looks_again(author, f"{ENTRY}[{STATE}=ready] >> nth=1")
    covers_by_presses_and_numbers(author)
    author.lands(EDIT)
    for place, words in enumerate(DESCRIBED):
        author.one(f"[name=pictures-{place}-alt]").fill(words)
        author.one(f"[name=pictures-{place}-place]").fill(str(2 - place))
    author.one("[name=people_agreed]").check()
    author.presses(SAVE)
    author.arrives(EDIT)
    assert described(author) == list(reversed(DESCRIBED))
    author.presses(SUBMIT)
    author.arrives(STATUS)


def begins(person: MakePerson, product: Product, title: str) -> Person:
    author = comes(person, "the author", ENGLISH)
    author.signs_in(product.account("Nomsa Dlamini", role="member", country="ZA", language="en"))
    author.page.goto(f"{product.url}/stories/new")
    author.fills(title=title, body=f"{ENGLISH.body}\n\n{title}.", topic="community", language="en")
    return author


def pastes_into_the_text(author: Person) -> None:
    """It is looked at first, and a box is drawn by keyboard; then it is in the text, after the paragraph."""
    body = author.one("[name=body]")
    first, _, rest = body.input_value().partition("\n\n")
    body.evaluate(PASTE, carried(author, photograph("van.png", width=640, height=480)))
    expect(author.one("[data-covering-photo]")).to_be_focused()
    expect(author.one(".brush-picture")).to_be_visible()
    expect(author.one(ENTRY)).to_have_count(0)
    covers_by_keyboard(author)
    author.looks_around()
    with author.page.expect_request("**/photos/uploads") as asked:
        author.presses(SEND)
    assert areas_of(asked.value) == [[3900, 4400, 2100, 1000]]
    expect(body).to_be_focused()
    mark = r"\n\n!\[\]\(photo:[0-9a-f]{16}\)\n\n"
    expect(body).to_have_value(re.compile(re.escape(first) + mark + re.escape(rest)))
    is_ready(entry(author, "van.png"))
    expect(entry(author, "van.png").locator("[data-photo-state]")).to_contain_text("1 area is covered.")


def covers_by_keyboard(author: Person) -> None:
    press = author.page.keyboard.press
    for _ in range(2):
        author.one("[data-brush-add]").focus()
        press("Enter")
    press("Delete")
    box = author.one(".brush-box")
    expect(box).to_have_count(1)
    expect(box).to_be_focused()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight"):
        press(key)
    expect(author.one("[data-brush-said]")).to_contain_text("39% from the left")
    press("Escape")
    expect(author.one("dialog[open] [data-brush-add]")).to_be_focused()


def drops_and_loses_the_connection(author: Person) -> None:
    """After the first piece nothing goes through; the page says so, and goes on from there as soon as it can."""
    file = photograph("evening.jpg", width=1600, height=1200)
    pieces, evening = arrived(author), entry(author, "evening.jpg")
    with cut_off(author, after=1):
        author.page.dispatch_event(".writing-bar", "drop", {"dataTransfer": carried(author, file)})
        draws_a_box(author)
        author.presses(SEND)
        expect(evening).to_have_attribute(STATE, "lost")
        expect(evening.locator("img")).to_have_attribute("src", re.compile("^blob:"))
        expect(evening.get_by_role("progressbar")).to_be_visible()
        expect(author.one("[data-photos-said]")).to_contain_text("evening.jpg")
        author.context.set_offline(True)
    author.context.set_offline(False)
    is_ready(evening)
    author.forgives(CUT)
    assert list(pieces) == list(range(0, len(file["buffer"]), PIECE))
    assert b"".join(pieces.values()) == file["buffer"]


def draws_a_box(author: Person) -> None:
    expect(author.one(".brush-picture")).to_be_visible()
    stage = author.one(".brush-stage").bounding_box()
    assert stage
    mouse = author.page.mouse
    mouse.move(stage["x"] + 40, stage["y"] + 40)
    mouse.down()
    mouse.move(stage["x"] + 140, stage["y"] + 90, steps=3)
    mouse.up()
    expect(author.one(".brush-box")).to_be_focused()


def describes_and_reorders(author: Person) -> None:
    """By keyboard: the focus stays, the new place is said, and all of it is there when the page is opened again."""
    for name, words in zip(("van.png", "evening.jpg"), DESCRIBED, strict=True):
        entry(author, name).locator("[name$='-alt']").fill(words)
    up = entry(author, "evening.jpg").locator("[data-photo-move='-1']")
    up.focus()
    with author.page.expect_response(DRAFTS):
        author.page.keyboard.press("Enter")
        expect(up).to_be_focused()
        expect(up).to_have_attribute("aria-disabled", "true")
        expect(author.one("[data-photos-said]")).to_have_text("evening.jpg is now photo 1 of 2.")
    saving(author, "saved")
    author.page.reload()
    expect(author.one(".photo-entry-cover:visible")).to_have_count(1)
    assert described(author) == list(reversed(DESCRIBED))
    author.looks_around()


def is_told_of_a_broken_one(author: Person) -> None:
    text = author.one("[name=body]").input_value()
    chooses(author, BROKEN)
    broken = entry(author, "broken.jpg")
    expect(broken).to_have_attribute(STATE, "failed", timeout=PATIENCE_MS)
    expect(broken.locator("[data-photo-state]")).to_contain_text("damaged or incomplete")
    expect(author.one("[name=body]")).to_have_value(text)
    broken.locator("label:has([name$='-remove'])").click()
    expect(broken.locator("[name$='-alt']")).to_be_hidden()


def looks_in_arabic(author: Person) -> None:
    """The page, the dialog over it, and the page of a photo's areas."""
    author.one("[name=people_agreed]").check()
    author.presses(SAVE)
    expect(author.one(ENTRY)).to_have_count(2)
    address = author.page.url
    author.speaks = "ar", "rtl"
    author.goes(f"{address}?ui=ar", lands=EDIT + r"\?ui=ar")
    link = author.one("[data-photo-areas]").first
    link.click()
    expect(author.one(".brush-picture")).to_be_visible()
    author.looks_around()
    author.presses("[data-covering=leave]")
    author.goes(f"{link.get_attribute('href')}?ui=ar", lands=AREAS + r"\?ui=ar")
    expect(author.one(".brush-picture")).to_be_visible()
    author.looks_around()
    author.speaks = "en", "ltr"
    author.page.goto(f"{address}?ui=en")


def is_held_until_the_last_has_come(author: Person) -> None:
    """What is sent to be read while a photo is under way goes off by itself when it is there."""
    held: list[Route] = []
    author.page.route(PIECES, lambda route: held.append(route), times=1)  # noqa: PLW0108 - it is looked into
    chooses(author, photograph("late.jpg"))
    late = entry(author, "late.jpg")
    expect(late).to_have_attribute(STATE, "arriving")
    late.locator("[name$='-alt']").fill("Late, and worth waiting for")
    author.presses(SUBMIT)
    expect(author.one("[data-photos-held]")).not_to_be_empty()
    for route in held:
        route.continue_()
    author.lands(STATUS)


def goes_on_with_the_file_only(author: Person, lake: Locator, file: File) -> None:
    """Another one is not taken for it; of the right one only the rest is sent."""
    chooses_again(author, lake, photograph("other.jpg"))
    expect(lake.locator("[data-photo-state]")).to_contain_text("another file")
    pieces = arrived(author)
    chooses_again(author, lake, file)
    is_ready(lake)
    assert min(pieces) == PIECE
    assert b"".join(pieces.values()) == file["buffer"][PIECE:]


def covers_afterwards(author: Person, photo: Locator) -> None:
    photo.locator("[data-photo-areas]").click()
    expect(author.one(".brush-picture")).to_be_visible()
    author.one("[data-brush-add]").press("Enter")
    author.presses("[data-covering=cover]")
    expect(photo).to_have_attribute(STATE, "waiting")
    is_ready(photo)
    expect(photo.locator("[data-photo-state]")).to_contain_text("1 area is covered.")


def restores_what_was_not_saved(author: Person, first: Locator) -> None:
    """No save goes through: the page's copy in this browser has the new photo, the order and the words."""
    author.page.route(DRAFTS, lambda route: route.abort())
    chooses(author, photograph("second.png", width=320, height=240))
    second = entry(author, "second.png")
    is_ready(second)
    second.locator("[name$='-alt']").fill(DESCRIBED[1])
    second.locator("[data-photo-move='-1']").click()
    saving(author, "failed")
    author.page.reload()
    author.forgives(CUT)
    author.page.unroute(DRAFTS)
    is_ready(second)
    is_ready(first)
    assert described(author) == [DESCRIBED[1], DESCRIBED[0]]
    with author.page.expect_response(DRAFTS):
        second.locator("label:has([name$='-remove'])").click()
    saving(author, "saved")
    author.page.reload()
    expect(author.one(ENTRY)).to_have_count(1)
    assert described(author) == [DESCRIBED[0]]


def covers_by_presses_and_numbers(author: Person) -> None:
    author.follows("[data-photo-areas]")
    author.arrives(AREAS)
    for x, y in ((20, 20), (90, 60)):
        author.one("input[type=image]").click(position={"x": x, "y": y})
    looks_again(author, "[name=left]")
    author.fills(left="60", top="60", width="20", height="10")
    author.one("[name=height]").press("Enter")
    looks_again(author, "[name=left]")
    author.sees("2 areas are covered.")
    author.looks_around()
    author.follows("main a[href*='/edit']")


def looks_again(author: Person, selector: str) -> None:
    """Loads the page again until this is on it."""
    author.page.wait_for_load_state()

    def look() -> bool:
        author.page.goto(author.page.url.partition("#")[0])
        return author.one(selector).count() > 0

    eventually(look, selector)


def chooses(author: Person, file: File) -> None:
    author.one("#files").set_input_files(file)
    author.presses(SEND)


def chooses_again(author: Person, photo: Locator, file: File) -> None:
    with author.page.expect_file_chooser() as chooser:
        photo.locator("[data-photo-choose]").click()
    chooser.value.set_files(file)


def entry(author: Person, name: str) -> Locator:
    return author.one(ENTRY).filter(has=author.page.get_by_text(name, exact=True))


def is_ready(photo: Locator) -> None:
    """The worker prepares it in a process of its own; on a busy machine that takes a while."""
    expect(photo).to_have_attribute(STATE, "ready", timeout=PATIENCE_MS)


def described(author: Person) -> list[str]:
    """The alternative texts in the order of the photos."""
    return [one.input_value() for one in author.one(f"{ENTRY} [name$='-alt']").all()]


def carried(author: Person, file: File) -> JSHandle:
    encoded = base64.b64encode(file["buffer"]).decode()
    return author.page.evaluate_handle(CARRY, [file["name"], file["mimeType"], encoded])


def areas_of(request: Request) -> Any:
    """Those that an upload begins with."""
    told = dict(pair.split(" ") for pair in request.headers["upload-metadata"].split(","))
    return json.loads(base64.b64decode(told["areas"]))


def arrived(author: Person) -> dict[int, bytes]:
    """The pieces that the server will have acknowledged, by where they begin."""
    pieces: dict[int, bytes] = {}

    def answered(response: Response) -> None:
        request = response.request
        if request.method == "PATCH" and response.ok:
            pieces[int(request.headers["upload-offset"])] = request.post_data_buffer or b""

    author.page.on("response", answered)
    return pieces


@contextmanager
def cut_off(author: Person, *, after: int) -> Iterator[None]:
    """Within, so many pieces go through, and then nothing of an upload does."""
    passed = 0

    def decide(route: Route) -> None:
        nonlocal passed
        if passed < after:
            passed += 1
            route.continue_()
        else:
            route.abort("connectionreset")

    author.page.route(PIECES, decide)
    yield
    author.page.unroute(PIECES)
