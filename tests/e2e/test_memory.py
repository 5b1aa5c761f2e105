"""The text has a memory: the demonstration framework goes from version 0.2 through two rounds to a final draft, in the browser.

On a site of its own, because afterwards the network is another one. Everything is done by members of the committee, without
the admin; only the days of the rounds are put back in the database, and the clock then opens and closes them. Every one of the
180 comments is grouped, answered, validated and published through the queue, a page of thirty at a time.
"""

import time
import zipfile
from datetime import date, timedelta

import pytest
from playwright.sync_api import TimeoutError

from tests.e2e.committee import SLUG, Member

LEAD, TWIN = "nelida-ccoyllo-pari", "graciela-vilte-salas"
OTHERS = (("es", "camilo-andrade-bustamante"), ("pt-br", "catarina-valadares-pinho"), ("es", "claudia-restrepo-noguera"))
SAID = "Esta cláusula debería decir quién revisa el mapa y cada cuánto tiempo."
NOTED = {
    "es": "Se tomó nota: el comité lo tendrá presente al redactar la versión siguiente y dirá allí qué cambia.",
    "en": "Noted: the committee will keep it in mind when it writes the next version and will say there what changes.",
    "pt": "Foi anotado: o comitê o levará em conta ao redigir a próxima versão e dirá ali o que muda.",
}
STAYS = {"es": "El mapa se revisa cada año.", "en": "The map is reviewed every year.", "pt": "O mapa é revisto a cada ano."}
GOES = {
    "es": ("Acuerdo sobre los turnos", "Los turnos se acuerdan con la comunidad."),
    "en": ("Agreement on shifts", "Shifts are agreed with the community."),
    "pt": ("Acordo sobre os turnos", "Os turnos são acordados com a comunidade."),
}
PUT_BACK = """
from datetime import timedelta
from django.utils import timezone
from standards.models import Consultation
row = Consultation.objects.get(framework__slug={slug!r}, number={number})
days = (row.{until} - timezone.now()).days + 1
for name in ("opens_on", "closes_on", "opens_at", "closes_at"):
    setattr(row, name, getattr(row, name) - timedelta(days=days))
row.save(update_fields=["opens_on", "closes_on", "opens_at", "closes_at"])
"""
# The code of the comment that was the first on a clause.
FIRST_ON = """
from standards.models import Comment
rows = Comment.objects.filter(consultation__framework__slug={slug!r}, clause_text__label={label!r}, parent=None)
print(rows.order_by("sent_at", "pk").first().code)
"""


@pytest.fixture(scope="module")
def committee(browser, own_site):
    """The chair reads Spanish, the secretary English; one member writes; nobody of them uses the admin."""
    names = {"chair": ("es", "leonor-quintela-macario"), "secretary": ("en", "fiona-macallister-reyes")}
    names["writer"] = ("es", "ines-barahona-toledano")
    walkers = {role: Member(browser, own_site, language, name) for role, (language, name) in names.items()}
    yield walkers
    for walker in walkers.values():
        walker.close()


def speak(browser, site, voices, number, label):
    """Let each of these members comment through the composer; return the codes."""
    codes = []
    for language, name in voices:
        walker = Member(browser, site, language, name)
        codes.append(walker.comment(number, label, SAID))
        walker.close()
    return codes


def put_back(site, chair, number, until, word):
    """Put the days of a round back until that instant of it is over, at any hour, and wait until the clock has turned it."""
    site.manage("shell", "-v", "0", "-c", PUT_BACK.format(slug=SLUG, number=number, until=until))
    deadline = time.monotonic() + 240
    row = chair.page.locator("table tbody tr", has_text=f"Ronda {number}")
    while time.monotonic() < deadline:
        chair.visit("work_rounds")
        if word in row.inner_text():
            return
        time.sleep(2)
    raise AssertionError(f"the clock did not turn round {number} to {word}")


