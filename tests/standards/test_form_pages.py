import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from standards.exports.commenting import FORM_FORMATS
from standards.models import Comment, FormSubmission
from standards.readers.commenting import read_form
from tests.factories.standards import say
from tests.support.pages import text_of, url

ROW = ("", "", "2.3.1", "", "ge", "Porque el río es de todas.", "", "")


def upload(*rows, name="f.csv"):
    return SimpleUploadedFile(name, FORM_FORMATS["csv"].write(rows, title="R", language="es"))


def page(name="commenting_form", *more, language="es"):
    return url(f"standards:{name}", "marco", 1, *more, language=language)


def bring(client, *rows, **more):
    return client.post(page(), {"document": upload(*rows), "shown_as": "organisation", "language": "es", **more})


def confirm(client, look):
    return client.post(look.url, {"fingerprint": client.get(look.url).context["fingerprint"]})


@pytest.fixture
def member(as_user, miner, consultation):
    return as_user(miner)


def test_page_hands_the_form_out_in_each_language(member):
    assert member.get(page()).content.decode().count("download>") == 18


def test_file_is_looked_at_before_it_is_sent(member):
    look = bring(member, ROW)
    assert look.status_code == 303
    shown = text_of(member.get(look.url))
    assert "Porque el río es de todas." in shown
    assert not Comment.objects.exists()


def test_confirmed_file_is_sent(member):
    done = confirm(member, bring(member, ROW))
    assert done.status_code == 303
    assert Comment.objects.get().body == "Porque el río es de todas."


def test_looked_at_twice_is_sent_once(member):
    look = bring(member, ROW)
    confirm(member, look)
    assert member.get(look.url).status_code == 303  # it waits no more
    assert Comment.objects.count() == 1


def test_page_names_what_cannot_be_sent(member):
    shown = text_of(member.get(bring(member, ROW, ("", "", "9.9", "", "ge", "x", "", ""), ("", "", "", "", "te", "y", "", "")).url))
    assert "«9.9»" in shown
    assert "redacción propuesta" in shown


def test_what_changed_between_look_and_sending_is_looked_at_again(member, miner, consultation, clause):
    look = bring(member, ROW)
    old = member.get(look.url).context["fingerprint"]
    say(miner, consultation, clause, body="Porque el río es de todas.")
    assert member.post(look.url, {"fingerprint": old}).status_code == 409
    assert Comment.objects.count() == 1


def test_what_waits_is_its_senders_alone(member, as_user, neighbour):
    look = bring(member, ROW)
    answer = as_user(neighbour).get(look.url)
    assert (answer.status_code, answer.url) == (303, page())


def test_file_that_is_no_form_is_refused_beside_its_field(member):
    answer = member.post(page(), {"document": SimpleUploadedFile("x.pdf", b"%PDF-1"), "shown_as": "protected", "language": "es"})
    assert answer.status_code == 422
    assert answer.context["form"]["shown_as"].value() == "protected"
    assert "document" in answer.context["form"].errors


def test_form_without_a_file_says_so(member):
    answer = member.post(page(), {"shown_as": "name", "language": "es"})
    assert "Primero hay que elegir el archivo." in text_of(answer)


def test_closed_for_good_takes_no_form(member, consultation):
    type(consultation.framework).objects.update(stage="final_draft")
    assert bring(member, ROW).status_code == 409
    assert not Comment.objects.exists()


def test_late_file_is_announced_as_late(member, consultation):
    type(consultation).objects.update(state="closed")
    assert "fuera de plazo" in text_of(member.get(page()))


def test_account_without_membership_is_told_whom_it_is_for(as_user, visitor, consultation):
    assert as_user(visitor).get(page()).status_code == 403


@pytest.mark.parametrize("code", sorted(FORM_FORMATS))
def test_empty_form_has_the_labels_of_all_clauses(member, code):
    answer = member.get(page("form_file", "form", "es", code))
    rows = read_form(answer.content).rows
    assert [row.clause for row in rows if row.clause] == ["General", "2.3.1"]
    assert answer["Content-Disposition"] == f'attachment; filename="marco-r1-form-es.{code}"'
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", [("x", "es", "csv"), ("form", "fr", "csv"), ("form", "es", "exe")])
def test_other_files_are_not_there(member, path):
    assert member.get(page("form_file", *path)).status_code == 404


@pytest.mark.parametrize("code", sorted(FORM_FORMATS))
def test_filled_form_comes_back_as_the_same_comments(member, neighbour, consultation, clause, code):
    say(neighbour, consultation, clause, body="=1+1 «ñ»\n\ttab", kind="te", proposed="-Sí")
    say(neighbour, consultation, None, body="En general")
    filled = member.get(page("form_file", "comments", "es", code)).content
    look = member.post(page(), {"document": SimpleUploadedFile("f", filled), "shown_as": "name", "language": "es"})
    counts = member.get(look.url).context["plan"].counts
    assert (counts["there"], counts["new"], counts["changed"]) == (2, 0, 0)


def test_secretariat_enters_a_form(as_user, secretary, consultation, cooperative):
    client = as_user(secretary)
    look = client.post(page("form_on_behalf"), {"document": upload(ROW), "organisation": cooperative.pk, "language": "es"})
    assert confirm(client, look).url == page("form_on_behalf")
    assert FormSubmission.objects.get().organisation == cooperative


def test_form_of_an_organisation_is_nobody_elses_to_confirm(as_user, secretary, miner, consultation, cooperative):
    client = as_user(secretary)
    look = client.post(page("form_on_behalf"), {"document": upload(ROW), "organisation": cooperative.pk, "language": "es"})
    secretary.groups.clear()
    assert client.post(look.url, {"fingerprint": "x"}).status_code == 403


def test_upload_is_counted(member, consultation, monkeypatch):
    monkeypatch.setattr("standards.views.commenting.FORMS_AN_HOUR", 1)
    bring(member, ROW)
    assert bring(member, ROW).status_code == 429


def test_excel_that_was_saved_elsewhere_is_read(member):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(member.get(page("form_file", "form", "en", "xlsx")).content))
    book.active.cell(3, 5).value, book.active.cell(3, 6).value = "qu", "¿Por qué?"
    out = io.BytesIO()
    book.save(out)
    look = member.post(page(), {"document": SimpleUploadedFile("f.xlsx", out.getvalue()), "shown_as": "name", "language": "es"})
    confirm(member, look)
    assert (Comment.objects.get().kind, Comment.objects.get().clause_text.label) == ("qu", "2.3.1")
