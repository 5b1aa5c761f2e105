"""A real SMTP server for tests: takes what it gets, or answers as a test tells it to."""

import email
from collections import deque
from contextlib import contextmanager
from email.policy import default

from aiosmtpd.controller import Controller

CUT_BEFORE = "cut the connection without taking the mail"
CUT_AFTER = "take the mail and cut the connection before saying so"


class Sink:
    """Keeps every mail it takes in `mails`; `answer(step, …)` prepares its next answers to MAIL, RCPT or DATA."""

    def __init__(self):
        self.mails = []
        self.connections = 0
        self._answers = {"MAIL": deque(), "RCPT": deque(), "DATA": deque()}

    def answer(self, step, *answers):
        """Answer the next conversations so; None stands for the usual yes."""
        self._answers[step].extend(answers)

    def to(self, address):
        """Return the mails that came for an address."""
        return [mail for mail in self.mails if mail["To"] == address]

    def _next(self, step):
        return self._answers[step].popleft() if self._answers[step] else None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = self._next("MAIL")
        envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self._next("RCPT")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self._next("DATA")
        if answer in (None, CUT_AFTER):
            self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        if answer in (CUT_BEFORE, CUT_AFTER):
            server.transport.close()
        return answer or "250 Kept"


@contextmanager
def smtp_sink(settings, port=0):
    """Run a sink and point the mail settings at it while the block runs."""
    from red_mpe.local.broker import free_port

    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    try:
        yield sink
    finally:
        controller.stop()
