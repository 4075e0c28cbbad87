"""The rows of the table: which request each sends, as whom, and how it is known to be the page that is meant."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin
from uuid import uuid4

from bench.load import Load, NextRequest
from bench.visitor import Page, Unexpected, Visitor

PASSWORD = os.environ.get("BENCH_PASSWORD", "demo-password-2026")
MEMBER = "bench-member@example.test"
MODERATOR = "bench-moderator@example.test"
CURATOR = "bench-curator@example.test"
FAR_DOWN = 1000  # pages walked by their own "next" links
MOST_DECIDED = 5_000
SIXTEENTH = "zh"
PHOTO = re.compile(r"/photos/[0-9a-f]{16}/320\.webp")
REVIEW = re.compile(r'href="/moderation/reviews/(\d+)[?"]')
STORY = (
    "We left before the heat did. The road out of the valley climbs for forty minutes without a straight, and the "
    "children counted the bends aloud until they fell asleep.\n\n"
) * 6

Report = dict[str, object]


class Desk:
    """One product under measurement: its address, what its database holds, and its visitors, signed in once."""

    def __init__(self, address: tuple[str, int], report: Report) -> None:
        self.address = address
        self.report = report
        self.notes: dict[str, object] = {}
        self._visitors: dict[tuple[str, str], Visitor] = {}

    def visitor(self, email: str, language: str) -> Visitor:
        if (email, language) not in self._visitors:
            visitor = self._visitors[email, language] = Visitor(self.address, language)
            if email:
                visitor.sign_in(email, PASSWORD)
        return self._visitors[email, language]

    def story(self, label: str) -> str:
        return f"/stories/{self.report[label]}"

    def idea(self) -> str:
        """The one most stand behind, at the address it has for good."""
        visitor = Visitor(self.address)
        visitor.visit(f"/ideas/{self.report['idea']}")
        return visitor.path


@dataclass(frozen=True)
class Row:
    """``find`` gives the path to ask for; ``email`` is empty for a visitor who is signed out.

    ``language`` is that of the interface: a stranger's browser asks for it, a member's page by its address.
    """

    name: str
    find: Callable[[Desk], str]
    email: str = ""
    posts: Callable[[Visitor, Page], NextRequest] | None = None
    language: str = "en"

    def load(self, desk: Desk) -> Load:
        visitor = desk.visitor(self.email, self.language)
        page = visitor.visit(self.find(desk))
        if self.email and not page.language.startswith(self.language):
            page = visitor.visit(f"{visitor.path}?ui={self.language}")
        self._check(page, visitor)
        if self.posts:
            return Load(desk.address, self.posts(visitor, page), expected=(302, 303))
        asked = visitor.request("GET", visitor.path)
        return Load(desk.address, lambda: asked)

    def _check(self, page: Page, visitor: Visitor) -> None:
        """A page for somebody else would be measured just as happily."""
        if bool(self.email) != ("/account/logout" in page.text):
            raise Unexpected(f"{self.name}: {visitor.path} is not the page of {self.email or 'a stranger'}")
        if page.language and not page.language.startswith(self.language):  # a photo is in none
            raise Unexpected(f"{self.name}: {visitor.path} is in {page.language}, not in {self.language}")
        if not self.email and visitor.cookies:
            raise Unexpected(f"{self.name}: a stranger was given the cookies {', '.join(visitor.cookies)}")


def _far_down(desk: Desk) -> str:
    """The list's address after FAR_DOWN pages, or the last full one of a smaller set."""
    path, pages = "/stories", 1
    visitor = Visitor(desk.address)
    while pages < FAR_DOWN and (following := visitor.visit(path).next):
        path, pages = urljoin(path, following), pages + 1
    desk.notes["list_far_down_page"] = pages
    return path


