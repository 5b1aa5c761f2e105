"""The relay: one open connection for a batch, and exact words for what became of a message."""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from types import TracebackType
from typing import Any, Self

from django.core.mail import get_connection

from red_mpe.notifications.mailing.message import envelope, thaw

CLOSING = 421
_DOT = re.compile(rb"(?m)^\.")
_ENHANCED = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")
_GONE = re.compile(r"5\.1\.\d+")


class RelayError(Exception):
    """Something went wrong between us and the relay."""


class AwayError(RelayError):
    """The relay cannot be reached; nothing was handed over."""


class CutError(RelayError):
    """The connection broke. `handing` tells whether the relay may have taken the message all the same."""

    def __init__(self, *, handing: bool) -> None:
        self.handing = handing


class Step(Enum):
    """Where in the conversation the relay refused."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    MESSAGE = "message"


class RefusedError(RelayError):
    """The relay answered no. Only numbers are kept of its answer: the words often repeat the address."""

    def __init__(self, step: Step, code: int, answer: bytes) -> None:
        found = _ENHANCED.search(answer)
        self.step, self.code, self.status = step, code, found.group().decode() if found else ""

    def __str__(self) -> str:
        return f"{self.step.value}: {self.code} {self.status}".strip()

    @property
    def is_final(self) -> bool:
        """Whether trying again is useless. A refused sender is our own trouble and passes."""
        return self.code >= 500 and self.step != Step.SENDER

    @property
    def bounce(self) -> int:
        """How much it speaks against the address: 2 when it does not exist, 1 when it will not take this mail."""
        unknown = _GONE.match(self.status) or (not self.status and self.code in (550, 551, 553))
        return 2 if self.step == Step.RECIPIENT and unknown else 1


class Relay:
    """A connection kept open over many messages and opened again when it breaks."""

    def __init__(self) -> None:
        self._backend: Any = None

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._drop()

    def connect(self) -> None:
        """Have an open connection. Refused with AwayError while the relay cannot be reached or will not let us in."""
        if self._backend is None:
            backend = get_connection()
            try:
                backend.open()
            except OSError as error:
                raise AwayError(type(error).__name__) from error
            self._backend = backend

    def send(self, raw: bytes, before_data: Callable[[], None]) -> None:
        """Hand over frozen bytes; `before_data` is called at the last moment at which the relay has certainly not taken them.

        Refused with RefusedError, CutError or AwayError; what `before_data` raises passes through and nothing is handed over.
        """
        self.connect()
        smtp = getattr(self._backend, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            self._converse(smtp, raw, before_data)
        else:
            before_data()
            self._entrust(raw)

    def _entrust(self, raw: bytes) -> None:
        """Give the message to a mail service that does not speak SMTP; whatever it raises, it may have taken it."""
        try:
            self._backend.send_messages([thaw(raw)])
        except Exception as error:
            raise CutError(handing=True) from error

    def _converse(self, smtp: smtplib.SMTP, raw: bytes, before_data: Callable[[], None]) -> None:
        handing = False
        try:
            _introduce(smtp, raw)
            handing = True
            before_data()
            smtp.send(_DOT.sub(b"..", raw) + (b".\r\n" if raw.endswith(b"\r\n") else b"\r\n.\r\n"))
            _expect(Step.MESSAGE, *smtp.getreply(), wanted=250)
        except RefusedError as refusal:
            self._forget_message(smtp, closing=refusal.code == CLOSING)
            raise
        except OSError as error:
            self._hang_up(smtp)
            raise CutError(handing=handing) from error
        except BaseException:
            self._hang_up(smtp)
            raise

    def _hang_up(self, smtp: smtplib.SMTP) -> None:
        """Leave in the middle of a conversation, without a word that the relay would take for part of the message."""
        smtp.close()
        self._backend = None

    def _forget_message(self, smtp: smtplib.SMTP, *, closing: bool) -> None:
        """Make the connection ready for the next message; a relay that closes is left."""
        try:
            if not closing:
                smtp.rset()
                return
        except OSError:
            pass  # it is gone already
        self._drop()

    def _drop(self) -> None:
        """Leave the relay; the next message opens a new connection."""
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(OSError):
                backend.close()


def _introduce(smtp: smtplib.SMTP, raw: bytes) -> None:
    """Say from whom and for whom, up to the relay's word that it listens."""
    sender, recipients = envelope(raw)
    smtp.ehlo_or_helo_if_needed()
    options = ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") and not raw.isascii() else []
    _expect(Step.SENDER, *smtp.mail(sender, options), wanted=250)
    for recipient in recipients:
        _expect(Step.RECIPIENT, *smtp.rcpt(recipient), wanted=250, or_also=251)
    _expect(Step.MESSAGE, *smtp.docmd("DATA"), wanted=354)


def _expect(step: Step, code: int, answer: bytes, *, wanted: int, or_also: int = 0) -> None:
    if code not in (wanted, or_also):
        raise RefusedError(step, code, answer)
