"""What a person does on the site, step by step; every step works with and without scripts."""

import re
import time

PASSWORD = "red-mpe-demo-2026"
PREFIX = {"es": "/es/", "en": "/en/", "pt-br": "/pt-br/"}
LANGUAGES = tuple(PREFIX)
#: How the columns and fields of each language end.
COLUMN = {"es": "es", "en": "en", "pt-br": "pt"}
LIBRARY = {"es": "biblioteca/", "en": "library/", "pt-br": "biblioteca/"}


class Walker:
    """One person in one browser, in one language."""

    def __init__(self, browser, site, language, *, scripts=True, width=1280, scheme="light", workers="allow"):
        self.site, self.language, self.scripts = site, language, scripts
        view = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "reduced_motion": "reduce"}
        self.context = browser.new_context(java_script_enabled=scripts, locale=language, service_workers=workers, **view)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" and " 4" not in said.text else None)

    def open(self, path=""):
        return self.page.goto(self.site.url + PREFIX[self.language] + path)

    def follow(self, selector):
        """Follow the first link that matches, by keyboard."""
        link = self.page.locator(selector).first
        link.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, selector):
        """Open the account menu and follow a link in it."""
        self.page.locator("details.menu:visible > summary").first.click()
        self.follow(f"details.menu[open] {selector}")

    def send(self, form="main form.form"):
        """Press the button of the page's form."""
        with self.page.expect_navigation():
            self.page.locator(f"{form} button.btn[type=submit]:not([name])").first.click()

    def sign_up(self, email):
        """Make an account and confirm its address with the code that came by mail."""
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password1]", PASSWORD)
        self.page.fill("input[name=password2]", PASSWORD)
        time.sleep(2.7)  # people do not fill in a form faster
        self.send()
        code = mailed_code(self.site.mail_to(email))
        self.page.fill("input[name=code]", code)
        self.send()

    def sign_in(self, email, *, second_factor=""):
        self.page.goto(self.site.url + PREFIX[self.language])
        with self.page.expect_navigation():
            self.page.locator("a[href*='login']:visible").first.click()
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.send()
        if second_factor:
            self.page.fill("input[name=code]", second_factor)
            self.send()

    def words(self):
        """Return the words of the page's main part."""
        return self.page.locator("main").inner_text()

    def close(self):
        self.context.close()
        assert not self.errors, self.errors


def mailed_code(mail):
    """Return the code that stands alone on a line of a mail."""
    text = mail.get_body(preferencelist=("plain",)).get_content()
    return re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text, re.MULTILINE).group(1)