def _submissions(visitor: Visitor, page: Page) -> NextRequest:
    """Each call makes another story, of words of its own: the fields of the form as it came, with a new one-time id."""
    topics = page.choices.get("topic") or [""]
    fields = {
        "csrf_token": page.fields.get("csrf_token", ""),
        "title": "The road out of the valley",
        "language": "en",
        "topic": page.fields.get("topic") or topics[0],
        "action": "submit",
    }
    path = visitor.path

    def named() -> dict[str, str]:
        number = uuid4().hex
        return {**fields, "body": f"{STORY}{number}", "form_id": number}

    if "/status" not in (location := visitor.submit(path, named())):
        raise Unexpected(f"a story that was sent led to {location}, and not into the queue")
    return lambda: visitor.request("POST", path, urlencode(named()).encode("ascii"))


def _approvals(visitor: Visitor, page: Page) -> NextRequest:
    """Each call approves another of what waits, as its queue has it; nothing when MOST_DECIDED or all are decided."""
    numbers = _waiting(visitor, page)
    if not numbers:
        raise Unexpected(f"{visitor.path}: nothing waits")
    fields = visitor.visit(f"/moderation/reviews/{numbers[0]}").fields
    # All were sent once and not touched since, so what one form says of its version holds for every other.
    given = {name: fields[name] for name in ("csrf_token", "revision", "version")}
    body = urlencode({**given, "outcome": "approve"}).encode("ascii")
    left = iter(numbers)

    def following() -> bytes:
        number = next(left, None)
        return visitor.request("POST", f"/moderation/reviews/{number}", body) if number else b""

    return following


def _waiting(visitor: Visitor, page: Page) -> list[str]:
    """The numbers of what waits, as far as the queue's pages list them."""
    path, found = visitor.path, dict.fromkeys(REVIEW.findall(page.text))
    while page.next and len(found) < MOST_DECIDED:
        path = urljoin(path, page.next)
        page = visitor.visit(path)
        found.update(dict.fromkeys(REVIEW.findall(page.text)))
    return list(found)[:MOST_DECIDED]


def _photo(desk: Desk) -> str:
    """One of the story's with photos, in the size of a card."""
    visitor = Visitor(desk.address)
    found = PHOTO.search(visitor.visit(desk.story("photos_12")).text)
    if not found:
        raise Unexpected(f"{visitor.path} shows no photo")
    return found.group()


ROWS = (
    Row("home", lambda desk: "/"),
    Row("list", lambda desk: "/stories"),
    Row("list, far down", _far_down),
    Row("story, 20 comments", lambda desk: desk.story("story_20")),
    Row("story, 200 comments", lambda desk: desk.story("story_200")),
    Row("story, 20 comments, signed in", lambda desk: desk.story("story_20"), MEMBER),
    Row("story, 200 comments, signed in", lambda desk: desk.story("story_200"), MEMBER),
    Row("story, 1 photo", lambda desk: desk.story("photos_1")),
    Row("story, 12 photos", lambda desk: desk.story("photos_12")),
    Row("story, 1 photo, signed in", lambda desk: desk.story("photos_1"), MEMBER),
    Row("story, 12 photos, signed in", lambda desk: desk.story("photos_12"), MEMBER),
    Row("home, in Chinese", lambda desk: "/", language=SIXTEENTH),
    Row("story, 20 comments, in Chinese", lambda desk: desk.story("story_20"), language=SIXTEENTH),
    Row(
        "story, 20 comments, signed in, in Chinese",
        lambda desk: desk.story("story_20"),
        MEMBER,
        language=SIXTEENTH,
    ),
    Row("a photo, 320 px", _photo),
    Row("ideas", lambda desk: "/ideas"),
    Row("idea, 5,000 supporters", Desk.idea),
    Row("idea, 5,000 supporters, signed in", Desk.idea, MEMBER),
    Row("board, curator", lambda desk: "/curation", CURATOR),
    Row("own home, 500 follows", lambda desk: "/home", MEMBER),
    Row("insights, curator", lambda desk: "/insights?country=VN", CURATOR),
    Row("queue, moderator", lambda desk: "/moderation", MODERATOR),
    # Last, because they change what the others read; the second decides on what the first has sent, too.
    Row("submit, member", lambda desk: "/stories/new", MEMBER, posts=_submissions),
    Row("a decision, moderator", lambda desk: "/moderation", MODERATOR, posts=_approvals),
)
