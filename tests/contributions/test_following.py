"""Following through the buttons on the pages, and the list of it: on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from community.contributions import actions, queries
from community.contributions.actions import following
from community.contributions.models import Followed, RevisionState, Subject
from community.kit.errors import Conflict
from community.moderation.models import Outcome
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory
from tests.factories.ideas import Ideas
from tests.helpers.site import Site

BUTTON = "form.follow button"
ROWS = "SELECT member_id, contribution_id, topic_id, country, model_id FROM follow ORDER BY id"


@pytest.fixture
def ideas(site: Site, make: Factory) -> Ideas:
    return Ideas(site, make)


def test_a_button_on_each_page_and_its_state_comes_back(
    db: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As
) -> None:
    story, idea = make.live_story(), ideas.live(cast.lan)
    browser = as_(cast.member)
    for address in (
        f"/members/{cast.lan.handle}",
        f"/stories/{story}",
        f"/ideas/{idea}",
        "/topics/family",
        "/countries/VN",
    ):
        page = browser.visit(address)
        assert not page.has(f"{BUTTON}[aria-pressed=true]")
        followed = page.submit(BUTTON)
        assert followed.path == page.path
        assert followed.has(f"{BUTTON}[aria-pressed=true]"), address
    assert [[bool(value) for value in row] for row in db.rows(ROWS)] == [
        [place == row for place in range(5)] for row in (0, 1, 1, 2, 3)
    ]
    assert browser.visit(f"/stories/{story}").submit(BUTTON).has(f"{BUTTON}[aria-pressed=false]")
    assert len(db.rows(ROWS)) == 4


def test_a_kept_story_page_shows_each_reader_their_own_button(cast: Cast, make: Factory, as_: As) -> None:
    story = make.live_story()
    stranger = make.cast.join("Sipho Dlamini", "ZA", "en")
    follower, other = as_(cast.member), as_(stranger)
    follower.visit(f"/stories/{story}").submit(BUTTON)
    for _ in range(2):
        assert follower.visit(f"/stories/{story}").has(f"{BUTTON}[aria-pressed=true]")
        assert other.visit(f"/stories/{story}").has(f"{BUTTON}[aria-pressed=false]")


def test_what_is_not_public_or_not_there_cannot_be_followed(
    db: Site, cast: Cast, make: Factory, as_: As
) -> None:
    hidden, comment = make.hidden_story(), make.comment(make.live_story(cast.member), cast.lan)
    browser = as_(cast.member)
    for kind, target in (
        ("contribution", hidden),
        ("contribution", comment),
        ("contribution", 999_999),
        ("contribution", "²"),
        ("member", "nobody-here"),
        ("member", cast.member.handle),
        ("member", "a\0b"),
        ("topic", "politics"),
        ("country", "XX"),
        ("model", "no-such-model"),
        ("planet", "1"),
    ):
        assert browser.post("/follows", {"kind": kind, "target": target}).status == 404, (kind, target)
    assert db.rows(ROWS) == []


def test_pressed_twice_at_once_it_is_one(db: Site, cast: Cast, make: Factory) -> None:
    story = make.live_story()

    def press(_number: int) -> None:
        with db.writing():
            actions.follow(Followed(Subject.CONTRIBUTION, story), by=cast.member.account())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(8)))
    assert len(db.rows(ROWS)) == 1


def test_no_more_than_can_be_kept(db: Site, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_FOLLOWS", 2)
    with db.writing():
        for code in ("VN", "ZA"):
            actions.follow(Followed(Subject.COUNTRY, code), by=cast.member.account())
    with pytest.raises(Conflict), db.writing():
        actions.follow(Followed(Subject.COUNTRY, "ID"), by=cast.member.account())
    with db.writing():
        actions.follow(Followed(Subject.COUNTRY, "VN"), by=cast.member.account())
    assert len(db.rows(ROWS)) == 2


def test_the_list_says_it_by_name_mutes_and_lets_go(
    db: Site, cast: Cast, make: Factory, ideas: Ideas, as_: As
) -> None:
    story, idea = make.live_story(), ideas.live(cast.lan)
    browser = as_(cast.member)
    assert "Nothing followed yet" in browser.visit("/me/following").main
    for kind, target in (
        ("member", cast.lan.handle),
        ("contribution", story),
        ("contribution", idea),
        ("topic", "family"),
        ("country", "VN"),
    ):
        browser.post("/follows", {"kind": kind, "target": str(target)})
    page = browser.visit("/me/following")
    for words in ("Lan Nguyễn", "Over the pass", "A hook for the bag", "Vietnam"):
        assert words in page.main
    muted = page.submit(f"#follow-contribution-{idea} button[formaction]")
    assert muted.has(f"#follow-contribution-{idea} .badge-waiting")
    assert db.value("SELECT count(*) FROM follow WHERE is_muted") == 1
    left = muted.submit(f"#follow-contribution-{story} button[name=on]:not([formaction])")
    assert "Over the pass" not in left.main
    make.decide(idea, Outcome.HIDE, on=RevisionState.LIVE)
    assert "Readers cannot see this one now." in browser.visit("/me/following").main
    with db.reading():
        assert queries.count_followed(cast.member.id) == 4
