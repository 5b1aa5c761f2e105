"""A reply is told in the digest of whoever chose one mail a day, in their language, with a way out that needs no login."""

import pytest

from tests.e2e.walking import Walker

EMAIL = "edilberto-sulca-taype@demo.example"
# The worker tells of the reply by itself; a digest that is made before holds nothing.
TOMORROW = f"""
import time as clock
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo
from red_mpe.notifications.actions import make_digests
from red_mpe.notifications.models import Notification
told = Notification.objects.filter(recipient__email={EMAIL!r}, category="replies", frequency="daily", digest=None)
limit = clock.monotonic() + 60
while not told.exists() and clock.monotonic() < limit:
    clock.sleep(0.2)
lima = ZoneInfo("America/Lima")
make_digests(now=datetime.combine(datetime.now(lima).date() + timedelta(days=1), time(8), lima))
"""


def choose_daily(walker):
    walker.open()
    walker.choose("a:is([href*='/preferenc'], [href*='/prefer'])")
    walker.page.check("input[name=replies][value=daily]")
    walker.send("main form:has(input[name=replies])")


def newest_comment(walker):
    walker.open()
    walker.follow("main a.btn")
    walker.follow("main a[href$='/mi-participacion/']")
    return walker.site.url + walker.page.locator("main .lines a[href*='/comentarios/']").first.get_attribute("href")


@pytest.fixture(scope="module")
def digest(browser, site):
    """The mail that tells of a reply, to somebody who chose one mail a day."""
    author, other = Walker(browser, site, "es"), Walker(browser, site, "es", scripts=False)
    author.sign_in(EMAIL)
    choose_daily(author)
    address = newest_comment(author)
    other.sign_in("nelida-ccoyllo-pari@demo.example")
    other.page.goto(address)
    other.follow(f"#s-{address.rstrip('/').rpartition('/')[2]} a")
    other.page.fill("textarea[name=body]", "Lo conversamos en asamblea y pensamos distinto.")
    other.send("main form.composer")
    site.manage("shell", "-v", "0", "-c", TOMORROW)
    author.close()
    other.close()
    return site.mail_to(EMAIL)


def test_reply_arrives_in_one_digest(digest):
    assert "pensamos distinto" in digest.get_body(preferencelist=("plain",)).get_content()
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_preferences_open_from_a_mail_without_login(digest, people):
    stranger = people("es")
    text = digest.get_body(preferencelist=("plain",)).get_content()
    link = next(word for word in text.split() if "/u/" in word and "preferences" in word)
    answer = stranger.page.goto(link)
    assert answer.status == 200
    assert stranger.page.locator("input[name=replies]").count() == 4
