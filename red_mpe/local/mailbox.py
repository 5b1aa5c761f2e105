"""The demo's post office: takes every mail by SMTP, keeps it in a directory and shows it on a page. Nothing leaves the machine."""

import argparse
import email
import itertools
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import FrameType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

BIGGEST_MAIL = 10_000_000  # bytes
RECIPIENTS = "X-Envelope-To"


@dataclass(frozen=True)
class Mail:
    """One mail that arrived."""

    key: str
    message: EmailMessage

    @property
    def arrived(self) -> datetime:
        """When it came in, in UTC."""
        return datetime.fromtimestamp(int(self.key.split("-")[0]) / 1e9, UTC)

    @property
    def to(self) -> list[str]:
        """Whom it was handed over for, which the To line need not tell."""
        return str(self.message[RECIPIENTS] or "").split(", ")

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        """The plain text, or nothing."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML, or nothing."""
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


class Mailbox:
    """The mails in a directory, one file each."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._numbers = itertools.count()
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, content: bytes, recipients: list[str]) -> str:
        """Write a mail in one step and return its key; whom it was for is noted in a header before its own."""
        key = f"{time.time_ns()}-{os.getpid()}-{next(self._numbers)}"
        header = f"{RECIPIENTS}: {', '.join(recipients)}\r\n".encode()
        half_done = self.directory / f"{key}.part"
        half_done.write_bytes(header + content)
        half_done.replace(self.directory / f"{key}.eml")
        return key

    def mails(self, to: str = "") -> list[Mail]:
        """Return the mails, newest first; with `to`, only those for this address."""
        keys = sorted((path.stem for path in self.directory.glob("*.eml")), reverse=True)
        mails = (self.mail(key) for key in keys)
        return [mail for mail in mails if mail and (not to or to in mail.to)]

    def mail(self, key: str) -> Mail | None:
        """Return one mail, or None when there is none under this key."""
        if not set(key) <= set("0123456789-"):
            return None
        try:
            content = (self.directory / f"{key}.eml").read_bytes()
        except OSError:
            return None
        return Mail(key, email.message_from_bytes(content, policy=default))


class Counter:
    """The side of the post office that takes mail in."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (the name aiosmtpd calls)
        """Keep the mail, and only then say so."""
        content = envelope.content
        self.mailbox.keep(content if isinstance(content, bytes) else (content or "").encode(), envelope.rcpt_tos)
        return "250 Kept"


@contextmanager
def post_office(mailbox: Mailbox, port: int = 0) -> Iterator[int]:
    """Take mail on a loopback port, a free one unless told, while the block runs; yields the port."""
    from red_mpe.local.broker import free_port

    port = port or free_port()
    controller = Controller(Counter(mailbox), hostname="127.0.0.1", port=port, data_size_limit=BIGGEST_MAIL)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def main(arguments: list[str]) -> None:
    """Run the post office and its page until told to stop."""
    from red_mpe.local.mailbox_page import page_handler

    parser = argparse.ArgumentParser(prog="mailbox", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--page-port", type=int, required=True)
    options = parser.parse_args(arguments)
    mailbox = Mailbox(options.directory)
    signal.signal(signal.SIGTERM, _leave)
    with post_office(mailbox, options.smtp_port), ThreadingHTTPServer(("127.0.0.1", options.page_port), page_handler(mailbox)) as pages:
        pages.serve_forever()


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
