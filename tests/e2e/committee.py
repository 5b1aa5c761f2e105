"""What a committee does in its workspace, page by page, as a person with a mouse and a keyboard does it."""

import re

from django.urls import reverse
from django.utils.translation import override

from tests.e2e.walking import Walker

SLUG = "mpe-responsable"


class Member(Walker):
    """Somebody of the committee, signed in, at work on the main framework; without a name, somebody who only reads."""

    def __init__(self, browser, site, language, name, **more):
        super().__init__(browser, site, language, **more)
        self.page.set_default_timeout(60_000)
        self.page.set_default_navigation_timeout(90_000)
        if name:
            self.sign_in(f"{name}@demo.example")

    def address(self, name, *args):
        """Return the address of a page of the framework, or of a comment by its code, in this person's language."""
        with override(self.language):
            return reverse(f"standards:{name}", args=[SLUG, *args])

    def visit(self, name, *args, query=""):
        """Open a page of the framework by the name of its address; return its status."""
        return self.page.goto(self.site.url + self.address(name, *args) + query).status

    def press(self, selector):
        """Press a button that leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def insist(self, selector="main form.form button.btn"):
        """Press a button that the page calls not ready yet, by keyboard, and see that the site refuses."""
        self.page.locator(selector).first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def says(self, *words):
        """Every one of these words stands on the page."""
        text = " ".join(self.words().split())
        for each in words:
            assert each in text, f"{each!r} is not on {self.page.url}:\n{text[:3000]}"

    def lacks(self, *words):
        """None of these words stands on the page."""
        text = " ".join(self.words().split())
        for each in words:
            assert each not in text, f"{each!r} is on {self.page.url}"

    # --- comments

    def comment(self, number, label, body, stance="changes"):
        """Comment on a clause through the composer; return the code of the comment."""
        self.visit("clause_comment", number, label)
        self.page.check("input[name=kind][value=te]")
        self.page.check(f"input[name=stance][value={stance}]")
        self.page.fill("textarea[name=body]", body)
        wording = self.page.input_value("textarea[name=proposed]")
        self.page.fill("textarea[name=proposed]", f"{wording} {body}")
        self.send("main form.composer")
        return re.search(r"C-MPE-R\d-\d+", self.page.locator("h1").inner_text()).group()

    # --- the queue

    def act(self, act, *codes, title=""):
        """Do one thing with the ticked comments of the queue that is open: those named, or the whole page of it."""
        boxes = self.page.locator("[data-queue] input[name=pick]")
        for place in range(boxes.count()):
            box = boxes.nth(place)
            if not codes or box.input_value().partition("@")[0] in codes:
                box.check()
        self.page.select_option("select[name=act]", act)
        if title:
            self.page.fill("input[name=title]", title)
        self.press("[data-acts] button")

    def sweep(self, query, act, title="", most=12):
        """Do one thing with every comment under a filter, a page of the queue at a time, as long as that leaves fewer."""
        before = None
        for _page in range(most):
            left = self.waiting(query)
            count = self.counted() if left else 0
            if not left or count == before:
                return count
            before = count
            self.act((title and self.group_of(title)) or act, title=title)
        raise AssertionError(f"the queue does not get shorter: {query}")

    def counted(self):
        """Return the number on the tab of the queue that is open."""
        return int(self.page.locator("main .tabs a[aria-current] .n").last.inner_text())

    def group_of(self, title):
        """Return the choice that puts more comments into a group, empty while there is no such group."""
        found = self.page.locator("select[name=act] option", has_text=title)
        return found.first.get_attribute("value") if found.count() else ""

    def waiting(self, query):
        """Open the queue under filters and return how many comments its first page shows."""
        self.visit("answer_queue", query=query)
        return self.page.locator("[data-queue] input[name=pick]").count()

    def fill_answer(self, disposition, reasons, *, clauses="", version=""):
        self.page.check(f"input[name=disposition][value={disposition}]")
        for language, words in reasons.items():
            self.page.fill(f"textarea[name=reason_{language}]", words)
        if clauses:
            self.page.locator("details:has([name=clauses]) > summary").first.click()
            self.page.select_option("select[name=version]", version)
            self.page.fill("input[name=clauses]", clauses)

    def answer_group(self, title, disposition, reasons):
        """Give all comments of a group one answer."""
        self.visit("answer_queue")
        self.visit("answer_group", self.page.locator("select[name=group] option", has_text=title).first.get_attribute("value"))
        self.fill_answer(disposition, reasons)
        self.send("main .answering form")

    def answer(self, code, disposition, reasons):
        """Write the answer to one comment and save it as a draft."""
        self.visit("answer_write", code)
        self.fill_answer(disposition, reasons)
        self.send("main form.composer")

    # --- the text

    def choose_clause(self, label, do):
        """Choose a clause in the tree by its number, and press what is done with it."""
        self.visit("drafting_tree")
        row = self.page.locator("ol.tree li", has=self.page.locator(f"b.label:text-is('{label}')"))
        row.locator("input[name=clause]").check()
        self.press(f"button[name=do][value={do}]:visible")

    def reword(self, label, wordings, note):
        """Write behind the text of a clause in each language."""
        self.choose_clause(label, "edit")
        for language, words in wordings.items():
            box = self.page.locator(f"textarea[name=text_{language}]")
            box.fill(f"{box.input_value()} {words}")
        self.page.fill("input[name=note]", note)
        self.send("main form.form.broad")

    def move_clause(self, label, under, reason):
        """Put a clause under another one, with the next free number there."""
        self.choose_clause(label, "move")
        option = self.page.locator("select[name=target] option", has_text=re.compile(rf"^\s*{re.escape(under)} "))
        self.page.select_option("select[name=target]", option.first.get_attribute("value"))
        self.page.check("input[name=where][value=last]")
        self.page.check("input[name=number][value=new]")
        self.page.fill("input[name=reason]", reason)
        self.send("main form.form")

    def split_clause(self, label, goes, reason):
        """Give the last words of a clause to a new one; `goes` maps each language to title and words."""
        self.choose_clause(label, "split")
        for language, (title, words) in goes.items():
            stays = self.page.locator(f"textarea[name=stays_text_{language}]")
            stays.fill(stays.input_value().replace(words, "").strip())
            self.page.fill(f"input[name=goes_title_{language}]", title)
            self.page.fill(f"textarea[name=goes_text_{language}]", words)
            self.page.fill(f"textarea[name=goes_plain_{language}]", words)
        self.page.fill("input[name=reason]", reason)
        self.send("main form.form.broad")

    def review(self, language, most=30):
        """Go through everything that waits in a language and say of each clause that it was reviewed; return how many."""
        self.visit("translations", query=f"?language={language}")
        found = self.page.locator("ul.queue a")
        if not found.count():
            return 0
        self.press("ul.queue a")
        for done in range(1, most):
            self.press("button[name=do][value=reviewed]")
            if not self.page.locator("button[name=do][value=reviewed]").count():
                return done
        raise AssertionError(f"still not reviewed in {language}: {self.page.url}")

    # --- stages and rounds

    def move(self, name):
        """Make a move of the framework."""
        self.visit("work_move", name)
        self.press("main form.form button.btn")

    def plan(self, number, opens_on, closes_on, targets, minimums):
        """Plan a round on a version."""
        self.visit("work_round_plan")
        self.page.select_option("select[name=version]", label=number)
        self.fill_round(opens_on, closes_on, targets, minimums)
        self.page.fill("textarea[name=question_es]", "¿Está bien resuelto lo que cambió?")
        self.send("main form.form")

    def fill_round(self, opens_on, closes_on, targets=None, minimums=None):
        self.page.fill("input[name=opens_on]", opens_on.isoformat())
        self.page.fill("input[name=closes_on]", closes_on.isoformat())
        for kind, numbers in (("target", targets or {}), ("minimum", minimums or {})):
            for chamber, people in numbers.items():
                self.page.fill(f"input[name={kind}_{chamber}]", str(people))
