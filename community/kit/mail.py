"""Mail: composed in plain text and HTML, delivered to a folder or through SMTP.

Called by jobs only, never by a request: what a transaction asked for is sent after it is committed. The job's number
makes the Message-ID, so a mail sent again after a crash is the same mail: a file replaces itself, and a mail server
that has seen the Message-ID can drop the second.
"""

import os
import smtplib
import ssl
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from community.kit import clock

TIMEOUT_SECONDS = 20


class Folding(EmailPolicy):
    """Python 3.11 loses the space between two encoded words where it folds a subject, and so joins two words of it."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        folded = Header(str(value), header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str
    html: str
    language: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further ones; our own words, never somebody else's."""


@dataclass(frozen=True)
class Post:
    """Where mail goes: an ``smtp://`` or ``smtps://`` address, or, without one, files under ``folder``."""

    smtp_url: str
    folder: Path
    sender: str
    sender_name: str
    domain: str

    def send(self, letter: Letter, number: int) -> None:
        """Raises OSError or smtplib.SMTPException when it could not be handed over."""
        message = self._message(letter, number)
        if self.smtp_url:
            _hand_over(self.smtp_url, message)
        else:
            _write(self.folder, f"{number:08d}.eml", bytes(message))

    def _message(self, letter: Letter, number: int) -> EmailMessage:
        message = EmailMessage(policy=Folding())
        message["From"] = Address(self.sender_name, addr_spec=self.sender)
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<job-{number}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        for name, value in letter.headers.items():
            message[name] = value
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        # Set last: turning the text into one of two parts would take the header along into that part.
        message["Content-Language"] = letter.language
        return message


def _write(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(folder / name)


def _hand_over(url: str, message: EmailMessage) -> None:
    place = urlsplit(url)
    host = place.hostname or "localhost"
    if place.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, place.port or 465, timeout=TIMEOUT_SECONDS, context=_trust()
        )
    else:
        server = smtplib.SMTP(host, place.port or 25, timeout=TIMEOUT_SECONDS)
    with server:
        if place.scheme == "smtp+starttls":
            server.starttls(context=_trust())
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
        server.send_message(message)


@cache
def _trust() -> ssl.SSLContext:
    """Read once: the system's certificates take longer to read than a letter to send."""
    return ssl.create_default_context()
