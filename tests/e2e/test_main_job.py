"""The main job, end to end, in each language, with and without scripts: find, read, sign up, be accepted, comment, be answered."""

import pytest

CLAUSE = "2.3.2"
WHY = {
    "es": "Un plan anual no alcanza si nadie lo revisa en asamblea.",
    "en": "A yearly plan is not enough if no assembly looks at it.",
    "pt-br": "Um plano anual não basta se nenhuma assembleia o revisa.",
}


def find_clause(walker):
    """From the home page to the clause, as a newcomer goes."""
    walker.open()
    walker.follow("main a.btn")
    walker.follow(f"#c-{CLAUSE.replace('.', '-')} a.label")
    assert CLAUSE in walker.page.locator("h1").inner_text()


def apply_to_join(walker, name, organisation):
    walker.page.check("input[name=kind][value=organisation]")
    walker.page.fill("input[name=name]", name)
    walker.page.select_option("select[name=country]", "BO")
    walker.page.select_option("select[name=category]", index=1)
    walker.page.fill("textarea[name=motivation]", WHY[walker.language])
    walker.page.fill("input[name=organisation_name]", organisation)
    walker.send()


def accept(walker, name):
    """The secretariat finds the application on its desk and accepts it."""
    walker.open()
    walker.choose("a:is([href$='/desk/'], [href$='/escritorio/'])")
    walker.page.locator("main .panel a[href*='members/application']").last.click()
    walker.page.locator("#result_list a", has_text=name).first.click()
    walker.page.locator("a[href*='accept']").first.click()
    walker.page.locator("form button[type=submit]").last.click()


def comment(walker, organisation):
    """Comment with a proposed wording in the name of the organisation; the preview shows it first."""
    walker.open()
    walker.follow("main a.btn")
    walker.follow(f"#c-{CLAUSE.replace('.', '-')} a[href$='/comment/'], #c-{CLAUSE.replace('.', '-')} a[href*='coment']")
    walker.page.check("input[name=kind][value=te]")
    walker.page.check("input[name=stance][value=changes]")
    walker.page.fill("textarea[name=body]", WHY[walker.language])
    wording = walker.page.input_value("textarea[name=proposed]")
    walker.page.fill("textarea[name=proposed]", wording + " " + WHY[walker.language])
    walker.page.locator("details.extra summary").click()
    walker.page.locator("input[name=voice]:not([value=''])").first.check()
    walker.page.locator("button[name=preview]").click()
    walker.page.locator(".preview ins").first.wait_for()
    assert organisation in walker.page.locator(".preview").inner_text()
    walker.send("main form.composer")
    assert "C-MPE-R1-" in walker.page.locator("h1").inner_text()
    return walker.page.locator("h1").inner_text()


def reply(walker, address, words):
    """Answer the comment at `address`."""
    walker.page.goto(address)
    walker.follow("main .comment .support a")
    walker.page.fill("textarea[name=body]", words)
    walker.send("main form.composer")


def main_job(people, secretary, site, language, scripts, tag):
    """Find, read, sign up, be accepted, comment for an organisation, be answered by mail."""
    name, email, organisation = f"Persona {tag}", f"{tag}@example.org", f"Cooperativa {tag}"
    newcomer = people(language, scripts=scripts, width=360 if scripts else 1280)
    find_clause(newcomer)
    newcomer.follow("header.head .up a")
    newcomer.follow("main a[href*='signup']")
    newcomer.sign_up(email)
    apply_to_join(newcomer, name, organisation)
    accept(secretary, name)
    assert site.mail_to(email, after=1)["Subject"]
    comment(newcomer, organisation)
    member = people("es")
    member.sign_in("nelida-ccoyllo-pari@demo.example")
    reply(member, newcomer.page.url, "En nuestra asociación lo revisamos cada tres meses.")
    assert "revisamos" in site.mail_to(email, after=2).get_body(preferencelist=("plain",)).get_content()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_main_job_is_done_in_every_language(people, secretary, site, language, scripts):
    main_job(people, secretary, site, language, scripts, f"{language}-{'con' if scripts else 'sin'}")
