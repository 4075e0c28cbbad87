"""Uploads as a script sends them: tus 1.0 over the test client, header by header."""

import base64
import io
from functools import lru_cache
from typing import Any

from PIL import Image
from werkzeug.test import TestResponse

from tests.helpers.browser import Browser

UPLOADS = "/photos/uploads"
BYTES = "application/offset+octet-stream"


@lru_cache
def jpeg(side: int = 64, colour: str = "#7799bb") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(file, "JPEG")
    return file.getvalue()


def metadata(**values: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


def ask(browser: Browser, method: str, path: str, body: Any = b"", **headers: str | None) -> TestResponse:
    """With a good token and version, unless they are given; ``None`` leaves a header out. A body may be a stream."""
    named: dict[str, str | None] = {"X_CSRFToken": browser.token(), "Tus_Resumable": "1.0.0", **headers}
    given = {name.replace("_", "-"): value for name, value in named.items() if value is not None}
    over = (
        {} if isinstance(body, bytes) else {"wsgi.input": body, "CONTENT_LENGTH": given.pop("Content-Length")}
    )
    return browser.client.open(
        path,
        method=method,
        data=body if isinstance(body, bytes) else None,
        headers=given,
        base_url=browser.base,
        environ_overrides=over,
        buffered=True,
    )


def create(browser: Browser, length: int | str | None, **headers: str | None) -> TestResponse:
    told = None if length is None else str(length)
    return ask(browser, "POST", UPLOADS, **{"Upload_Length": told, **headers})


def append(browser: Browser, key: str, start: int | str | None, body: Any, **headers: Any) -> TestResponse:
    told = None if start is None else str(start)
    sent = {"Upload_Offset": told, "Content_Type": BYTES, **headers}
    return ask(browser, "PATCH", f"{UPLOADS}/{key}", body, **sent)


def measure(browser: Browser, key: str) -> TestResponse:
    return ask(browser, "HEAD", f"{UPLOADS}/{key}")


def started(browser: Browser, length: int, **told: str) -> str:
    """The key of a new upload."""
    answer = create(browser, length, Upload_Metadata=metadata(**told) if told else None)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    key: str = answer.get_json()["key"]
    return key


def sent(browser: Browser, body: bytes | None = None, **told: str) -> str:
    """The key of an upload that is all here."""
    whole = jpeg() if body is None else body
    key = started(browser, len(whole), **told)
    answer = append(browser, key, 0, whole)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(len(whole)))
    return key
