"""Messages as bytes, frozen once: what is sent again is the same to the last byte."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage as Parsed
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import getaddresses
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string

from red_mpe.core.text import excerpt
from red_mpe.notifications.mailing.words import render_plain
from red_mpe.notifications.registry import Attachment

LONGEST_LINE = 998  # RFC 5322
LONGEST_SUBJECT = 150


def new_message_id() -> str:
    """Return a Message-ID that tells nothing of the reader or of the mail."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.BASE_URL).hostname}>"


def absolute(path: str) -> str:
    """Return the whole address of a path of this site; the host comes from the settings, never from a request."""
    return path if path.startswith(("https://", "http://")) else settings.BASE_URL + path


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


@dataclass(frozen=True)
class Letter:
    """The words of a mail in one language, before it has a reader."""

    subject: str
    text: str
    html: str

    def replacing(self, old: str, new: str) -> "Letter":
        """Return the same words with one mark replaced everywhere."""
        return Letter(self.subject, self.text.replace(old, new), self.html.replace(old, new))


def render(folder: str, context: dict[str, Any]) -> Letter:
    """Render `mail/<folder>/{subject.txt,body.txt,body.html}` in the present language, with the styles put into the tags.

    The subject is one short line, whatever people wrote into a title.
    """
    subject = excerpt(render_plain(f"mail/{folder}/subject.txt", context), LONGEST_SUBJECT)
    context = {**context, "subject": subject}
    text = render_plain(f"mail/{folder}/body.txt", context) + "\n"
    return Letter(subject, text, _inliner().inline(render_to_string(f"mail/{folder}/body.html", context)))


def compose(letter: Letter, *, to: str, headers: dict[str, str], files: Sequence[Attachment] = ()) -> bytes:
    """Return the bytes of a message to one reader, with the files that go with it."""
    message = EmailMultiAlternatives(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    for file in files:
        if file.spoken_as:
            message.attach_alternative(file.content.decode(), file.spoken_as)
        message.attach(file.name, file.content, file.content_type)
    return as_bytes(message)


def write(folder: str, *, to: str, context: dict[str, Any], headers: dict[str, str]) -> bytes:
    """Render the templates of a folder in the present language and return the bytes of a message to one reader."""
    return compose(render(folder, context), to=to, headers=headers)


def as_bytes(message: EmailMessage) -> bytes:
    """Return the bytes of a message with the line ends of SMTP; long headers stay on one line, as RFC 8058 readers like them."""
    built = message.message()
    built.policy = built.policy.clone(max_line_length=LONGEST_LINE)
    return cast(bytes, built.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


def envelope(raw: bytes) -> tuple[str, list[str]]:
    """Return the sender and the recipients that the frozen bytes name."""
    head = BytesHeaderParser().parsebytes(raw.partition(b"\r\n\r\n")[0])
    senders, recipients = (getaddresses([str(head.get(name, ""))]) for name in ("From", "To"))
    return sanitized(senders[0][1]), [sanitized(address) for _, address in recipients]


@lru_cache(maxsize=500)
def sanitized(address: str) -> str:
    """Return an address as a mail's head and the relay take it; each is needed several times while its mail leaves."""
    return sanitize_address(address, "utf-8")


def thaw(raw: bytes) -> EmailMultiAlternatives:
    """Return frozen bytes as a message again, for mail services that do not speak SMTP."""
    parsed = cast(Parsed, message_from_bytes(raw, policy=default))
    texts = {kind: part.get_content() for kind in ("plain", "html") if (part := parsed.get_body((kind,)))}
    sender, recipients = str(parsed["From"]), [address for _, address in getaddresses([str(parsed["To"])])]
    own = {"subject", "from", "to", "mime-version", "content-type", "content-transfer-encoding"}
    headers = {name: str(value) for name, value in parsed.items() if name.lower() not in own}
    message = EmailMultiAlternatives(str(parsed["Subject"]), texts.get("plain", ""), sender, recipients, headers=headers)
    if "html" in texts:
        message.attach_alternative(texts["html"], "text/html")
    for part in parsed.walk():
        if part.get_content_type() == "text/calendar":
            message.attach_alternative(part.get_content(), f"text/calendar; method={part.get_param('method')}")
    for part in parsed.iter_attachments():
        message.attach(part.get_filename(), part.get_content(), part.get_content_type())
    return message
