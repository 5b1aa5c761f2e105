"""The page of the demo's post office: a list, newest first, and each mail as text and as sandboxed HTML."""

import json
import re
from collections.abc import Callable
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, quote, urlsplit

from red_mpe.local.mailbox import Mail, Mailbox

OWN_NAMES = {"localhost", "127.0.0.1"}
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox"
LINK = re.compile(r"https?://[^\s<>\"']+")
STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
a{color:#0b5a7a}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #ddd;
vertical-align:top}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border:1px solid #ddd;padding:1rem}
iframe{width:100%;height:40rem;border:1px solid #ddd}dt{font-weight:600}dd{margin:0 0 .4rem}"""


def page_handler(mailbox: Mailbox) -> type[BaseHTTPRequestHandler]:
    """Return the class that answers for this mailbox."""
    return type("MailboxPage", (_Page,), {"mailbox": mailbox})


class _Page(BaseHTTPRequestHandler):
    mailbox: Mailbox

    def do_GET(self) -> None:
        """Answer a page; a name other than our own is refused, so that no foreign site can read the mails by DNS."""
        if (self.headers.get("Host") or "").rsplit(":", 1)[0] not in OWN_NAMES:
            return self.answer("Not this host.", status=HTTPStatus.MISDIRECTED_REQUEST)
        address = urlsplit(self.path)
        to = parse_qs(address.query).get("to", [""])[0]
        for pattern, view in VIEWS:
            match = re.fullmatch(pattern, address.path)
            if match:
                return view(self, *match.groups(), to=to)
        return self.missing()

    def show_list(self, *, to: str) -> None:
        """Show every mail, newest first."""
        self.answer(render_list(self.mailbox.mails(to), to))

    def show_json(self, *, to: str) -> None:
        """Give the mails to a program."""
        self.answer(json.dumps([as_data(mail) for mail in self.mailbox.mails(to)]), kind="application/json")

    def show_mail(self, key: str, *, to: str) -> None:
        """Show one mail."""
        self.with_mail(key, lambda mail: self.answer(render_mail(mail)))

    def show_html(self, key: str, *, to: str) -> None:
        """Show the HTML of a mail where it can do nothing but be looked at; its links open in a window of their own."""
        self.with_mail(key, lambda mail: self.answer('<base target="_blank">' + mail.html, policy=MAIL_POLICY))

    def with_mail(self, key: str, show: Callable[[Mail], None]) -> None:
        """Show the mail if there is one."""
        mail = self.mailbox.mail(key)
        if mail:
            show(mail)
        else:
            self.missing()

    def missing(self) -> None:
        """Say that there is nothing here."""
        self.answer(page("Nothing here", '<p><a href="/">All mails</a></p>'), status=HTTPStatus.NOT_FOUND)

    def answer(self, body: str, *, kind: str = "text/html", policy: str = PAGE_POLICY, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Send the answer with walls around it."""
        content = body.encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(content)),
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the page asks for itself every few seconds."""


VIEWS: list[tuple[str, Callable[..., None]]] = [
    (r"/", _Page.show_list),
    (r"/mails\.json", _Page.show_json),
    (r"/mail/([0-9-]+)", _Page.show_mail),
    (r"/mail/([0-9-]+)/html", _Page.show_html),
]


def as_data(mail: Mail) -> dict[str, object]:
    """Return what a test wants to know of a mail."""
    headers = {name: str(value) for name, value in mail.message.items()}
    return {"key": mail.key, "to": mail.to, "subject": mail.subject, "text": mail.text, "html": mail.html, "headers": headers}


def render_list(mails: list[Mail], to: str) -> str:
    """Return the list as a page that renews itself."""
    rows = "".join(_row(mail) for mail in mails)
    table = f"<table><tr><th>Arrived (UTC)<th>To<th>Subject</tr>{rows}</table>" if mails else "<p>No mail has arrived yet.</p>"
    everything = '<p><a href="/">All mails</a></p>' if to else ""
    return page(f"Mail for {to}" if to else "Mail of the demo", everything + table, head='<meta http-equiv="refresh" content="5">')


def _row(mail: Mail) -> str:
    to = " ".join(f'<a href="/?to={quote(address)}">{escape(address)}</a>' for address in mail.to)
    subject = escape(mail.subject) or "(no subject)"
    return f'<tr><td>{mail.arrived:%Y-%m-%d %H:%M:%S}<td>{to}<td><a href="/mail/{mail.key}">{subject}</a></tr>'


def render_mail(mail: Mail) -> str:
    """Return one mail as a page: who, what, the text with its links alive, the HTML in its cage."""
    names = ("From", "To", "Reply-To", "Date", "List-Unsubscribe")
    lines = "".join(f"<dt>{name}</dt><dd>{escape(str(mail.message[name]))}</dd>" for name in names if mail.message[name])
    text = f"<h2>Text</h2><pre>{with_links(mail.text)}</pre>" if mail.text else ""
    html = f'<h2>HTML</h2><iframe title="HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mail/{mail.key}/html"></iframe>'
    return page(mail.subject, f'<p><a href="/">All mails</a></p><dl>{lines}</dl>{text}{html if mail.html else ""}')


def with_links(text: str) -> str:
    """Return text as HTML in which addresses of pages are links and nothing else is."""
    pieces, end = [], 0
    for match in LINK.finditer(text):
        address = match.group().rstrip(".,;:)")
        pieces += [escape(text[end : match.start()]), f'<a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>']
        end = match.start() + len(address)
    return "".join([*pieces, escape(text[end:])])


def page(title: str, body: str, head: str = "") -> str:
    """Return a whole page."""
    top = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>{head}<style>{STYLE}</style>'
    return f'{top}<meta name="viewport" content="width=device-width, initial-scale=1"><h1>{escape(title)}</h1>{body}</html>'
