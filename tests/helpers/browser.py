"""A browser without JavaScript: it reads the HTML it is given and sends the forms it finds there, field by field."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from community.accounts import access, actions
from tests.helpers.site import Site

if TYPE_CHECKING:
    from tests.cast import Person

MOST_REDIRECTS = 5
CONTROLS = ("input", "select", "textarea")
UNSENT = ("submit", "button", "image", "reset", "file")
Fields = list[tuple[str, str]]


class Browser:
    """Keeps cookies; ``visit`` and ``submit`` follow redirects as people do, ``get`` and ``post`` do not."""

    def __init__(self, site: Site, *, base: str = "http://localhost") -> None:
        self.site = site
        self.base = base
        self.client: FlaskClient = site.app.test_client()

    def enter_as(self, person: "Person") -> "Browser":
        """Signed in without the form, for tests that are about something else."""
        with self.site.writing():
            token = actions.open_session(person.row(), browser="tests")
        with self.client.session_transaction(base_url=self.base) as session:
            session[access.TOKEN] = token
            session.permanent = True
        return self

    def sign_in(self, person: "Person", password: str | None = None) -> "Page":
        """Through the page and its form."""
        return self.sign_in_with(person.email, password or person.password)

    def sign_in_with(self, email: str, password: str) -> "Page":
        """With an address and a password."""
        page = self.visit("/account/login")
        return page.submit(email=email, password=password)

    def visit(self, path: str, **headers: str) -> "Page":
        return self._follow(self.get(path, **headers))

    def get(self, path: str, **headers: str) -> "Page":
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Page(self, self.client.get(path, headers=named, base_url=self.base, buffered=True))

    def post(self, path: str, fields: dict[str, Any] | Fields | None = None, **headers: str) -> "Page":
        """What no form was read for, with a good token."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields or [])
        return self.send(path, [("csrf_token", self.token()), *pairs], **headers)

    def post_json(self, path: str, given: Any) -> "Page":
        headers = {"X-CSRFToken": self.token()}
        return Page(
            self, self.client.post(path, json=given, headers=headers, base_url=self.base, buffered=True)
        )

    def send(self, path: str, fields: list[tuple[str, Any]], **headers: str) -> "Page":
        """Exactly these fields."""
        data: dict[str, list[Any]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Page(self, self.client.post(path, data=data, headers=named, base_url=self.base, buffered=True))

    def choose_language(self, code: str) -> "Browser":
        """As a member, for good."""
        self.post("/account/language", {"ui": code})
        return self

    def token(self) -> str:
        """A CSRF token of this browser's session."""
        with self.client.session_transaction(base_url=self.base) as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        key = self.site.app.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))

    def cookies(self) -> dict[str, str]:
        return {cookie.key: cookie.value for cookie in (self.client._cookies or {}).values()}

    def _follow(self, page: "Page") -> "Page":
        for _ in range(MOST_REDIRECTS):
            if page.status not in (301, 302, 303, 307, 308):
                return page
            page = self.get(page.location)
        raise AssertionError(f"redirects without end, last to {page.location}")


