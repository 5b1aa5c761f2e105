"""The pages of versions: list, record with its proof, change log, errata, the committee's forms."""

import hashlib

import pytest

from members.enums import GroupRole
from members.models import Group, GroupMembership
from standards.actions.changelog import write_change_log
from standards.actions.texts import freeze_version
from standards.actions.versions import add_erratum
from standards.models import ClauseText, Erratum, Framework, Version, VersionChange
from tests.factories.standards import day
from tests.support.frameworks import make_clause, make_round
from tests.support.pages import text_of, url
from tests.support.queries import flat
from tests.support.versions import follow


@pytest.fixture
def new(version, clause):
    made = follow(version, "0.3")
    ClauseText.objects.filter(version=made).update(text_es="Otra cosa.")
    return made


@pytest.fixture
def chair(framework, miner):
    """Rosa chairs the committee."""
    return seat(framework, miner, GroupRole.CHAIR)


def seat(framework, person, role):
    group = Group.objects.create(slug="comite", name="Comité", name_es="Comité", kind="committee")
    type(framework).objects.filter(pk=framework.pk).update(committee=group)
    GroupMembership.objects.create(group=group, person=person, role=role, starts_on=day("2025-01-01"))
    return person


def page(client, name, *args, language="es"):
    return client.get(url(f"standards:{name}", "marco", *args, language=language))


def send(client, name, *args, **data):
    return client.post(url(f"standards:{name}", "marco", *args), data)


def fill_in(client, name, *args, **data):
    """Send a form with the mark of what it showed."""
    return send(client, name, *args, seen=page(client, name, *args).context["form"]["seen"].value(), **data)


def test_the_list_shows_versions_the_newest_first(client, new):
    make_round(Version.objects.get(number="0.2"), state="closed")
    words = text_of(page(client, "version_list"))
    assert words.index("Versión 0.3") < words.index("Versión 0.2")
    for said in ("en redacción", "SHA-256", "ronda 1,", "Qué cambió desde 0.2"):
        assert said in words


def test_the_list_hides_drafts(client, as_user, new, secretary):
    Version.objects.filter(pk=new.pk).update(public=False)
    assert "Versión 0.3" not in text_of(page(client, "version_list"))
    assert "aún no es pública" in text_of(page(as_user(secretary), "version_list"))


def test_an_empty_list_says_what_will_be_there(client, framework):
    assert "Aún no se puede leer" in text_of(page(client, "version_list"))


def test_the_list_is_flat(client, new):
    def grow():
        for number in ("0.4", "0.5", "0.6"):
            follow(Version.objects.latest("pk"), number)

    flat(lambda: page(client, "version_list"), grow, ceiling=4)


def test_an_outsider_can_recompute_the_hash(client, new):
    version = freeze_version(version=new, actor=None)
    response = page(client, "version_text", "0.3")
    assert hashlib.sha256(response.content).hexdigest() == version.sha256
    assert response["Content-Disposition"] == 'attachment; filename="marco-0.3.json"'
    assert version.sha256 in text_of(page(client, "version_record", "0.3"))


def test_a_draft_has_no_text_to_check(client, new):
    assert page(client, "version_text", "0.3").status_code == 404
    assert "Recibe su huella" in text_of(page(client, "version_record", "0.3"))


def test_the_record_shows_the_change_log(client, new):
    write_change_log(new)
    VersionChange.objects.update(kind="editorial", summary_es="Solo el estilo.")
    words = text_of(page(client, "version_record", "0.3"))
    for said in ("Cambio de redacción", "2.3.1", "Solo el estilo.", "el sistema encontró: cambio sustantivo"):
        assert said.casefold() in words.casefold()


def test_the_record_of_a_first_version_compares_with_nothing(client, version, clause):
    assert "No hay una versión anterior" in text_of(page(client, "version_record", "0.2"))


def test_the_record_says_when_nothing_differs(client, version, clause):
    follow(version, "0.3")
    assert "No hay diferencias con la versión 0.2" in text_of(page(client, "version_record", "0.3"))


def test_numbers_of_the_log_are_sorted_as_numbers(client, new):
    for label in ("10.1", "9.1", "A.1"):
        make_clause(new, label, text_es="Nueva.")
    write_change_log(new)
    words = text_of(page(client, "version_record", "0.3"))
    assert words.index("9.1") < words.index("10.1") < words.index("A.1")


def test_the_record_is_flat(client, new):
    def grow():
        for label in ("8.1", "8.2", "8.3"):
            make_clause(new, label, text_es="Nueva.")
        write_change_log(new)

    write_change_log(new)
    flat(lambda: page(client, "version_record", "0.3"), grow, ceiling=6)


