"""A visitor who prepares a row: keeps cookies, follows redirects, reads forms, signs in. Never under measurement."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

FORM = "application/x-www-form-urlencoded"
REDIRECTS = (301, 302, 303, 307, 308)


class Unexpected(Exception):
    """The product answered otherwise than the row supposes; the message says what and where."""


class Page(HTMLParser):
    """The parts of a page a visitor acts on: values of fields, the choices of lists, the way to the next page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.fields: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.next = ""
        self.language = ""
        self._list = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "input" and "name" in given:
            self.fields.setdefault(given["name"], given.get("value", ""))
            if given.get("type") == "radio":
                self.choices.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "select":
            self._list = given.get("name", "")
        elif tag == "option" and given.get("value"):
            self.choices.setdefault(self._list, []).append(given["value"])
        elif tag in ("a", "link") and "next" in given.get("rel", "").split() and not self.next:
            self.next = given.get("href", "")


@dataclass
class Visitor:
    address: tuple[str, int]
    language: str = "en"  # what the browser asks for
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = "/"  # where the last visit ended, after redirects

    def visit(self, path: str) -> Page:
        """GET, following redirects on this site; raises Unexpected unless it ends at 200."""
        for _ in range(5):
            status, location, text = self._exchange("GET", path)
            if status == http.HTTPStatus.OK:
                self.path = path
                return Page(text)
            if status not in REDIRECTS:
                raise Unexpected(f"GET {path}: {status}\n{text[:500]}")
            path = self._local(path, location)
        raise Unexpected(f"GET {path}: redirected for ever")

    def submit(self, path: str, values: Mapping[str, str]) -> str:
        """POST a form; where it leads. Raises Unexpected unless the answer is a redirect."""
        status, location, text = self._exchange("POST", path, urlencode(values))
        if status not in REDIRECTS:
            raise Unexpected(f"POST {path}: {status}\n{text[:500]}")
        return location

    def sign_in(self, email: str, password: str) -> None:
        token = self.visit("/account/login").fields.get("csrf_token", "")
        self.submit("/account/login", {"email": email, "password": password, "csrf_token": token})

    def request(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The bytes of a request by this visitor, for the load."""
        head = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in self._headers().items())]
        if method == "POST":
            head += [f"Content-Type: {FORM}", f"Content-Length: {len(body)}"]
        return "\r\n".join([*head, "", ""]).encode("ascii") + body

    def _headers(self) -> dict[str, str]:
        origin = f"{self.address[0]}:{self.address[1]}"
        headers = {
            "Host": origin,
            "Accept": "text/html",
            "Accept-Language": self.language,
            "Referer": f"http://{origin}/",
        }
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return headers

    def _exchange(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        connection = http.client.HTTPConnection(*self.address, timeout=60)
        headers = self._headers() | ({"Content-Type": FORM} if method == "POST" else {})
        try:
            connection.request(method, path, body.encode() if body else None, headers)
            answer = connection.getresponse()
            self._keep(answer.headers.get_all("Set-Cookie") or [])
            return answer.status, answer.getheader("Location", ""), answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)

    @staticmethod
    def _local(path: str, location: str) -> str:
        parts = urlsplit(urljoin(path, location))
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
