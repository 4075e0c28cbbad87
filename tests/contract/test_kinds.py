"""Every kind of contribution keeps the same contract: whoever adds a kind adds a line to KINDS, not a new test."""

from collections.abc import Callable

import pytest

from community.contributions import actions, queries
from community.contributions.models import Kind, RevisionState, State
from community.moderation.models import Outcome
from community.translations.processing import parts
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import Factory, contribution, revision, wording
from tests.factories.ideas import Ideas, idea_text
from tests.factories.translations import Translations
from tests.helpers.browser import Page
from tests.helpers.site import Site

WORDS = "The bridge at Long Biên hums when you cross it slowly."

EDITORS = {
    Kind.STORY: ("/stories/{}/edit", "button[value=submit]"),
    Kind.COMMENT: ("/comments/{}/edit", "main form"),
    Kind.TRANSLATION: ("/translations/{}/edit", "button[value=submit]"),
    Kind.IDEA: ("/ideas/{}/edit", "button[value=submit]"),
}

Make = Callable[[], int]


@pytest.fixture(params=Kind, ids=lambda kind: kind.value)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def waiting(site: Site, kind: Kind, make: Factory, cast: Cast) -> Make:
    """A waiting one by Lan with WORDS in it."""
    if kind is Kind.STORY:
        return lambda: make.waiting_story(text=wording("A title", WORDS))
    if kind is Kind.TRANSLATION:
        return lambda: translated(site, make, cast)
    if kind is Kind.IDEA:
        return lambda: Ideas(site, make).waiting(cast.lan, idea_text("A title", WORDS))
    on = make.live_story(cast.member)
    return lambda: make.comment(on, cast.lan, WORDS, is_trusted=False)


def translated(site: Site, make: Factory, cast: Cast) -> int:
    """Of somebody else's story of one paragraph."""
    on = make.live_story(cast.member, wording("Another title", "One paragraph of a story."))
    translations = Translations(site, make)
    number = translations.draft(on, "vi", cast.lan)
    with site.reading():
        (key,) = [
            part.key for part in parts.to_translate(revision(on, RevisionState.LIVE)) if part.role == "text"
        ]
    translations.send(number, cast.lan, {key: WORDS})
    return number


@pytest.fixture
def live(waiting: Make, make: Factory) -> Make:
    def made() -> int:
        number = waiting()
        make.decide(number)
        return number

    return made


def holding(page: Page, words: str) -> set[str]:
    """The names of the fields these words stand in."""
    return {str(one["name"]) for one in page.soup.select("textarea") if one.get_text().strip() == words}


def sees(as_: As, person: object, number: int) -> bool:
    page = as_(person).get(f"/contributions/{number}")  # type: ignore[arg-type]
    if page.status == 404:
        return False
    return WORDS in as_(person).visit(f"/contributions/{number}").main  # type: ignore[arg-type]


def test_it_waits_for_a_moderator_and_only_its_author_sees_it(cast: Cast, as_: As, waiting: Make) -> None:
    number = waiting()
    assert sees(as_, cast.lan, number)
    assert not sees(as_, cast.member, number)
    assert not sees(as_, None, number)
    assert WORDS in as_(cast.moderator).visit("/moderation?language=all").main or as_(cast.moderator).visit(
        "/moderation?language=all"
    ).has('a[href^="/moderation/reviews/"]')


def test_it_is_everybodys_once_approved(cast: Cast, as_: As, live: Make) -> None:
    number = live()
    for person in (None, cast.lan, cast.member, cast.moderator, cast.suspended):
        assert sees(as_, person, number)


def test_it_has_an_excerpt_and_one_live_revision(site: Site, live: Make) -> None:
    number = live()
    with site.reading():
        text = revision(number, RevisionState.LIVE)
        assert text.excerpt.startswith(WORDS)
        assert contribution(number).live_revision_id == text.id


def test_it_is_hidden_and_restored_whole(cast: Cast, make: Factory, as_: As, live: Make) -> None:
    number = live()
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert not any(sees(as_, person, number) for person in (None, cast.member))
    make.decide(number, Outcome.RESTORE, on=RevisionState.LIVE)
    assert all(sees(as_, person, number) for person in (None, cast.member))


def test_it_is_withdrawn_by_its_author_through_the_page(site: Site, cast: Cast, as_: As, live: Make) -> None:
    number = live()
    as_(cast.lan).visit(f"/contributions/{number}/withdrawal").submit("main form")
    assert not any(sees(as_, person, number) for person in (None, cast.member, cast.moderator))
    with site.reading():
        assert contribution(number).state is State.WITHDRAWN
        assert [WORDS in r.body for r in queries.revisions(number)] == [True]


def test_it_can_be_known_as_a_road_and_not_by_its_hidden_self(
    site: Site, cast: Cast, make: Factory, as_: As, live: Make
) -> None:
    number = live()
    browser = as_(cast.member)
    for _ in range(2):
        assert browser.post(f"/contributions/{number}/reactions", {"on": "1"}).status == 302
    assert site.value("SELECT reaction_count FROM contribution WHERE id = :n", n=number) == 1
    make.decide(number, Outcome.HIDE, on=RevisionState.LIVE)
    assert browser.post(f"/contributions/{number}/reactions", {"on": "1"}).status == 404


@pytest.mark.parametrize("outcome", [Outcome.APPROVE, Outcome.RETURN, Outcome.REFUSE])
def test_its_author_is_told_in_their_language(
    site: Site, cast: Cast, make: Factory, waiting: Make, outcome: Outcome
) -> None:
    make.decide(waiting(), outcome, explanation="One thing only.")
    assert site.work() >= 1
    (letter,) = [file for file in site.letters() if cast.lan.email in file.read_text("utf-8")]
    assert "Content-Language: en" in letter.read_text("utf-8")


def test_its_revisions_are_compared_by_its_author_and_the_desk(cast: Cast, as_: As, live: Make) -> None:
    number = live()
    for person in (cast.lan, cast.moderator):
        page = as_(person).get(f"/contributions/{number}/revisions")
        assert page.status == 200
        assert WORDS in page.main
    assert as_(cast.member).get(f"/contributions/{number}/revisions").status == 404


def test_an_edit_waits_while_the_approved_text_stays(
    site: Site, cast: Cast, make: Factory, as_: As, kind: Kind, live: Make
) -> None:
    number = live()
    path, button = EDITORS[kind]
    page = as_(cast.lan).visit(path.format(number))
    (field,) = holding(page, WORDS)
    page.submit(button, **{field: "Quite other words about the bridge."})
    assert sees(as_, None, number)
    make.decide(number)
    assert "Quite other words" in as_(None).visit(f"/contributions/{number}").main
    assert not sees(as_, None, number)


def test_it_goes_with_its_place_in_the_log(site: Site, cast: Cast, live: Make) -> None:
    number = live()
    with site.writing():
        actions.withdraw(contribution(number), by=cast.lan.account())
    with site.reading():
        causes = [move.cause for move in queries.moves(number)]
    assert causes == ["submit", "approve", "withdraw"]
