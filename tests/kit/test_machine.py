"""A translating server that answers well, badly, slowly or never: whoever asked goes on in time."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from community.kit import machine
from community.kit.machine import Machine, Unanswered
from tests.helpers import buckets, translator
from tests.helpers.translator import Answer, Translator, dripping, found, saying, whole

SHORT = 0.25
"""Seconds: what the tests give a server in place of three."""
PATIENCE = 0.5
"""Seconds more than that: two cores are shared with much else."""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TWO = ["Hai", "Ba"]


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Translator]]:
    with ExitStack() as stack:
        yield lambda answer: stack.enter_context(translator.served(answer))


def asked(server: Translator, *, seconds: float = 2.0) -> list[str]:
    return Machine(server.address, seconds=seconds).translate(TWO, "vi", "en")


def test_every_text_has_its_proposal_in_order(serve: Callable[[Answer], Translator]) -> None:
    server = serve(translator.well)
    assert asked(server) == ["⟨en⟩ Hai", "⟨en⟩ Ba"]
    assert server.asked == [{"q": TWO, "source": "vi", "target": "en", "format": "text"}]
    assert server.paths == ["/translate"]


def test_a_server_below_a_path_that_wants_a_key(serve: Callable[[Answer], Translator]) -> None:
    server = serve(translator.well)
    Machine(f"{server.address}/machine/", "a-key", seconds=2).translate(TWO, "vi", "en")
    assert server.paths == ["/machine/translate"]
    assert server.asked[0]["api_key"] == "a-key"


def test_an_answer_in_pieces_of_unknown_number(serve: Callable[[Answer], Translator]) -> None:
    body = json.dumps({"translatedText": ["a", "b"]}).encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:9], body[9:]))
    server = serve(saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"))
    assert asked(server) == ["a", "b"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (whole(b"<html>Please sign in</html>", kind="text/html"), "no JSON"),
        (whole(b""), "no JSON"),
        (whole(b"[" * 50_000), "no JSON"),
        (whole(b"9" * 10_000), "no JSON"),
        (whole(b"\xff\xfe\xff"), "no JSON"),
        (whole(b"\x1f\x8b\x08\x00packed", more="Content-Encoding: gzip\r\n"), "no JSON"),
        (found([["Two", "Three"]]), "another form"),
        (found({"error": "vi is not supported"}), "another form"),
        (found({"translatedText": "Two Three"}), "another form"),
        (found({"translatedText": ["Two", 3]}), "another form"),
        (found({"translatedText": None}), "another form"),
        (found({"translatedText": ["Two"]}), "1 texts for 2"),
        (found({"translatedText": ["Two", "Three", "Four"]}), "3 texts for 2"),
        (whole(b"{}", "500 Internal Server Error"), "status 500"),
        (whole(b'{"error": "Slow down"}', "429 Too Many Requests"), "status 429"),
        (whole(b"", "204 No Content"), "status 204"),
        (HEAD + b"Content-Length: 400\r\n\r\n{", "no JSON"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "BadStatusLine"),
        (b"", "RemoteDisconnected"),
        (HEAD + b"X: y\r\n" * 500 + b"\r\n", "HTTPException"),
        (HEAD + b"X: " + b"y" * 100_000 + b"\r\n\r\n", "LineTooLong"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nsoon\r\n", "IncompleteRead"),
    ],
)
def test_nonsense_is_no_answer(serve: Callable[[Answer], Translator], answer: bytes, reason: str) -> None:
    with pytest.raises(Unanswered, match=reason) as refusal:
        asked(serve(saying(answer)))
    assert len(str(refusal.value)) <= 200


def test_no_redirect_is_followed(serve: Callable[[Answer], Translator]) -> None:
    server = serve(translator.well)
    server.answer = saying(whole(b"", "307 Temporary Redirect", more=f"Location: {server.address}/round\r\n"))
    with pytest.raises(Unanswered, match="status 307"):
        asked(server)
    assert server.paths == ["/translate"]


@pytest.mark.parametrize(
    "answer",
    [
        translator.later(3),
        dripping(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500),
        dripping(HEAD + b'Content-Length: 90000\r\n\r\n{"translatedText": ["'),
        dripping(HEAD + b'Connection: close\r\n\r\n{"translatedText": ["'),
        dripping(HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n0", 0.01),
        lambda _asked: iter(lambda: b"HTTP/1.1 100 Continue\r\n\r\n", None),
    ],
    ids=["silence", "head", "body", "body without end", "length without end", "always going on"],
)
def test_who_is_too_slow_is_cut_off(serve: Callable[[Answer], Translator], answer: Answer) -> None:
    server, before = serve(answer), threading.active_count()
    began = time.monotonic()
    with pytest.raises(Unanswered):
        asked(server, seconds=SHORT)
    assert time.monotonic() - began < SHORT + PATIENCE
    assert soon(lambda: threading.active_count() <= before + 1), "only the server's own thread is left"


@pytest.mark.parametrize("head", [HEAD, HEAD + b"Content-Length: 99999999\r\n"], ids=["no end", "a length"])
def test_more_than_a_megabyte_is_not_read(serve: Callable[[Answer], Translator], head: bytes) -> None:
    def flood(_asked: object) -> Iterator[bytes]:
        yield head + b"\r\n"
        for _ in range(1_000):
            yield b" " * 65_536

    server = serve(flood)
    with pytest.raises(Unanswered, match="more than 1048576 bytes"):
        asked(server)
    assert server.closed_early.wait(2)


def test_nobody_at_that_port() -> None:
    with pytest.raises(Unanswered, match="ConnectionRefusedError"):
        Machine("http://127.0.0.1:9", seconds=2).translate(TWO, "vi", "en")


def test_a_name_nobody_has() -> None:
    with pytest.raises(Unanswered, match=r"gaierror|no whole answer"):
        Machine("http://localhost.invalid", seconds=SHORT).translate(TWO, "vi", "en")


def test_a_name_that_cannot_be_one() -> None:
    with pytest.raises(Unanswered, match="UnicodeError"):
        Machine(f"http://localhost.{'a' * 70}", seconds=2).translate(TWO, "vi", "en")


def test_a_port_that_speaks_no_tls(serve: Callable[[Answer], Translator]) -> None:
    server = serve(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
    with pytest.raises(Unanswered):
        Machine(server.address.replace("http:", "https:"), seconds=SHORT).translate(TWO, "vi", "en")


def test_a_silent_port_holds_nobody_longer() -> None:
    began = time.monotonic()
    with buckets.silent_port() as port, pytest.raises(Unanswered):
        Machine(f"http://127.0.0.1:{port}", seconds=SHORT).translate(TWO, "vi", "en")
    assert time.monotonic() - began < SHORT + PATIENCE


def test_two_are_asked_at_once_and_the_third_is_told(serve: Callable[[Answer], Translator]) -> None:
    release = threading.Event()

    def held(given: translator.Asked) -> list[bytes]:
        release.wait(2)
        return list(translator.well(given))

    server = serve(held)
    shared, told = Machine(server.address, seconds=2), []
    others = [
        threading.Thread(target=lambda: told.append(shared.translate(TWO, "vi", "en"))) for _ in range(2)
    ]
    for one in others:
        one.start()
    assert soon(lambda: len(server.asked) == 2)
    began = time.monotonic()
    with pytest.raises(Unanswered, match="others wait"):
        shared.translate(TWO, "vi", "en")
    assert time.monotonic() - began < PATIENCE
    release.set()
    for one in others:
        one.join()
    assert told == [["⟨en⟩ Hai", "⟨en⟩ Ba"]] * 2
    assert server.most_at_once == 2
    assert shared.translate(TWO, "vi", "en"), "the places are free again"


def test_places_are_free_again_after_every_failure(serve: Callable[[Answer], Translator]) -> None:
    server = serve(saying(whole(b"", "500 Internal Server Error")))
    shared = Machine(server.address, seconds=2)
    for _ in range(machine.MOST_AT_ONCE * 2):
        with pytest.raises(Unanswered, match="status 500"):
            shared.translate(TWO, "vi", "en")
    server.answer = translator.later(2)
    # Patient enough for a busy machine to answer when it is well again.
    impatient = Machine(server.address, seconds=0.5)
    for _ in range(machine.MOST_AT_ONCE):
        with pytest.raises(Unanswered, match=r"no whole answer|timed out"):
            impatient.translate(TWO, "vi", "en")
    server.answer = translator.well
    assert soon(lambda: bool(tried(impatient)))


def test_three_seconds_in_all_where_nothing_else_is_said(serve: Callable[[Answer], Translator]) -> None:
    assert machine.SECONDS == 3
    server = serve(translator.later(10))
    machine.set_up(server.address)
    assert machine.is_there()
    assert machine._in_use[0]._seconds == machine.SECONDS


def test_without_a_setting_there_is_no_machine() -> None:
    machine.set_up("")
    assert not machine.is_there()
    with pytest.raises(Unanswered):
        machine.translate(TWO, "vi", "en")


def test_the_log_says_why_and_nothing_of_the_text(
    serve: Callable[[Answer], Translator], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Unanswered):
        asked(serve(saying(whole(b"{}", "500 Internal Server Error"))))
    assert "status 500" in caplog.text
    assert TWO[0] not in caplog.text


def tried(shared: Machine) -> list[str]:
    try:
        return shared.translate(TWO, "vi", "en")
    except Unanswered:
        return []


def soon(is_so: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()