def answer_all(committee, titles):
    """Group everything without answer, answer each group at once, validate and publish, page by page in the queue."""
    for query, title in titles.items():
        committee["writer"].sweep(query, "group:new", title=title)
        committee["writer"].answer_group(title, "NO", NOTED)
    committee["writer"].visit("answer_queue", query="?state=drafted")
    committee["writer"].act("validate")
    committee["writer"].says("Quien escribió una respuesta no puede validarla: de cada una responden dos personas.")
    committee["secretary"].sweep("?state=drafted", "validate")
    committee["chair"].sweep("?state=drafted", "validate")  # what comes from the secretary, who is refused her own
    committee["chair"].sweep("?state=validated", "publish")
    committee["chair"].visit("answer_queue")
    committee["chair"].says("Nada espera respuesta.")


def answer_singly(writer, codes):
    """Fold a near-duplicate, group three, answer one alone; a refusal that is too short is refused."""
    lead, twin, *others = codes
    writer.visit("answer_queue", query="?clause=2.1.1")
    writer.act("fold", lead, twin)
    writer.visit("answer_queue", query="?clause=2.1.1")
    writer.act("group:new", *others, title="Quién revisa el mapa")
    writer.answer_group("Quién revisa el mapa", "NO", NOTED)
    writer.answer(lead, "NA", {"es": "No."})
    writer.says("Lo que no se acepta merece un motivo completo: tiene 3 caracteres y necesita 80.")
    writer.answer(lead, "AM", NOTED)
    writer.says("1 casi igual, se responde con este", twin)


def report(chair, secretary, number):
    """Publish the synopsis of a round; before it is written the site says in English what is missing."""
    secretary.visit("synopsis_publish", number)
    secretary.says("Not written yet: how it was promoted.", "Clauses without words on what was said:")
    chair.visit("synopsis_write", number)
    for part in ("asked", "promotion", "next_steps"):
        chair.page.fill(f"textarea[name={part}_es]", "Se preguntó por plazos, cargas y palabras sencillas.")
    chair.send("main form.form.full")
    chair.press("main form.inline button")
    chair.visit("synopsis_publish", number)
    chair.says("Todo lo que hay que escribir está escrito.", "no están escritas en «English»")
    chair.press("main .narrow-page form button")
    chair.says("La sinopsis es pública.")


def letter_of(site, name):
    """Return the words of the letter that somebody got by mail."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        for mail in site.sink.to(f"{name}@demo.example"):
            if mail["Subject"] == "Una carta sobre la ronda 1":
                return mail.get_body(preferencelist=("plain",)).get_content()
        time.sleep(0.5)
    raise AssertionError(f"no letter to {name}")


def begin(chair, number, kind):
    """Begin the next version."""
    chair.visit("workspace_versions")
    chair.page.check(f"main .facts input[value={kind}]")
    chair.send("main .facts form")
    chair.says(f"La versión {number} empezó con el texto de la anterior.")


def show(chair, number):
    """Let everybody read a version."""
    chair.visit("workspace_version", number)
    chair.follow("main .facts a[href*='/mostrar/']")
    chair.press("main form[method=post] button")
    chair.says(f"Ahora todo el mundo puede leer la versión {number}.")


def write_next(writer, lead):
    """Reword a clause for the answer, move another from 3.2 to 4.1, reword and split it."""
    writer.reword("2.1.1", STAYS, lead)
    writer.reword("3.2.3", {language: f"{STAYS[language]} {GOES[language][1]}" for language in STAYS}, "Los turnos tocan a la comunidad")
    writer.move_clause("3.2.3", "4.1", "Es un acuerdo con la comunidad")
    writer.split_clause("4.1.6", GOES, "Dos deberes en una cláusula")
    writer.says("La cláusula quedó dividida. Esta es la nueva.")


def refuse_round(chair, secretary, today):
    """Plan the second round too early and too short: the check-list names every guard in the reader's language."""
    chair.plan("0.3", today + timedelta(3), today + timedelta(10), {"PRO": 2}, {})
    chair.visit("work_round_announce", 2)
    chair.says("La versión 0.3 todavía no es pública.", "3 cláusulas no están revisadas en «Português».")
    chair.says("La ronda dura 8 días y las reglas piden 30.")
    chair.insist()
    chair.says(
        "Todavía no: La versión 0.3 todavía no es pública.", "Abre menos de 15 días después de publicarse la sinopsis de la ronda 1."
    )
    secretary.visit("work_round_announce", 2)
    secretary.says("Version 0.3 is not public yet.", "3 clauses are not reviewed in “Español”.", "It opens in less than 14 days")
    secretary.says("No participation target is set for: Communities and peoples")


