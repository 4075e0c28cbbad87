"""Anything at all, sent to every form: never a failure, always an answer, and what was typed comes back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from community.accounts import actions as accounts
from community.accounts.models import Purpose
from community.contributions.models import RevisionState
from community.ideas.processing.paragraphs import paragraphs
from community.kit import text
from tests.cast import Cast
from tests.conftest import As
from tests.factories.contributions import BODY, Factory, revision
from tests.helpers.browser import Form, Page
from tests.helpers.site import Site

EXAMPLES = 20
LONG = "ありがとう🚗" * 1_000  # longer than any field but a story

nasty = st.sampled_from(
    [
        "",
        " ",
        "\0",
        "a\0b",
        "\ud800",
        "\u202egnp.exe",
        "e\u0301" + "\u0301" * 30,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "{{ 7*7 }}",
        "%s%d%n",
        "../../etc/passwd",
        "-1",
        "0",
        "1e400",
        "٣",
        str(2**31),
        str(2**63),
        str(10**40),
        "9" * 5_000,
        "nan",
        "true",
        "[" * 2_000,
        "\r\n\r\n",
        "😀" * 200,
        LONG,
    ]
)
anything = nasty | st.text(max_size=40)


@dataclass(frozen=True)
class Target:
    """A form: who has it before them, on which page, found how; ``typed`` are the fields that must come back."""

    who: str | None
    path: str
    selector: str
    typed: tuple[str, ...] = ()
    good: dict[str, str] = field(default_factory=dict)


TARGETS = {
    "register": Target(None, "/account/register", "main form", ("display_name", "email")),
    "login": Target(None, "/account/login", "main form", ("email",)),
    "recover": Target(None, "/account/recover", "main form", ("email",)),
    "settings": Target("lan", "/account/settings", "main form", ("display_name",)),
    "new story": Target(
        "lan", "/stories/new", "button[value=submit]", ("title", "body", "vehicle_maker", "vehicle_model")
    ),
    "draft": Target("lan", "/stories/new", "button[value=save]", ("title", "body")),
    "preview": Target("lan", "/stories/new", "button[value=preview]", ("title", "body")),
    "edit": Target("lan", "/stories/{story}/edit", "button[value=submit]", ("title", "body")),
    "new idea": Target("lan", "/ideas/new", "button[value=submit]", ("title", "missing", "better")),
    "idea from a story": Target(
        "lan", "/ideas/new?story={story}&part={part}", "button[value=save]", ("title", "missing")
    ),
    "vehicle": Target("lan", "/me/garage/new", "main form", ("maker", "model", "nickname")),
    "comment": Target("member", "/contributions/{story}/comments", "main form", ("body",)),
    "comment edit": Target("member", "/comments/{comment}/edit", "main form", ("body",)),
    "decision": Target("moderator", "/moderation/reviews/{waiting}", ".decision", ("explanation",)),
    "report": Target(None, "/contributions/{story}/reports", "main form", ("explanation", "name")),
    "report by a member": Target("member", "/contributions/{story}/reports", "main form", ("explanation",)),
}


FIELDS = [
    "area",
    "better",
    "countries",
    "missing",
    "models",
    "part",
    "seen",
    "story",
    "body",
    "display_name",
    "email",
    "explanation",
    "form_id",
    "ground",
    "language",
    "languages",
    "is_public",
    "maker",
    "model",
    "nickname",
    "odometer",
    "odometer_unit",
    "outcome",
    "parent_id",
    "password",
    "revision",
    "sequence",
    "title",
    "topic",
    "until_year",
    "vehicle",
    "vehicle_is_public",
    "vehicle_maker",
    "vehicle_model",
    "vehicle_powertrain",
    "vehicle_since",
    "vehicle_year",
    "version",
    "country",
    "next",
    "desk_countries",
    "reason",
    "name",
    "good_faith",
]


@pytest.fixture
def places(site: Site, cast: Cast, make: Factory) -> dict[str, object]:
    story = make.live_story()
    waits = make.waiting_story()
    with site.writing():
        token = accounts.issue(cast.lan.account(), Purpose.RECOVER)
        waiting = revision(waits, RevisionState.WAITING).id
        part = paragraphs(revision(story, RevisionState.LIVE))[0].key
    return {
        "story": story,
        "part": part,
        "comment": make.comment(story),
        "waiting": waiting,
        "token": token,
    }


@pytest.mark.parametrize(
    "password", ["", " " * 20, "a\0b" * 10, "\u202e" * 20, "<script>alert(1)</script>", "x" * 600, LONG]
)
def test_a_new_password_of_anything(
    site: Site, cast: Cast, places: dict[str, object], as_: As, password: str
) -> None:
    page = as_(None).visit(f"/account/recover/{places['token']}")
    assert page.form("main form").send(password=password).status in (302, 422)


@pytest.mark.parametrize("length", [40_000, 40_001, 100_000])
def test_a_story_has_an_end_and_what_is_over_it_comes_back(cast: Cast, as_: As, length: int) -> None:
    page = as_(cast.lan).visit("/stories/new").form("button[value=save]")
    answer = page.send(title="A", body="ば" * length)
    assert answer.status == (302 if length <= 40_000 else 422)
    if answer.status == 422:
        assert len(answer.form("#story-form").values()["body"].strip()) == length


def test_a_request_too_large_is_told_so_wherever_it_goes(
    cast: Cast, places: dict[str, object], as_: As
) -> None:
    browser = as_(cast.moderator)
    for path in (
        "/stories/new",
        f"/moderation/reviews/{places['waiting']}",
        f"/contributions/{places['story']}/comments",
    ):
        assert browser.post(path, {"body": "x" * 2_000_000}).status == 413


def many(examples: int) -> Callable[[Any], Any]:
    """Each on the site as the one before has left it."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
        ],
    )


