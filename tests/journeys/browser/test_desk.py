"""The desk in a real browser, by keyboard: ten texts, one of them somebody else's already; two tabs; many at once."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest
from playwright.sync_api import expect

from community.contributions.models import RevisionState
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.factories.contributions import Factory, wording
from tests.helpers.site import Site
from tests.journeys.browser.person import NARROWEST, WIDE, Person
from tests.journeys.browser.product import Product, SignIn, eventually, running
from tests.journeys.browser.steps import MakePerson, comes
from tests.journeys.browser.voices import ARABIC, ENGLISH, Voice

pytestmark = [pytest.mark.browser, pytest.mark.journey]

QUEUE = r"/moderation(\?.*)?"
REVIEW = r"/moderation/reviews/\d+(\?.*)?"
AT_ONCE = 7
A_POLL_MS = 15_000
_numbers = count(1)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One of our own: what other journeys leave waiting would stand in this queue."""
    with running(tmp_path_factory.mktemp("desk")) as started:
        yield started


@pytest.fixture(scope="module")
def site(product: Product) -> Iterator[Site]:
    """The same database, for what happens elsewhere while somebody is at the desk."""
    made = Site(product.folder, f"sqlite:///{product.folder / 'community.sqlite3'}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def cast(site: Site) -> Cast:
    return Cast(site)


@pytest.fixture
def make(site: Site, cast: Cast) -> Iterator[Factory]:
    """What a journey leaves waiting is gone for the next one."""
    yield Factory(site, cast)
    now = datetime.now(UTC).replace(tzinfo=None)
    site.execute("UPDATE review SET closed_at = :now WHERE closed_at IS NULL", now=now.isoformat(" "))
    site.execute("UPDATE review SET claimed_by_id = NULL, claimed_until = NULL")
    site.execute("UPDATE backlog SET waiting = 0")


def wait(make: Factory, number: int, language: str = "en") -> list[int]:
    """Stories that wait, first to last."""
    return [
        make.waiting_story(text=wording(f"Road number {next(_numbers)}", language=language))
        for _ in range(number)
    ]


def at_the_desk(person: MakePerson, product: Product, voice: Voice = ENGLISH) -> Person:
    one = comes(person, "the moderator", voice)
    one.signs_in(keeper(product, voice.ui))
    one.goes("/moderation", lands=QUEUE)
    return one


def keeper(product: Product, language: str) -> SignIn:
    return product.account("Desk Keeper", role="moderator", country="SG", language=language)


def press(one: Person, *keys: str) -> None:
    for key in keys:
        one.page.keyboard.press(key)


def opens_the_first(one: Person) -> None:
    expect(one.one("[data-keys-open]")).to_be_visible()
    press(one, "j")
    expect(one.one("[data-review] a").first).to_be_focused()
    press(one, "Enter")
    one.lands(REVIEW)
    has_it(one)


def has_it(one: Person) -> None:
    """The text that is open is this moderator's, and the page says for how long."""
    expect(one.one("[data-claim-clock]")).to_have_text(re.compile(r"^Yours for (10:00|9:\d\d)$"))


def goes_on(one: Person, *keys: str) -> None:
    """A decision by key, and on to the next text by itself."""
    before = one.page.url
    press(one, *keys)
    one.page.wait_for_url(lambda url: url != before)
    one.page.wait_for_load_state()


def is_clean(one: Person) -> None:
    """Nothing is wrong with the page for assistive technology, wide and narrow."""
    one.looks_around()
    one.page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    one.faults += [f"{one.page.url} at 320 px: {fault}" for fault in one._inaccessible()]
    one.page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def states(site: Site) -> dict[str, int]:
    return dict(site.rows("SELECT outcome, count(*) FROM decision GROUP BY outcome"))


def test_ten_texts_are_cleared_by_keyboard_alone_one_conflict_included(
    person: MakePerson, product: Product, site: Site, cast: Cast, make: Factory
) -> None:
    other, numbers, before = cast.other_moderator, wait(make, 10), states(site)
    one = at_the_desk(person, product)
    opens_the_first(one)
    for _ in range(3):
        goes_on(one, "a")
        has_it(one)
    returns_one(one)
    refuses_one(one)
    # Somebody is faster with the sixth, when this moderator's ten minutes were over.
    site.execute("UPDATE review SET claimed_by_id = NULL, claimed_until = NULL")
    make.decide(numbers[5], Outcome.RETURN, by=other, explanation="Otto asks for a date.")
    press(one, "a")
    expect(one.one(".faster")).to_contain_text("Otto asks for a date.")
    one.forgives("409")
    one.looks_around()
    opens_the_first(one)
    for _ in range(3):
        goes_on(one, "a")
        has_it(one)
    goes_on(one, "a")
    one.lands(QUEUE)
    one.sees("Nothing waits here")
    done = {name: number - before.get(name, 0) for name, number in states(site).items()}
    assert done == {"approve": 7, "return": 2, "refuse": 1}
    assert site.value("SELECT count(*) FROM review WHERE claimed_by_id IS NOT NULL") == 0


def returns_one(one: Person) -> None:
    """With words of one's own; while they are typed, letters are letters."""
    press(one, "r")
    expect(one.one("[name=explanation]")).to_be_focused()
    one.page.keyboard.type("A lovely road, but which one?")
    press(one, "Tab")
    while not one.page.evaluate("document.activeElement.matches('.decision button:not([name])')"):
        press(one, "Tab")
    goes_on(one, "Enter")
    has_it(one)


def refuses_one(one: Person) -> None:
    """On a ground, whose words come by themselves."""
    press(one, "x", "2")
    expect(one.one("[name=ground]")).to_have_value("1.2")
    expect(one.one("[name=explanation]")).not_to_have_value("")
    expect(one.one(".decision button:not([name])")).to_be_focused()
    goes_on(one, "Enter")
    has_it(one)


def test_a_key_undoes_what_a_key_did(person: MakePerson, product: Product, site: Site, make: Factory) -> None:
    number = wait(make, 2)[0]
    one = at_the_desk(person, product)
    opens_the_first(one)
    first = one.page.url
    goes_on(one, "a")
    expect(one.one(".undo")).to_contain_text("Approved.")
    is_clean(one)
    goes_on(one, "u")
    assert one.page.url == first
    one.sees("Undone. Everything is as it was")
    assert site.value("SELECT state FROM contribution WHERE id = :id", id=number) == "waiting"
    has_it(one)


def test_the_offer_to_undo_ends_with_its_seconds(person: MakePerson, product: Product, make: Factory) -> None:
    wait(make, 1)
    one = at_the_desk(person, product)
    opens_the_first(one)
    goes_on(one, "a")
    expect(one.page).not_to_have_url(re.compile("decided="))
    expect(one.one(".undo form")).to_be_hidden(timeout=A_POLL_MS)


def test_a_second_tab_greys_out_what_the_first_one_decided_and_says_what_is_new(
    person: MakePerson, product: Product, make: Factory
) -> None:
    wait(make, 3)
    one = at_the_desk(person, product)
    tab = one.context.new_page()
    tab.goto(one.page.url)
    rows = tab.locator("[data-review]")
    heights = rows.evaluate_all("rows => rows.map((row) => row.getBoundingClientRect().top)")
    opens_the_first(one)
    goes_on(one, "a")
    wait(make, 1)
    expect(rows.first).to_have_attribute("data-state", "closed", timeout=A_POLL_MS)
    expect(rows.first).to_contain_text("Approved by Desk Keeper")
    expect(rows.first.locator("[name=chosen]")).to_be_disabled()
    expect(tab.locator("[data-changes-new] a")).to_have_text("1 new text")
    assert rows.evaluate_all("rows => rows.map((row) => row.getBoundingClientRect().top)") == heights
    tab.close()


def test_leaving_lets_go_and_coming_back_takes_again(
    person: MakePerson, product: Product, site: Site, make: Factory
) -> None:
    held = "SELECT count(*) FROM review WHERE claimed_by_id IS NOT NULL"
    wait(make, 1)
    one = at_the_desk(person, product)
    opens_the_first(one)
    assert site.value(held) == 1
    one.follows(".desk-nav a[href='/moderation']")
    one.lands(QUEUE)
    eventually(lambda: site.value(held) == 0, "the release")
    opens_the_first(one)
    assert site.value(held) == 1


def test_what_another_holds_is_read_and_not_decided(
    person: MakePerson, product: Product, make: Factory
) -> None:
    wait(make, 1)
    first, second = at_the_desk(person, product), at_the_desk(person, product)
    opens_the_first(first)
    second.goes(first.page.url.removeprefix(product.url), lands=REVIEW)
    expect(second.one(".claim-held")).to_contain_text("Desk Keeper reads it")
    expect(second.one(".decision input[value=approve]")).to_be_disabled()
    press(second, "a")
    expect(second.one(".claim-held")).to_be_visible()
    is_clean(second)


def test_keys_are_listed_and_can_be_turned_off(person: MakePerson, product: Product, make: Factory) -> None:
    wait(make, 2)
    one = at_the_desk(person, product)
    press(one, "?")
    expect(one.one("#keys")).to_be_visible()
    one.looks_around()
    press(one, "j")
    expect(one.one("[data-review] a").first).not_to_be_focused()
    press(one, "Escape")
    expect(one.one("#keys")).to_be_hidden()
    press(one, "?")
    one.one("[data-keys-switch]").press("Space")
    press(one, "Escape", "j")
    expect(one.one("[data-review] a").first).not_to_be_focused()
    one.page.reload()
    expect(one.one("[data-keys-open]")).to_be_visible()
    press(one, "j")
    expect(one.one("[data-review] a").first).not_to_be_focused()
    one.one("[data-keys-open]").click()
    one.one("[data-keys-switch]").press("Space")
    press(one, "Escape", "j")
    expect(one.one("[data-review] a").first).to_be_focused()
    press(one, "j", "k")
    expect(one.one("[data-review] a").first).to_be_focused()


def test_keys_with_a_modifier_are_the_browsers(
    person: MakePerson, product: Product, site: Site, make: Factory
) -> None:
    number = wait(make, 1)[0]
    one = at_the_desk(person, product)
    opens_the_first(one)
    press(one, "Control+a", "Alt+a", "Meta+a", "Control+j")
    expect(one.one("[name=outcome]:checked")).to_have_count(0)
    assert site.value("SELECT state FROM contribution WHERE id = :id", id=number) == "waiting"


def test_the_same_keys_work_on_an_arabic_keyboard_and_from_right_to_left(
    person: MakePerson, product: Product, site: Site, make: Factory
) -> None:
    number = wait(make, 2, "ar")[0]
    one = at_the_desk(person, product, ARABIC)
    is_clean(one)
    typed(one, "ت", "KeyJ")
    expect(one.one("[data-review] a").first).to_be_focused()
    press(one, "Enter")
    one.lands(REVIEW)
    expect(one.one("[data-claim-let-go]")).to_be_visible()
    is_clean(one)
    typed(one, "؟", "Slash", is_shifted=True)
    expect(one.one("#keys")).to_be_visible()
    press(one, "Escape")
    typed(one, "ء", "KeyX")
    typed(one, "٢", "Digit2")
    expect(one.one("[name=ground]")).to_have_value("1.2")
    before = one.page.url
    typed(one, "ش", "KeyA")
    one.page.wait_for_url(lambda url: url != before)
    with site.reading():
        assert site.value("SELECT state FROM contribution WHERE id = :id", id=number) == "live"


def typed(one: Person, key: str, code: str, *, is_shifted: bool = False) -> None:
    """As a keyboard sends it that writes another script."""
    one.page.evaluate(
        "([key, code, shiftKey]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true }))",
        [key, code, is_shifted],
    )


def test_many_are_decided_at_once_with_a_progress_and_a_report(
    person: MakePerson, product: Product, cast: Cast, make: Factory
) -> None:
    other, numbers = cast.other_moderator, wait(make, AT_ONCE)
    one = at_the_desk(person, product)
    is_clean(one)
    make.decide(numbers[6], by=other)
    for box in one.one("[name=chosen]").all():
        box.press("Space")
    expect(one.one("[data-bulk-number]")).to_have_text("7 chosen")
    one.one(".bulk-bar [value=refuse]").press("Enter")
    one.lands(r"/moderation/bulk(\?.*)?")
    is_clean(one)
    one.one("[name=ground]").select_option("1.2")
    expect(one.one("[name=explanation]")).not_to_have_value("")
    sent: list[str] = []
    one.page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    one.presses("form.bulk button:not([name])")
    one.lands(r"/moderation/bulk\?done=.*left=.*")
    assert len(sent) == 2
    one.sees("6 texts decided", "1 was left out", "Somebody decided on it")
    is_clean(one)


def test_a_ground_fills_in_only_what_nobody_typed(
    person: MakePerson, product: Product, make: Factory
) -> None:
    wait(make, 1)
    one = at_the_desk(person, product)
    opens_the_first(one)
    ground, words = one.one("[name=ground]"), one.one("[name=explanation]")
    ground.select_option("1.1")
    first = words.input_value()
    ground.select_option("1.2")
    second = words.input_value()
    assert first
    assert second
    assert first != second
    words.fill("Dear Lan,")
    ground.select_option("1.3")
    expect(words).to_have_value("Dear Lan,")
    one.presses(".decision [name=template]")
    expect(words).to_have_value(re.compile(r"^Dear Lan,\n\n\S"))
    expect(one.one(".decision-law [name=legal_ground]")).to_be_hidden()
    illegal = str(one.one("[data-illegal]").get_attribute("data-illegal")).split()[0]
    ground.select_option(illegal)
    expect(one.one(".decision-law [name=legal_ground]")).to_be_visible()


def test_a_live_text_that_was_reported_is_closed_by_key(
    person: MakePerson, product: Product, site: Site, make: Factory
) -> None:
    number = make.live_story(text=wording(f"Road number {next(_numbers)}"))
    with site.reading():
        path = f"/moderation/reviews/{site.value(REVISION_OF, id=number)}"
    one = at_the_desk(person, product)
    one.goes(path)
    press(one, "l", "4")
    expect(one.one(".decision button:not([name])")).to_be_focused()
    goes_on(one, "Enter")
    assert site.value("SELECT closed_at IS NOT NULL FROM contribution WHERE id = :id", id=number)
    assert RevisionState.LIVE.value == "live"


REVISION_OF = "SELECT live_revision_id FROM contribution WHERE id = :id"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_way_to_the_desk_is_in_sight_in_a_narrow_header(
    person: MakePerson, product: Product, language: str
) -> None:
    one = person("the moderator")
    one.page.goto(f"{product.url}/?ui={language}")
    one.speaks = (language, "rtl" if language == "ar" else "ltr")
    one.signs_in(keeper(product, language))
    one.page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    one.page.goto(f"{product.url}/moderation")
    expect(one.one(".masthead-places [aria-current]")).to_be_in_viewport(ratio=0.95)
