"""Every page in every language: nothing for axe, nothing wider than a phone, no error in the console, within its weight."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.walking import LANGUAGES, Walker

FRAMEWORK = "standards:framework_detail mpe-responsable"
REDLINE = "standards:redline mpe-responsable 0.1 0.2"
GOLD = "compra-responsable-de-oro"
ENCOUNTER = "encuentro-iberoamericano-de-la-mpe-responsable"
GROUP = "gobernanza-minera-grupo-impulsor"
PUBLIC = (
    "portal:home",
    "standards:framework_list",
    FRAMEWORK,
    "standards:clause_detail mpe-responsable 0.2 2.3.1",
    "standards:clause_thread mpe-responsable 0.2 2.3.1",
    "standards:clause_detail mpe-responsable 0.2 general",
    "standards:comment_detail @comment",
    "standards:process mpe-responsable",
    "standards:terms mpe-responsable",
    "standards:version_list mpe-responsable",
    "standards:version_record mpe-responsable 0.2",
    REDLINE,
    "standards:clause_history mpe-responsable @",
    "standards:downloads mpe-responsable 0.2",
    "standards:rounds mpe-responsable",
    "standards:round_map mpe-responsable 1",
    f"standards:rounds {GOLD}",
    f"standards:synopsis {GOLD} 1",
    f"standards:synopsis_comments {GOLD} 1",
    "publications:library",
    "publications:record_cite =guide",
    "publications:record_detail =guide",
    "publications:record_detail =good-practice",
    "publications:collection_list",
    "publications:collection_detail sin-mercurio",
    "members:directory",
    "members:people",
    "members:organisation_detail batea-azul",
    "members:group_list",
    "members:group_detail comite-del-marco",
    "members:person_detail nelida-ccoyllo-pari",
    "events:coming",
    "events:month 2026 12",
    "events:past",
    "events:event_detail encuentro-iberoamericano-de-la-mpe-responsable",
    "events:event_detail ccolquemin-2023",
    "events:event_detail visita-a-la-mesa-gravimetrica-de-siete-faroles",
    *(f"events:{name} {ENCOUNTER}" for name in ("agenda", "stands")),
    f"events:session_detail {ENCOUNTER} apertura",
    "events:agenda ccolquemin-2023",
    f"events:group_minutes {GROUP}",
    f"events:series_detail {GROUP}",
    "events:certificate_find",
    "portal:privacy",
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
)
MEMBER = (
    "standards:letter compra-responsable-de-oro 1",
    "standards:clause_comment mpe-responsable 0.2 2.3.2",
    "standards:commenting_form mpe-responsable 1",
    "standards:my_comments",
    "members:my_profile",
    "members:my_organisation aurora-de-piedra",
    "members:organisation_people aurora-de-piedra",
    "publications:record_propose",
    "publications:my_records",
    "publications:saved_searches",
    "events:my_calendar",
    f"events:register {ENCOUNTER}",
    "events:my_encounters",
    "events:my_tasks",
    "events:minutes @minutes",
    "notifications:inbox",
    "notifications:preferences",
    "account_email",
    "account_change_password",
    "mfa_index",
    "usersessions_list",
    "account_logout",
)
#: The committee on gold: a round that was answered and reported, and a version that is being written.
COMMITTEE = tuple(
    f"standards:{name} {GOLD} {rest}".strip()
    for name, rest in (
        *(("workspace", ""), ("work_terms", ""), ("work_committee", ""), ("work_rounds", ""), ("work_round_plan", "")),
        *(("work_round", "1"), ("work_round", "2"), ("work_round_announce", "2"), ("work_round_waive", "2")),
        *(("work_move", "final-draft"), ("work_move", "suspend"), ("drafting_tree", ""), ("drafting_add", "")),
        *((f"drafting_{act}", "@") for act in ("clause", "move", "split", "merge", "retire", "saved", "evidence")),
        *(("translations", ""), ("translation", "es @"), ("translation", "pt @")),
        *(("workspace_versions", ""), ("workspace_version", "0.2"), ("change_edit", "0.2 @"), ("version_close", "0.2")),
        *(("version_show", "0.2"), ("erratum_add", "0.1"), ("clause_history", "@"), ("workspace_carry", "")),
        *(("answer_queue", ""), ("answer_templates", ""), ("reports", ""), ("synopsis_write", "1"), ("synopsis_paragraph", "1 general")),
        ("synopsis_publish", "1"),
    )
)
#: The committee on the main framework: answers in work.
ANSWERS = ("standards:answer_queue mpe-responsable", "standards:answer_write mpe-responsable @comment")
STAFF = (
    "portal:desk",
    "events:event_add",
    "events:event_edit feria-de-joyeria-con-oro-responsable",
    "events:event_move feria-de-joyeria-con-oro-responsable announce",
    "events:event_move encuentro-iberoamericano-de-la-mpe-responsable cancel",
    "events:event_move visita-a-la-mesa-gravimetrica-de-siete-faroles reschedule",
    "publications:collection_new",
    "publications:collection_edit sin-mercurio",
    "publications:collection_add sin-mercurio",
    "publications:collect =guide",
    "publications:record_queue",
    "publications:record_desk =guide",
    "publications:record_edit =guide",
    "publications:file_list =guide",
    "publications:import_records",
    "publications:link_list",
    "publications:use_list",
    "publications:use_record =guide",
    "publications:access_list",
    "events:event_documents ccolquemin-2023",
    *(f"events:{name} {ENCOUNTER}" for name in ("agenda_desk", "session_add", "stand_desk", "desk_list", "desk_terms", "desk_questions")),
    *(f"events:{name} {ENCOUNTER}" for name in ("desk_needs", "desk_tickets", "desk_add", "check_in", "on_the_day", "images")),
    *(f"events:{name} ccolquemin-2023" for name in ("certificates", "evaluation_results", "head_counts", "minutes_edit")),
    f"events:series_edit {GROUP}",
)
NELIDA, MAIN = "nelida-ccoyllo-pari@demo.example", "consultation__framework__slug=mpe-responsable"
#: Pages one step behind those above, by who sees them; walked once, on a phone in the dark.
BEHIND = {
    "": (
        "events:certificate_check ~events.Certificate:code",
        "events:gallery ~events.EventPhoto?state=shown:event__slug",
        "events:photo_detail ~events.EventPhoto?state=shown:event__slug,code",
        "events:photo_take_down ~events.EventPhoto?state=shown:event__slug,code",
        "standards:version_detail mpe-responsable 0.1",
        "portal:search",
        "portal:signed_out",
        "account_inactive",
        "account_password_reset_completed",
        *(f"{name} ~notifications.MailBox:token" for name in ("unsubscribe", "preferences_by_token")),
        "unsubscribe_from ~notifications.MailBox:token rounds",
    ),
    "nelida-ccoyllo-pari": (
        "standards:comment_reply @comment",
        "members:apply",
        "members:language",
        "members:contact graciela-vilte-salas",
        "members:contact_organisation batea-azul",
        "account_reauthenticate",
        "mfa_list_webauthn",
        f"events:registration_detail ~events.Registration?user__email={NELIDA}:event__slug,code",
        f"events:my_certificates ~events.Certificate?registration__user__email={NELIDA}:event__slug",
        f"standards:comment_identity ~standards.PersonaLink?user__email={NELIDA}&{MAIN}:persona__comments__code",
        f"standards:comment_withdraw ~standards.PersonaLink?user__email={NELIDA}&{MAIN}:persona__comments__code",
    ),
    "leonor-quintela-macario": (
        "standards:answer_group ~standards.AnswerGroup?consultation__framework__slug=mpe-responsable:consultation__framework__slug,pk",
        "standards:answer_template ~standards.AnswerTemplate:framework__slug,pk",
    ),
}
#: The same for the secretariat.
BEHIND_STAFF = (
    "events:certificate_edit ~events.Certificate:event__slug,code",
    f"events:desk_one ~events.Registration?event__slug={ENCOUNTER}:event__slug,code",
    "events:desk_question ~events.Question:event__slug,pk",
    "events:desk_question_remove ~events.Question:event__slug,pk",
    f"events:check_in_ticket ~events.Registration?event__slug={ENCOUNTER}:event__slug,ticket",
    "events:event_discard ~events.Event?state=draft:slug",
    "events:photo_edit ~events.EventPhoto:event__slug,code",
    f"events:place_add {ENCOUNTER} room",
    f"events:place_edit {ENCOUNTER} room ~events.Room?event__slug={ENCOUNTER}:pk",
    f"events:session_edit {ENCOUNTER} apertura",
    f"events:stand_add {ENCOUNTER}",
    "events:stand_edit ~events.Stand:event__slug,once",
    "events:quorum ~events.Event?kind=meeting&groups__kind=committee:slug",
    "publications:collection_note sin-mercurio ~publications.CollectionItem?collection__slug=sin-mercurio:record__code",
    *(f"publications:{name} =guide" for name in ("file_add",)),
    *(f"publications:{name} ~publications.File:record__code,number" for name in ("file_describe", "file_remove", "file_replace")),
    f"standards:session_clauses {ENCOUNTER} apertura",
    "standards:form_on_behalf mpe-responsable 1",
)
#: Everything that a browser walks; tests/project holds the routes against it.
WALKED = (*PUBLIC, *MEMBER, *COMMITTEE, *ANSWERS, *STAFF, *(name for names in BEHIND.values() for name in names), *BEHIND_STAFF)
LOOKS = ((1280, "light"), (360, "dark"))


_ADDRESSES = """
import json
from urllib.parse import parse_qsl
from django.apps import apps
from django.urls import reverse
from django.utils.translation import override
from events.models import Minutes
from publications.models import Record
from standards.models import Comment, VersionChange
def rows_of(word):
    model, _, fields = word[1:].partition(":")
    model, _, wanted = model.partition("?")
    rows = apps.get_model(model).objects.filter(**dict(parse_qsl(wanted))).order_by("pk").values_list(*fields.split(","))
    return [str(value) for value in rows.first() or ["none-" + model.lower().replace(".", "-")]]