def announce(committee, today):
    """Bring about what was missing, and announce."""
    assert [committee["writer"].review(language) for language in ("es", "en", "pt")] == [3, 3, 3]
    committee["chair"].visit("workspace_version", "0.3")
    committee["chair"].says("4.1.6 Jornada y descanso era 3.2.3")
    show(committee["chair"], "0.3")
    committee["chair"].visit("work_round", 2)
    committee["chair"].fill_round(today + timedelta(20), today + timedelta(60), dict.fromkeys(("PRO", "COM", "SOC", "CAD"), 2))
    committee["chair"].send("main form.form")
    committee["chair"].visit("work_round_announce", 2)
    committee["chair"].lacks("Todavía no")
    committee["chair"].press("main form.form button.btn")
    committee["chair"].says("La ronda está anunciada. Abre y cierra sola.")


def carry_forward(writer):
    """Decide on one comment that is still open, then on the rest of the page."""
    writer.visit("workspace_carry")
    writer.says("0 de ")
    writer.press("main form.carry button[name=only]")
    writer.press("main form.carry > p.actions button")
    writer.says("Se revisaron todos los comentarios abiertos.")


def link(writer, second, lead):
    """Link the accepted comment to the clause that it changed; who wrote the answer leaves that to another person."""
    writer.visit("answer_write", lead)
    writer.says("Otra persona lo enlaza con la cláusula que cambió")
    second.visit("answer_write", lead)
    second.page.select_option("select[name=link-version]", "0.3")
    second.page.fill("input[name=link-clauses]", "2.1.1")
    second.send("form:has([name=link-clauses])")
    second.says("Changed by this: 2.1.1 in version 0.3")


def read_changes(reader):
    """Somebody from outside reads in Portuguese what changed, and the one history of the clause that moved, changed and was split."""
    reader.visit("redline", "0.2", "0.3", query="?show=changed")
    reader.says("2.1.1 Mapa das águas e medições", STAYS["pt"], "era 3.2.3", "Separada de 4.1.6.", GOES["pt"][1])
    for number, label in (("0.2", "3.2.3"), ("0.3", "4.1.6")):
        reader.visit("clause_detail", number, label)
        reader.follow("main a[href*='/historico/']")
        reader.says("Versão 0.3 4.1.6", "Versão 0.2 3.2.3", "Versão 0.1", "Mudou de lugar: era 3.2.3 e passou a ser 4.1.6.", "4.1.7")
        reader.follow("main .wording a[href*='/0.2/3.2.3/']:has(b)")
        reader.says(reader.site.run(FIRST_ON.format(slug=SLUG, label="3.2.3")))
    for label in ("4.1.6", "4.1.7"):
        reader.visit("clause_detail", "0.3", label)
        assert reader.page.locator("main a[href$='/0.2/3.2.3/#thread']").count()


def refuse_final(chair, secretary):
    """After one round, with nothing answered, the final draft is refused for four reasons; in the browser, in two languages."""
    chair.visit("work_move", "final-draft")
    chair.says(
        "Rondas celebradas: 1 de 2.", "Ronda 1: 176 comentarios sin respuesta pública.", "La sinopsis de la ronda 1 todavía no es pública."
    )
    chair.insist()
    chair.says("Todavía no: Rondas celebradas: 1 de 2.")
    secretary.visit("work_move", "final-draft")
    secretary.says("1 of 2 rounds were held.", "The synopsis of round 1 is not public yet.")