@pytest.fixture
def opened() -> dict[str, Form]:
    """The form as it was fetched: only what is sent changes, until something is taken and the form is spent."""
    return {}


@pytest.mark.parametrize("name", TARGETS)
@many(EXAMPLES)
@given(st.data())
def test_no_form_breaks(
    cast: Cast, places: dict[str, object], as_: As, opened: dict[str, Form], name: str, data: st.DataObject
) -> None:
    target = TARGETS[name]
    form = opened.get(name)
    if form is None:
        browser = as_(getattr(cast, target.who) if target.who else None)
        form = opened[name] = browser.visit(target.path.format(**places)).form(target.selector)
    names = form.names()
    # What is drawn must not depend on the page: a story once sent changes which fields there are.
    drawn = data.draw(st.dictionaries(st.sampled_from(FIELDS), anything, min_size=1))
    sent = {one: value for one, value in drawn.items() if one in names}
    answer = form.send(**{one: value.encode("utf-8", "replace").decode() for one, value in sent.items()})
    assert answer.status < 500, answer.main[:300]
    if answer.status < 400:
        del opened[name]
    if answer.status in (400, 409, 422, 429):
        comes_back(answer, target, {one: sent[one] for one in target.typed if one in sent})


def comes_back(page: Page, target: Target, typed: dict[str, str]) -> None:
    shown = page.form(target.selector).values() if page.has(target.selector) else {}
    for name, value in typed.items():
        try:
            kept = text.normalise(value.encode("utf-8", "replace").decode(), multiline=True)
        except text.UnfitText:
            continue
        found = text.normalise(shown.get(name, ""), multiline=True) if name in shown else page.soup.get_text()
        assert " ".join(kept.split()) in " ".join(found.split()) or name == "email"


@many(EXAMPLES)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "form_id",
                "sequence",
                "title",
                "body",
                "language",
                "topic",
                "vehicle",
                "vehicle_year",
                "story_id",
                "missing",
                "countries",
                "area",
                "story",
                "part",
                "x",
            ]
        ),
        anything
        | st.none()
        | st.integers()
        | st.floats(allow_nan=False)
        | st.lists(st.integers(), max_size=3),
    )
)
@example({"body": "\ud800", "title": "\ud800", "form_id": "\ud800", "language": "\ud800", "topic": "\ud800"})
@example({"story_id": "9" * 18})
@example({"story_id": "9" * 19})
@example({"story_id": -1})
def test_autosave_never_breaks(site: Site, cast: Cast, as_: As, typed: dict[str, Any]) -> None:
    for path in ("/stories/drafts", "/ideas/drafts"):
        assert as_(cast.lan).post_json(path, typed).status < 500


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "3", '"x"', "{", "[" * 100_000, '{"a":' * 50_000, "\ud800", "9" * 10_000]
)
def test_autosave_of_what_is_no_draft(cast: Cast, as_: As, body: str) -> None:
    browser = as_(cast.lan)
    for path in ("/stories/drafts", "/ideas/drafts"):
        answer = browser.client.post(
            path,
            data=body.encode("utf-8", "surrogatepass"),
            content_type="application/json",
            headers={"X-CSRFToken": browser.token()},
            base_url=browser.base,
        )
        assert 400 <= answer.status_code < 500


@many(EXAMPLES * 2)
@given(anything, anything, anything)
@example("[" * 100_000, "/stories/new", "x")
@example('[["body","x"]]', "//evil.example", "x")
@example('[["csrf_token","x"],["password","y"],["body","z"]]', "/stories/new", "/\\evil.example")
def test_resuming_never_breaks(site: Site, cast: Cast, as_: As, fields: str, path: str, after: str) -> None:
    clean = [one.encode("utf-8", "replace").decode() for one in (fields, path, after)]
    answer = as_(None).post(
        "/account/login",
        {
            "email": cast.lan.email,
            "password": cast.lan.password,
            "resume_fields": clean[0],
            "resume_path": clean[1],
            "next": clean[2],
        },
    )
    assert answer.status in (200, 302, 422)
    if answer.status == 302:
        assert answer.location