def known(slug, word):
    if word == "@minutes":
        return Minutes.objects.filter(state="approved").order_by("pk").first().event.slug
    if word == "@comment":
        return Comment.objects.filter(consultation__framework__slug="mpe-responsable", parent=None).order_by("pk").first().code
    if word.startswith("="):
        return Record.objects.filter(state="published", access="public", kind=word[1:]).order_by("pk").first().code
    rows = VersionChange.objects.filter(version__framework__slug=slug).exclude(new_label="").exclude(old_label="")
    return rows.order_by("-version", "pk").first().clause.uuid if word == "@" else word
def address(name):
    route, *words = name.split()
    return reverse(route, args=[one for word in words for one in (rows_of(word) if word[0] == "~" else [known(words[0], word)])])
with override({language!r}):
    print(json.dumps([address(name) for name in {names!r}]))
"""


def addresses(site, names, language):
    """Ask for the address of each page in a language; “@”, “@minutes”, “@comment”, “=kind” stand for a changed clause, minutes, …,
    “~app.Model?field=value:field,field” for fields of the first such row."""
    code = _ADDRESSES.format(language=language, names=list(names))
    return json.loads(site.manage("shell", "-v", "0", "-c", code).strip().splitlines()[-1])


def look(walker, path, looks=LOOKS):
    """Open a page once, see it at each width and in each scheme, and return what is wrong with it."""
    answer = walker.page.goto(walker.site.url + path)
    found = [] if answer.status == 200 else [f"{path}: {answer.status}"]
    for width, scheme in looks:
        walker.page.set_viewport_size({"width": width, "height": 800})
        walker.page.emulate_media(color_scheme=scheme)
        wide = walker.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{path}: {wide} px too wide at {width}")
        for violation in Axe().run(walker.page).response["violations"]:
            found.append(f"{path}: {violation['id']} {scheme} {violation['nodes'][0]['html'][:140]}")
    return found + [f"{path}: {words}" for words in heavy(walker.page)]


_WEIGHT = """() => {
    const all = ["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
        .filter(one => one.initiatorType !== "fetch");  // what the door asks for later
    const most = document.querySelector(".clauses") ? 110_000 : 15_000;
    const hosts = new Set(all.map(one => new URL(one.name).host)).size;
    return [most, all[0].encodedBodySize, all.reduce((sum, one) => sum + one.encodedBodySize + 300, 0), all.length, hosts];
}"""


def heavy(page):
    """Tell where the page weighs too much: again (its own bytes), at the first visit (with all it loads), in requests, in hosts."""
    most, again, first, requests, hosts = page.evaluate(_WEIGHT)  # a whole framework may be longer
    limits = {"again": (again, most), "first": (first, max(most, 45_000)), "requests": (requests, 8)}
    limits["hosts"] = (hosts, 1)
    return [f"{name} {seen}" for name, (seen, limit) in limits.items() if seen > limit]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible(browser, site, language):
    found = []
    for names, account in ((PUBLIC, ""), (MEMBER, "nelida-ccoyllo-pari@demo.example")):
        walker = Walker(browser, site, language)
        if account:
            walker.sign_in(account)
        for path in addresses(site, names, language):
            found += look(walker, path)
        walker.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_committee_is_accessible(browser, site, language):
    found = []
    for names, account in ((COMMITTEE, "denise-hartley-okoro@demo.example"), (ANSWERS, "leonor-quintela-macario@demo.example")):
        walker = Walker(browser, site, language)
        walker.sign_in(account)
        for path in addresses(site, names, language):
            found += look(walker, path)
        walker.close()
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def staff(browser, site):
    """The secretariat, in a browser to which no page leaves a service worker: that would be weighed with the next page."""
    walker = Walker(browser, site, "es", workers="block")
    walker.sign_in("secretaria@demo.example", second_factor=site.recovery_code("secretaria@demo.example"))
    yield walker
    walker.close()


def test_desk_is_accessible(staff, site):
    found = []
    for language in LANGUAGES:
        looks = LOOKS if language == "es" else LOOKS[:1]
        found += [wrong for path in addresses(site, STAFF, language) for wrong in look(staff, path, looks)]
    assert not found, "\n".join(found)


def test_pages_one_step_behind_are_accessible(browser, site, staff):
    found = [wrong for path in addresses(site, BEHIND_STAFF, "es") for wrong in look(staff, path, LOOKS[1:])]
    for name, names in BEHIND.items():
        walker = Walker(browser, site, "es")
        if name:
            walker.sign_in(f"{name}@demo.example")
        found += [wrong for path in addresses(site, names, "es") for wrong in look(walker, path, LOOKS[1:])]
        walker.close()
    assert not found, "\n".join(found)


def wire(walker, path):
    """Return the bytes over the wire and the number of requests of a visit, as the browser counts them."""
    session = walker.context.new_cdp_session(walker.page)
    seen = {"bytes": 0, "requests": 0, "hosts": set()}
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: seen.__setitem__("bytes", seen["bytes"] + event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: seen["hosts"].add(event["request"]["url"].split("/")[2]))
    session.on("Network.requestWillBeSent", lambda event: seen.__setitem__("requests", seen["requests"] + 1))
    walker.page.goto(walker.site.url + path, wait_until="networkidle")
    session.detach()
    return seen


def test_first_visits_are_light(browser, site):
    found = {}
    for name, path in zip(PUBLIC, addresses(site, PUBLIC, "es"), strict=True):
        walker = Walker(browser, site, "es")
        first, again = wire(walker, path), wire(walker, path)
        walker.close()
        heavy = name in (FRAMEWORK, REDLINE)  # a whole framework, read or compared
        limits = (first["bytes"] <= (110_000 if heavy else 45_000), first["requests"] <= 8, len(first["hosts"]) == 1)
        if not all((*limits, heavy or again["bytes"] <= 15_000)):
            found[name] = first, again
    assert not found