@dataclass
class Page:
    """An answer, and what a person can do with it."""

    browser: Browser
    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        """The address this is the answer of."""
        return str(self.response.request.full_path.rstrip("?"))

    @property
    def location(self) -> str:
        """Where it sends the browser, on this site."""
        given = urljoin(self.browser.base + self.path, self.response.headers["Location"])
        parts = urlsplit(given)
        if f"{parts.scheme}://{parts.netloc}" != self.browser.base:
            raise AssertionError(f"leads away from the site: {given}")
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def json(self) -> Any:
        return self.response.get_json()

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @property
    def language(self) -> str:
        """What the page says of itself."""
        return str(self._one("html")["lang"])

    @property
    def text(self) -> str:
        """The words a reader sees, with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def main(self) -> str:
        """The words of the page itself, without header and footer."""
        found = self.soup.find("main")
        return " ".join((found or self.soup).get_text(" ").split())

    def has(self, selector: str) -> bool:
        return self.soup.select_one(selector) is not None

    def follow(self, words_or_selector: str) -> "Page":
        """Follow the link with these words, or the one a selector finds."""
        for link in self.soup.find_all("a", href=True):
            if " ".join(link.get_text(" ").split()) == words_or_selector:
                return self.browser.visit(str(link["href"]))
        return self.browser.visit(str(self._one(words_or_selector)["href"]))

    def form(self, selector: str) -> "Form":
        """The form a selector finds, or the one its button belongs to."""
        found = self._one(selector)
        if found.name == "form":
            return Form(self, found, None)
        return Form(self, self._form_of(found), found)

    def submit(self, selector: str = "main form", /, **fields: object) -> "Page":
        """Fill in and send. A list fills a group of boxes; None leaves a field out, as an unticked box is."""
        return self.browser._follow(self.form(selector).send(**fields))

    def _one(self, selector: str) -> Tag:
        found = self.soup.select_one(selector)
        if found is None:
            raise AssertionError(f"no {selector!r} on {self.path} ({self.status}): {self.main[:600]}")
        return found

    def _form_of(self, button: Tag) -> Tag:
        if button.get("form"):
            return self._one(f"form#{button['form']}")
        found = button.find_parent("form")
        if found is None:
            raise AssertionError(f"the button {button} is in no form")
        return found


class Form:
    """A form as it stands in the page; ``button`` is the one it is sent with, else its first."""

    def __init__(self, page: Page, tag: Tag, button: Tag | None) -> None:
        self._page, self._tag = page, tag
        self._button = button or next(self._buttons(), None)

    def fields(self) -> Fields:
        """What a browser would send with nothing changed."""
        sent: Fields = []
        for control in self._controls:
            sent.extend(_sent_by(control))
        if self._button is not None and self._button.get("name"):
            sent.append((str(self._button["name"]), str(self._button.get("value", ""))))
        return sent

    def values(self) -> dict[str, str]:
        """By name, the last where several have one name."""
        return dict(self.fields())

    def names(self) -> set[str]:
        """All fields a person could send, ticked or not."""
        return {str(control["name"]) for control in self._controls if control.get("name")}

    @property
    def action(self) -> str:
        own = self._button.get("formaction") if self._button is not None else None
        return urljoin(self._page.browser.base + self._page.path, str(own or self._tag.get("action") or ""))

    def send(self, **changes: object) -> Page:
        fields = self.fields()
        known = self.names() | set(dict(fields))
        for name, value in changes.items():
            if name not in known:
                raise AssertionError(f"the form has no field {name!r}, only {sorted(known)}")
            fields = [pair for pair in fields if pair[0] != name]
            fields += [(name, str(one)) for one in _listed(value)]
        path = self.action.removeprefix(self._page.browser.base)
        if str(self._tag.get("method", "get")).lower() == "get":
            return self._page.browser.get(f"{path.partition('?')[0]}?{urlencode(fields)}")
        return self._page.browser.send(path, list(fields))

    @cached_property
    def _controls(self) -> list[Tag]:
        own = self._tag.get("id")
        inside = self._tag.find_all(CONTROLS)
        beside = self._page.soup.find_all(CONTROLS, form=str(own)) if own else []
        return [control for control in (*inside, *beside) if not control.has_attr("disabled")]

    def _buttons(self) -> Iterator[Tag]:
        for found in self._tag.find_all(["button", "input"]):
            if found.get("type") != "button" and (found.name == "button" or found.get("type") == "submit"):
                yield found


def _sent_by(control: Tag) -> Fields:
    name, kind = str(control.get("name", "")), str(control.get("type", "text"))
    if not name or (control.name == "input" and kind in UNSENT):
        return []
    if control.name == "select":
        options = control.find_all("option")
        chosen = [o for o in options if o.has_attr("selected")]
        if not chosen and not control.has_attr("multiple"):
            chosen = options[:1]
        return [(name, str(o.get("value", o.get_text()))) for o in chosen]
    if control.name == "textarea":
        # A browser drops the first line end after the tag and sends the others as two characters.
        return [(name, control.get_text().replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n"))]
    if kind in ("checkbox", "radio"):
        return [(name, str(control.get("value", "on")))] if control.has_attr("checked") else []
    return [(name, str(control.get("value", "")))]


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