def finish(chair):
    """Begin version 1.0, be refused while nobody can read it, and make it the final draft."""
    begin(chair, "1.0", "final_draft")
    chair.visit("work_move", "final-draft")
    chair.insist()
    chair.says("La versión 1.0 todavía no es pública.")
    show(chair, "1.0")
    chair.move("final-draft")
    chair.says("El borrador final está listo.", "No hay nada pendiente.")


def download(reader):
    """Ask for the record, and again as the page says while it is still being put together; return the file."""
    link = "main a[href$='.zip']"
    for _time in range(12):
        try:
            with reader.page.expect_download(timeout=10_000) as found:
                reader.page.locator(link).first.click()
            return found.value.path()
        except TimeoutError:
            link = "main a.btn"  # the page that says so
    raise AssertionError(f"no record: {reader.words()}")


def read_record(reader, browser, tmp, lead):
    """Download the record of the round and read it from disk in a browser that has no network."""
    reader.visit("synopsis", 1)
    with zipfile.ZipFile(download(reader)) as archive:
        archive.extractall(tmp)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp / "index.html").as_uri())
    page.click("text=Español")
    page.click("a[href='comments.html']")
    words = page.locator(f"article#{lead}").inner_text()
    context.close()
    assert SAID in words
    assert NOTED["es"] in words
    assert "AM · Aceptado con modificación" in words


@pytest.fixture
def reader(browser, own_site):
    """Somebody from outside who reads Portuguese."""
    walker = Member(browser, own_site, "pt-br", "")
    yield walker
    walker.close()


def first_round(browser, site, committee):
    """From the open round to its synopsis and letters; return the codes of the five comments."""
    codes = speak(browser, site, (("es", LEAD), ("es", TWIN), *OTHERS), "0.2", "2.1.1")
    committee["chair"].visit("reports")
    committee["chair"].says("La sinopsis se escribe cuando la ronda ha cerrado.")
    put_back(site, committee["chair"], 1, "closes_at", "cerrada")
    refuse_final(committee["chair"], committee["secretary"])
    answer_singly(committee["writer"], codes)
    answer_all(committee, {"?group=none&state=new": "Mesa del texto", "?state=assigned": "Mesa asignada"})
    report(committee["chair"], committee["secretary"], 1)
    letter = letter_of(site, LEAD)
    assert codes[0] in letter
    assert NOTED["es"] in letter
    return codes


def second_round(browser, site, committee, reader, lead):
    """From the next version to the synopsis of the round on it."""
    committee["chair"].move("draft-again")
    begin(committee["chair"], "0.3", "working")
    write_next(committee["writer"], lead)
    carry_forward(committee["writer"])
    committee["chair"].visit("work_move", "final-draft")
    committee["chair"].says(f"Aceptados sin la cláusula que cambió: {lead}.")
    link(committee["writer"], committee["secretary"], lead)
    refuse_round(committee["chair"], committee["secretary"], date.today())
    announce(committee, date.today())
    read_changes(reader)
    put_back(site, committee["chair"], 2, "opens_at", "abierta")
    speak(browser, site, (("es", LEAD), *OTHERS), "0.3", "4.1.7")
    put_back(site, committee["chair"], 2, "closes_at", "cerrada")
    answer_all(committee, {"?group=none&state=new": "Segunda vuelta"})
    report(committee["chair"], committee["secretary"], 2)


def test_framework_goes_through_two_rounds_to_a_final_draft(browser, own_site, committee, reader, tmp_path):
    codes = first_round(browser, own_site, committee)
    second_round(browser, own_site, committee, reader, codes[0])
    finish(committee["chair"])
    reader.visit("process")
    reader.says("versão 1.0", "versão 0.3", "pelo relógio")
    read_record(reader, browser, tmp_path, codes[0])