def test_errata_stand_beside_the_version_and_at_the_clause(client, version, clause, secretary):
    freeze_version(version=version, actor=None)
    version.refresh_from_db()
    add_erratum(
        actor=secretary, version=version, clause_text=clause, language="es", wrong="del río", right="de los ríos", note_es="Son dos."
    )
    for words in (text_of(page(client, "version_record", "0.2")), text_of(page(client, "clause_detail", "0.2", "2.3.1"))):
        for said in ("Dice el texto: del río", "Debe leerse: de los ríos", "Son dos."):
            assert said in words


def test_the_framework_leads_to_versions_and_changes(client, new):
    html = page(client, "framework_detail").content.decode()
    assert url("standards:version_list", "marco") in html
    assert url("standards:redline_choose", "marco") + "?new=0.3" in html


def test_the_chair_begins_the_next_version(as_user, version, clause, chair):
    freeze_version(version=version, actor=None)
    response = send(as_user(chair), "workspace_versions", kind="working", number="")
    assert response.status_code == 303
    assert response["Location"] == url("standards:workspace_version", "marco", "0.3")
    assert Version.objects.get(number="0.3").previous == version


def test_a_refusal_keeps_what_was_written(as_user, version, clause, chair):
    freeze_version(version=version, actor=None)
    response = send(as_user(chair), "workspace_versions", kind="working", number="0.1")
    assert response.status_code == 422
    assert "Hace falta un número mayor que 0.2" in text_of(response)
    assert 'value="0.1"' in response.content.decode()


def test_a_draft_offers_closing_in_place_of_beginning(as_user, version, clause, chair):
    words = text_of(page(as_user(chair), "workspace_versions"))
    assert "Cerrar el borrador" in words
    assert "Empezarla" not in words


def test_a_committee_without_versions_is_told_how_to_begin(as_user, framework, chair):
    assert "No hay ninguna versión de la que partir" in text_of(page(as_user(chair), "workspace_versions"))


def test_who_only_writes_neither_begins_nor_closes(as_user, version, clause, framework, miner):
    client = as_user(seat(framework, miner, GroupRole.MEMBER))
    assert "Quien dirige el comité" in text_of(page(client, "workspace_versions"))
    assert send(client, "workspace_versions", kind="working").status_code == 403
    assert send(client, "version_close", "0.2").status_code == 403


def test_the_committee_explains_the_lines_of_its_log(as_user, new, chair):
    write_change_log(new)
    words = text_of(page(as_user(chair), "workspace_version", "0.3"))
    assert "cambio sustantivo" in words.casefold()
    assert "Explicar el cambio" in words


def test_a_frozen_log_is_only_read(as_user, new, chair):
    freeze_version(version=new, actor=None)
    words = text_of(page(as_user(chair), "workspace_version", "0.3"))
    assert "Explicar el cambio" not in words
    assert "Añadir una errata" in words


def test_a_first_version_has_no_log(as_user, version, clause, chair):
    assert "No hay una versión anterior" in text_of(page(as_user(chair), "workspace_version", "0.2"))


def test_the_summary_is_saved_in_three_languages(as_user, new, chair):
    words = {"change_summary_es": "Menos mercurio.", "change_summary_en": "Less mercury.", "change_summary_pt": "Menos mercúrio."}
    assert fill_in(as_user(chair), "workspace_version", "0.3", **words).status_code == 303
    assert "Menos mercurio." in text_of(page(as_user(), "version_record", "0.3"))
    assert "Less mercury." in text_of(page(as_user(), "version_list", language="en"))


def test_the_summary_of_a_frozen_version_is_refused_and_kept_on_the_page(as_user, new, chair):
    freeze_version(version=new, actor=None)
    response = send(as_user(chair), "workspace_version", "0.3", change_summary_es="Tarde.")
    assert response.status_code == 409
    assert Version.objects.get(number="0.3").change_summary_es != "Tarde."


def edit(new):
    write_change_log(new)
    return new.texts.get().clause.uuid


def test_a_line_of_the_log_is_explained(as_user, new, chair):
    client, uuid = as_user(chair), edit(new)
    assert "cambio sustantivo" in text_of(page(client, "change_edit", "0.3", uuid))
    assert fill_in(client, "change_edit", "0.3", uuid, kind="editorial", summary_es="Estilo.").status_code == 303
    assert VersionChange.objects.get().summary_es == "Estilo."


