"""Mail: as files, and through a real SMTP server."""

import email
import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from community.kit import jobs
from community.kit.mail import Letter, Post
from tests.cast import Cast
from tests.conftest import MakeSite
from tests.helpers.clock import StillClock
from tests.helpers.site import Site

LETTER = Letter("lan@example.test", "Câu chuyện\n của bạn", "Xin chào\n", "<p>Xin chào</p>", "vi")


class Inbox:
    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = False
        self.arrived = threading.Event()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses:
            return "451 try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(parsed(content))
        self.arrived.set()
        return "250 OK"


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mail_server(inbox: Inbox) -> Iterator[Controller]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    yield server
    if server.server is not None:
        server.stop()


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post("", tmp_path / "mail", "stories@example.test", "Co-Create Stories", "example.test")


def test_a_job_makes_one_file_however_often_it_runs(post: Post) -> None:
    for _ in range(3):
        post.send(LETTER, 7)
    post.send(LETTER, 8)
    assert [file.name for file in sorted(post.folder.iterdir())] == ["00000007.eml", "00000008.eml"]


def test_the_letter_is_whole_and_in_its_language(post: Post) -> None:
    post.send(LETTER, 7)
    message = parsed((post.folder / "00000007.eml").read_bytes())
    assert message["Subject"] == "Câu chuyện của bạn"
    assert message["To"] == "lan@example.test"
    assert message["From"] == "Co-Create Stories <stories@example.test>"
    assert message["Message-ID"] == "<job-7@example.test>"
    assert message["Content-Language"] == "vi"
    assert message["Auto-Submitted"] == "auto-generated"
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert plain.get_content().strip() == "Xin chào"
    assert rich.get_content().strip() == "<p>Xin chào</p>"


def test_a_subject_cannot_add_a_header(post: Post) -> None:
    post.send(Letter("lan@example.test", "Hello\r\nBcc: all@example.test", "x\n", "x", "en"), 1)
    message = parsed((post.folder / "00000001.eml").read_bytes())
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: all@example.test"


def ask(site: Site, cast: Cast) -> None:
    """Somebody forgot their password."""
    with site.writing():
        jobs.enqueue("mail.recover", {"account_id": cast.lan.id})


def test_a_real_server_gets_each_letter_once(
    make_site: MakeSite, inbox: Inbox, mail_server: Controller
) -> None:
    site = make_site(smtp_url=f"smtp://127.0.0.1:{mail_server.port}")
    cast = Cast(site)
    site.execute("DELETE FROM job")
    ask(site, cast)
    assert site.work() == 1
    assert site.work() == 0
    (message,) = inbox.messages
    assert message["To"] == cast.lan.email
    assert not site.letters()


def test_a_letter_waits_while_the_server_is_down_and_goes_once(
    make_site: MakeSite, inbox: Inbox, mail_server: Controller, clock: StillClock
) -> None:
    port = mail_server.port
    site = make_site(smtp_url=f"smtp://127.0.0.1:{port}")
    cast = Cast(site)
    ask(site, cast)
    mail_server.stop()
    for _ in range(3):
        assert site.work() == 1
        clock.advance(hours=1)
    again = Controller(inbox, hostname="127.0.0.1", port=port)
    again.start()
    try:
        assert site.work() == 1
        assert site.work() == 0
    finally:
        again.stop()
    assert len(inbox.messages) == 1


def test_a_letter_waits_while_the_server_refuses_it(
    make_site: MakeSite, inbox: Inbox, mail_server: Controller, clock: StillClock
) -> None:
    site = make_site(smtp_url=f"smtp://127.0.0.1:{mail_server.port}")
    cast = Cast(site)
    ask(site, cast)
    inbox.refuses = True
    assert site.work() == 1
    assert not inbox.messages
    inbox.refuses = False
    clock.advance(hours=1)
    assert site.work() == 1
    assert len(inbox.messages) == 1


def test_others_can_write_while_a_letter_is_handed_over(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail server may take twenty seconds to answer; on SQLite there is one writer, and it must not be the mail."""
    site = make_site()
    cast = Cast(site)
    ask(site, cast)
    written: list[bool] = []

    def slow(_post: Post, _letter: Letter, _number: int) -> None:
        def write() -> None:
            site.execute("UPDATE account SET display_name = 'Meanwhile' WHERE id = :id", id=cast.member.id)
            written.append(True)

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()

    monkeypatch.setattr(Post, "send", slow)
    assert site.work() == 1
    assert written == [True]