QUERIES = (
    "/stories?country={x}&language={x}&topic={x}&sort={x}",
    "/stories?after={x}",
    "/stories?sort=loved&after={x}",
    "/members/{x}",
    "/countries/{x}",
    "/topics/{x}",
    "/transparency?after={x}",
    "/transparency?act={x}&language={x}&country={x}&kind={x}&clause={x}&from={x}&to={x}",
    "/transparency.atom?act={x}&from={x}",
    "/transparency.csv?clause={x}&to={x}",
    "/transparency/lines/{x}",
    "/transparency/reports/{x}",
    "/moderation/numbers?language={x}",
    "/account/login?next={x}",
    "/account/confirm/{x}",
    "/account/recover/{x}",
    "/moderation?language={x}&country={x}&after={x}",
    "/me/stories?after={x}",
    "/vehicles/{x}",
    "/models/{x}",
    "/models/{x}?country={x}&after={x}",
    "/me/garage/{x}",
    "/stories/new?vehicle={x}",
    "/ideas/new?story={x}&part={x}",
    "/ideas/new?story={story}&part={x}",
    "/me/ideas?after={x}",
    "/quotes/{x}",
    "/stories/{story}/{x}",
    "/stories/{story}/over-the-pass?after={x}",
    "/contributions/{story}/revisions?old={x}&new={x}",
    "/contributions/{story}/comments?parent_id={x}",
    "/contributions/{story}/withdrawal?next={x}",
    "/contributions/{waits}/status?sent={x}",
    "/comments/{comment}/thread?after={x}",
    "/stories/{x}",
    "/comments/{x}",
    "/contributions/{x}",
    "/moderation/reviews/{x}",
    "/?ui={x}",
)
VALUES = (
    "%00", "a%00b", "%ff", "%ed%a0%80", "%E2%80%AE", "-1", "0", str(2**31), str(2**63 - 1), str(2**63), "9" * 300,
    "%D9%A3", "nan", "..%2f..%2f", "%25", "%0d%0aSet-Cookie:x", "W10", "WzFd", "WzEsMV0", "WyJ4Il0", "bnVsbA",
    "%F0%9F%9A%97",
)  # fmt: skip


@pytest.mark.parametrize("who", ["lan", "moderator", None])
def test_no_address_breaks(cast: Cast, places: dict[str, object], as_: As, who: str | None) -> None:
    browser = as_(getattr(cast, who) if who else None)
    failed = []
    for path, value in product(QUERIES, VALUES):
        asked = path.format(**{**places, "waits": places["story"], "x": value})
        answer = browser.get(asked)
        if answer.status >= 500 or "x" in answer.response.headers.getlist("Set-Cookie"):
            failed.append(asked)
    assert not failed


@pytest.mark.parametrize(
    ("path", "extra"),
    [
        (
            "/account/register",
            {"role": "admin", "is_confirmed": "1", "standing": "good", "id": "1", "handle": "root"},
        ),
        (
            "/stories/new",
            {"state": "live", "author_id": "1", "live_revision_id": "1", "reaction_count": "99"},
        ),
    ],
)
def test_unknown_fields_are_never_written(
    site: Site, cast: Cast, as_: As, path: str, extra: dict[str, str]
) -> None:
    if path == "/account/register":
        fields = {
            "email": "new@example.test",
            "password": "a long enough sentence here",
            "display_name": "New",
        }
        answer = as_(None).post(path, {**fields, "country": "VN", "language": "en", **extra})
        assert answer.status == 302
        found = site.rows(
            "SELECT role, standing, email_confirmed_at FROM account WHERE email = 'new@example.test'"
        )
        assert found == [("member", "good", None)]
        assert site.value("SELECT count(*) FROM account WHERE handle = 'root'") == 0
    else:
        fields = {"form_id": "form-0001", "title": "A", "body": BODY, "language": "en", "topic": "family"}
        answer = as_(cast.lan).post(path, {**fields, "action": "submit", **extra})
        assert answer.status == 302
        found = site.rows("SELECT state, author_id, live_revision_id, reaction_count FROM contribution")
        assert found == [("waiting", cast.lan.id, None, 0)]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%0aevil",
    ],
)
def test_nobody_is_led_away(site: Site, cast: Cast, make: Factory, as_: As, target: str) -> None:
    number = make.live_story()
    browser = as_(None)
    page = browser.visit(f"/account/login?next={target}")
    answer = page.form("main form").send(email=cast.lan.email, password=cast.lan.password)
    assert answer.location in ("/me/stories", "/%0aevil")
    for path in (f"/contributions/{number}/reactions", f"/contributions/{number}/withdrawal"):
        assert browser.post(path, {"next": target}).location
    assert as_(cast.lan).get(f"/account/login?next={target}").location