def test_a_line_frozen_in_the_meantime_is_refused_and_its_words_kept(as_user, new, chair):
    uuid = edit(new)
    freeze_version(version=new, actor=None)
    response = send(as_user(chair), "change_edit", "0.3", uuid, kind="editorial", summary_es="Estilo.")
    assert response.status_code == 409
    assert "Estilo." in response.content.decode()
    assert VersionChange.objects.get().kind == "substantive"


def test_a_kind_that_does_not_exist_is_refused(as_user, new, chair):
    uuid = edit(new)
    assert send(as_user(chair), "change_edit", "0.3", uuid, kind="new").status_code == 422


def test_closing_asks_first_and_then_closes(as_user, version, clause, chair):
    client = as_user(chair)
    assert "Cerrarla para siempre" in text_of(page(client, "version_close", "0.2"))
    assert not Version.objects.get().frozen
    assert send(client, "version_close", "0.2").status_code == 303
    assert Version.objects.get().frozen
    assert "Ya está cerrada" in text_of(page(client, "version_close", "0.2"))


def test_a_version_is_shown_to_everybody_after_having_been_asked(as_user, new, chair):
    client = as_user(chair)
    Version.objects.filter(number="0.3").update(public=False)
    assert "Abrirla a todo el mundo" in text_of(page(client, "workspace_version", "0.3"))
    assert "Nadie recibe un correo" in text_of(page(client, "version_show", "0.3"))
    assert not Version.objects.get(number="0.3").public
    assert send(client, "version_show", "0.3").status_code == 303
    assert Version.objects.get(number="0.3").public


def test_a_version_that_everybody_reads_is_not_shown_again(as_user, version, chair):
    Version.objects.update(public=True)
    assert "Ya la puede leer todo el mundo" in text_of(page(as_user(chair), "version_show", "0.2"))
    assert "Abrirla a todo el mundo" not in text_of(page(as_user(chair), "workspace_version", "0.2"))


def test_showing_a_version_of_a_hidden_framework_says_so(as_user, new, chair):
    Version.objects.filter(number="0.3").update(public=False)
    Framework.objects.update(public=False)
    assert "el marco mismo todavía no es público" in text_of(page(as_user(chair), "version_show", "0.3")).lower()


def test_closing_an_empty_draft_says_why_not(as_user, version, chair):
    response = send(as_user(chair), "version_close", "0.2")
    assert response.status_code == 409
    assert "no hay nada que cerrar" in text_of(response)


def test_an_erratum_is_listed(as_user, version, clause, chair):
    freeze_version(version=version, actor=None)
    client = as_user(chair)
    assert "2.3.1" in text_of(client.get(url("standards:erratum_add", "marco", "0.2") + "?clause=2.3.1"))
    data = {"clause": "2.3.1", "language": "es", "wrong": "del río", "right": "de los ríos", "note_es": "Son dos."}
    for _ in range(2):
        assert send(client, "erratum_add", "0.2", **data).status_code == 303
    assert Erratum.objects.get().clause_text == clause


def test_a_wrong_quotation_is_refused_and_kept(as_user, version, clause, chair):
    freeze_version(version=version, actor=None)
    response = send(as_user(chair), "erratum_add", "0.2", clause="2.3.1", language="es", wrong="nada", right="algo")
    assert response.status_code == 422
    assert "no están en la cláusula" in text_of(response)
    assert "algo" in response.content.decode()


def test_an_unknown_number_is_no_version(as_user, version, clause, chair):
    assert page(as_user(chair), "workspace_version", "0.9").status_code == 404


def test_the_committees_log_is_flat(as_user, new, chair):
    client = as_user(chair)

    def grow():
        for label in ("8.1", "8.2", "8.3"):
            make_clause(new, label, text_es="Nueva.")
        write_change_log(new)

    write_change_log(new)
    flat(lambda: page(client, "workspace_version", "0.3"), grow, ceiling=9)


def test_a_line_of_the_log_says_the_title_of_its_clause(client, as_user, new, chair):
    write_change_log(new)
    assert "2.3.1 Mercurio" in text_of(page(client, "version_record", "0.3"))
    assert "Mercurio" in text_of(page(as_user(chair), "change_edit", "0.3", new.texts.get().clause.uuid))


def test_a_retired_clause_keeps_its_title_in_the_log(client, new):
    new.texts.all().delete()
    write_change_log(new)
    assert "2.3.1 Mercurio" in text_of(page(client, "version_record", "0.3"))


def test_who_reads_the_log_is_offered_no_editing(as_user, new, chair):
    write_change_log(new)
    assert "Explicar el cambio" in text_of(page(as_user(chair), "workspace_version", "0.3"))
    assert "Explicar el cambio" not in text_of(page(as_user(), "version_record", "0.3"))
