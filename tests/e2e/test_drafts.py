"""What somebody writes is not lost: not by a cut connection, not by closing the page; sent or signed out, it leaves the phone."""

WORDS = "Río abajo cada mes que pasa lo pagamos nosotras."


def compose(walker, label="4.1.4"):
    walker.open()
    walker.follow("main a.btn")
    walker.follow(f"#c-{label.replace('.', '-')} a:is([href$='/comment/'], [href$='/comentar/'])")


def test_draft_survives_a_lost_connection_and_leaves_when_sent(people):
    walker = people("es", width=360)
    walker.sign_in("sabina-umeres-ccahuana@demo.example")
    compose(walker)
    walker.page.check("input[name=kind][value=ge]")
    walker.page.fill("textarea[name=body]", WORDS)
    walker.page.wait_for_timeout(800)
    walker.context.set_offline(True)
    walker.page.locator("form.composer button.btn[type=submit]:not([name])").click()
    walker.page.wait_for_timeout(500)
    walker.context.set_offline(False)
    walker.errors.clear()
    compose(walker)
    assert walker.page.input_value("textarea[name=body]") == WORDS
    walker.send("main form.composer")
    assert WORDS in walker.words()
    compose(walker)
    assert walker.page.input_value("textarea[name=body]") == ""


def test_draft_leaves_a_shared_phone_at_sign_out(people):
    walker = people("es", width=360)
    walker.sign_in("sabina-umeres-ccahuana@demo.example")
    compose(walker, "4.1.5")
    walker.page.fill("textarea[name=body]", WORDS)
    walker.page.wait_for_timeout(800)
    assert walker.page.evaluate("localStorage.length") > 0
    walker.page.locator("details.menu:visible > summary").first.click()
    with walker.page.expect_navigation():
        walker.page.locator("form[action*='logout'] button:visible").first.click()
    assert walker.page.evaluate("localStorage.length") == 0
