"""The page of one answer, groups, templates, objections and the map, as people meet them."""

import pytest

from standards.actions import answers as acts
from standards.actions.answers import Links
from standards.actions.comments import withdraw_comment
from standards.models import Answer, AnswerGroup, AnswerNote, AnswerObjection, AnswerTemplate
from tests.factories.answers import LONG, answered, validate, words, write
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_answer, make_clause, make_comment, make_version
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def comment(miner, consultation, clause):
    return say(miner, consultation, clause, body="Falta un plazo.")


def at(name, *args):
    return url(f"standards:{name}", *args, language="en")


def post(client, name, *args, **data):
    return client.post(at(name, *args), data)


def answering(comment, revision=0, **data):
    return {"disposition": "NO", "reason_es": "Anotado.", "revision": revision, **data}


def test_the_page_shows_clause_comment_and_form(as_user, committee, comment):
    said = text_of(as_user(committee.writer).get(at("answer_write", "marco", comment.code)))
    for words_of in ("The operation keeps mercury out", "Falta un plazo.", "NA · Not accepted", "Reason in Português"):
        assert words_of in said
    assert "RE ·" not in said


def test_who_looks_on_reads_and_does_not_write(as_user, committee, comment):
    page = as_user(committee.observer).get(at("answer_write", "marco", comment.code)).content.decode()
    assert 'name="disposition"' not in page
    assert "Nobody has written an answer yet." in page


def test_an_answer_is_saved(as_user, committee, comment):
    response = post(as_user(committee.writer), "answer_write", "marco", comment.code, **answering(comment))
    assert response.status_code == 303
    assert Answer.objects.get().reason_es == "Anotado."


def test_save_and_next_leads_to_the_next_that_waits(as_user, committee, comment, miner, consultation):
    first, second, third = sorted((comment, say(miner, consultation), say(miner, consultation)), key=lambda one: one.code)
    client = as_user(committee.writer)
    answer = lambda one: post(client, "answer_write", "marco", one.code, **answering(one), next="1").headers["Location"]  # noqa: E731
    assert [answer(one) for one in (second, third)] == [at("answer_write", "marco", one.code) for one in (third, first)]
    assert answer(first) == at("answer_queue", "marco")


def test_the_filters_of_the_queue_stay_while_one_works(as_user, committee, comment):
    response = as_user(committee.writer).post(at("answer_write", "marco", comment.code) + "?kind=ge", answering(comment))
    assert response.headers["Location"].endswith("?kind=ge")


def test_what_is_missing_is_said_and_nothing_is_lost(as_user, committee, comment):
    response = post(
        as_user(committee.writer), "answer_write", "marco", comment.code, **answering(comment, disposition="NA", reason_es="Breve.")
    )
    assert response.status_code == 409
    assert "needs 80" in text_of(response)
    assert "Breve." in response.content.decode()


def test_an_invalid_form_comes_back_whole(as_user, committee, comment):
    response = post(as_user(committee.writer), "answer_write", "marco", comment.code, revision=0, reason_es="Mi razón.", duplicate_of="C-X")
    assert response.status_code == 422
    assert "Mi razón." in response.content.decode()
    assert "There is no comment C-X" in text_of(response)


def test_a_second_writer_sees_both_texts_and_then_decides(as_user, committee, comment):
    write(committee.second, comment, words("AC", "Lo de la otra persona."))
    client = as_user(committee.writer)
    response = post(client, "answer_write", "marco", comment.code, **answering(comment, reason_es="Lo mío."))
    assert response.status_code == 409
    assert "Lo de la otra persona." in response.content.decode()
    assert "Lo mío." in response.content.decode()
    assert 'name="revision" value="1"' in response.content.decode()
    assert Answer.objects.get().disposition == "AC"
    assert post(client, "answer_write", "marco", comment.code, **answering(comment, 1, reason_es="Lo mío.")).status_code == 303


@pytest.mark.parametrize("revision", ["x", "-1", "7"])
def test_a_revision_nobody_gave_overwrites_nothing(as_user, committee, comment, revision):
    assert post(as_user(committee.writer), "answer_write", "marco", comment.code, **answering(comment, revision)).status_code == 409


def test_a_comment_withdrawn_while_one_writes_is_said(as_user, committee, comment, miner):
    withdraw_comment(actor=fresh(miner.user), comment=comment)
    response = post(as_user(committee.writer), "answer_write", "marco", comment.code, **answering(comment))
    assert response.status_code == 409
    assert not Answer.objects.filter(reason_es="Anotado.").exists()


def test_a_template_is_inserted_without_losing_a_word(as_user, committee, comment, framework):
    template = AnswerTemplate.objects.create(framework=framework, title_es="Plazos", reason_es="Se amplía.", disposition="AM")
    data = answering(comment, disposition="", reason_es="Gracias.", insert=template.pk)
    response = post(as_user(committee.writer), "answer_write", "marco", comment.code, **data)
    assert response.status_code == 200
    assert "Gracias.\n\nSe amplía." in response.content.decode()
    assert not Answer.objects.exists()


def test_a_template_of_another_framework_is_not_inserted(as_user, committee, comment):
    from tests.support.frameworks import make_framework

    template = AnswerTemplate.objects.create(framework=make_framework("otro"), title_es="Ajena", reason_es="Secreto ajeno.")
    response = post(
        as_user(committee.writer), "answer_write", "marco", comment.code, **answering(comment, disposition="", insert=template.pk)
    )
    assert "Secreto ajeno." not in response.content.decode()


@pytest.fixture
def later(version, clause):
    later = make_version(version.framework, "0.3")
    text = make_clause(later, "4.1", text_es="La operación elimina todo el mercurio.")
    type(text).objects.filter(pk=text.pk).update(clause=clause.clause)
    return later


def test_an_accepted_one_is_linked_by_the_number_of_the_clause(as_user, committee, comment, later, clause):
    data = answering(comment, disposition="AC", version="0.3", clauses="4.1")
    assert post(as_user(committee.writer), "answer_write", "marco", comment.code, **data).status_code == 303
    assert Answer.objects.get().changes.get().clause == clause.clause
    assert 'value="4.1"' in as_user(committee.writer).get(at("answer_write", "marco", comment.code)).content.decode()


@pytest.mark.parametrize(
    ("data", "said"), [({"clauses": "9.9", "version": "0.3"}, "Unknown: 9.9."), ({"clauses": "4.1"}, "Choose the version")]
)
def test_an_unknown_clause_is_named(as_user, committee, comment, later, data, said):
    response = post(as_user(committee.writer), "answer_write", "marco", comment.code, **answering(comment, disposition="AC", **data))
    assert response.status_code == 422
    assert said in text_of(response)


def test_a_change_is_linked_after_publication(as_user, committee, comment, later):
    answered(committee, comment, words("AC"))
    assert "Another person links it" in text_of(as_user(committee.writer).get(at("answer_write", "marco", comment.code)))
    client = as_user(committee.second)
    assert "Link it to the clause it changed" in text_of(client.get(at("answer_write", "marco", comment.code)))
    assert client.post(at("answer_link", "marco", comment.code), {"link-version": "0.3", "link-clauses": "4.1"}).status_code == 303
    page = client.get(at("answer_write", "marco", comment.code)).content.decode()
    assert "<ins>todo </ins>" in page


def test_a_link_that_does_not_fit_is_refused_with_its_words(as_user, committee, comment, later):
    client = as_user(committee.writer)
    answered(committee, comment)
    response = client.post(at("answer_link", "marco", comment.code), {"link-version": "0.3", "link-clauses": "4.1"})
    assert response.status_code == 422
    assert client.post(at("answer_link", "marco", comment.code), {}).status_code == 422


def test_a_link_refused_to_its_writer_comes_back_with_its_words(as_user, committee, comment, later):
    answered(committee, comment, words("AC"))
    link = {"link-version": "0.3", "link-clauses": "4.1"}
    response = as_user(committee.writer).post(at("answer_link", "marco", comment.code), link)
    assert (response.status_code, 'value="4.1"' in response.content.decode()) == (422, True)
    assert "another person links it" in text_of(response)


def test_a_note_is_left_and_stays_inside(as_user, committee, comment):
    client = as_user(committee.writer)
    assert post(client, "answer_note", "marco", comment.code, body="Nota interna.").status_code == 303
    assert "Nota interna." in client.get(at("answer_write", "marco", comment.code)).content.decode()
    assert "Nota interna." not in as_user().get(at("comment_detail", comment.code)).content.decode()


def test_an_empty_note_is_refused_with_the_page(as_user, committee, comment):
    assert post(as_user(committee.writer), "answer_note", "marco", comment.code, body=" ").status_code == 409


def test_an_answer_goes_back_with_its_note(as_user, committee, comment):
    write(committee.writer, comment)
    client = as_user(committee.second)
    assert post(client, "answer_return", "marco", comment.code, body="Falta el plazo.").status_code == 303
    assert AnswerNote.objects.get().body == "Falta el plazo."
    response = post(client, "answer_return", "marco", comment.code, body="Otra vez.")
    assert response.status_code == 409
    assert "Otra vez." in response.content.decode()


def test_the_history_names_who_did_what_and_the_author_never(as_user, committee, comment, miner):
    answer = answered(committee, comment)
    acts.object_to_answer(actor=fresh(miner.user), answer=answer, body="No.", language="es")
    said = text_of(as_user(committee.chair).get(at("answer_write", "marco", comment.code)))
    assert "written · Comite Writer" in said
    assert "validated · Comite Second" in said
    assert "its author objects" in said
    assert "Rosa" not in said


def test_the_page_of_an_answer_is_flat(as_user, committee, comment, consultation, producers, clause, framework):
    client = as_user(committee.writer)
    write(committee.second, comment)

    def grow():
        for number in range(3):
            make_comment(consultation, producers, clause_text=clause, body="Falta un plazo claro.")
            AnswerTemplate.objects.create(framework=framework, title_es=f"t{number}", reason_es="x")
            acts.add_note(actor=fresh(committee.writer.user), comment=comment, body="x")

    grow()
    flat(lambda: client.get(at("answer_write", "marco", comment.code)), grow, ceiling=24)


def test_a_reply_and_another_frameworks_comment_have_no_page(as_user, committee, comment, neighbour, producers):
    from tests.factories.standards import answer as reply
    from tests.support.frameworks import make_framework, make_round

    client = as_user(committee.writer)
    other = make_comment(make_round(make_version(make_framework("otro"))), producers)
    for code in (reply(neighbour, comment).code, other.code):
        assert client.get(at("answer_write", "marco", code)).status_code == 404


# --- groups and templates


@pytest.fixture
def group(committee, comment, miner, consultation):
    actor, both = fresh(committee.writer.user), [comment, say(miner, consultation)]
    return acts.group_comments(actor=actor, consultation=consultation, comments=both, title="Plazos")[0]


def test_a_group_is_answered_on_its_page(as_user, committee, group):
    client = as_user(committee.writer)
    assert "2 comments, answered at once" in text_of(client.get(at("answer_group", "marco", group.pk)))
    data = answering(None, acts.group_mark(group))
    assert post(client, "answer_group", "marco", group.pk, **data).status_code == 303
    assert Answer.objects.filter(disposition="NO").count() == 2


def test_a_group_that_has_changed_is_shown_again(as_user, committee, group):
    response = post(as_user(committee.writer), "answer_group", "marco", group.pk, **answering(None, "1.1.1", reason_es="Lo mío."))
    assert response.status_code == 409
    assert "Lo mío." in response.content.decode()
    assert post(as_user(committee.writer), "answer_group", "marco", group.pk).status_code == 422


def test_a_group_is_dissolved(as_user, committee, group):
    assert post(as_user(committee.writer), "answer_group_dissolve", "marco", group.pk).status_code == 303
    assert not AnswerGroup.objects.exists()


def test_templates_are_kept_changed_and_taken_away(as_user, committee):
    client = as_user(committee.writer)
    assert "No template yet." in text_of(client.get(at("answer_templates", "marco")))
    assert post(client, "answer_templates", "marco", title_es="Plazos", reason_es="Sí.").status_code == 303
    template = AnswerTemplate.objects.get()
    page = client.get(at("answer_template", "marco", template.pk))
    assert 'value="Plazos"' in page.content.decode()
    post(client, "answer_template", "marco", template.pk, title_es="Término", reason_es="Sí.", seen=page.context["form"].initial["seen"])
    assert AnswerTemplate.objects.get().title_es == "Término"
    assert post(client, "answer_template_delete", "marco", template.pk).status_code == 303
    assert not AnswerTemplate.objects.exists()


def test_a_template_without_words_is_refused_and_kept_in_the_form(as_user, committee):
    response = post(as_user(committee.writer), "answer_templates", "marco", title_es="Plazos")
    assert response.status_code == 422
    assert 'value="Plazos"' in response.content.decode()
    assert post(as_user(committee.writer), "answer_templates", "marco", disposition="XX").status_code == 422


# --- what everybody and the author see


def test_everybody_reads_the_answer_on_the_page_of_the_comment(as_user, committee, comment):
    answered(committee, comment, words("NA", LONG))
    said = text_of(as_user().get(at("comment_detail", comment.code)))
    assert "NA · Not accepted" in said
    assert LONG in said
    assert "What becomes of it" not in said


def test_the_words_before_and_after_are_on_the_page_of_the_comment(as_user, committee, comment, later, clause):
    links = Links(later, (clause.clause,))
    answered(committee, comment, words("AC", links=links))
    assert "<ins>todo </ins>" in as_user().get(at("comment_detail", comment.code)).content.decode()


def test_its_author_finds_what_became_of_it(as_user, committee, comment, miner):
    client = as_user(miner)
    assert "Waits for its answer." in text_of(client.get(at("my_comments")))
    answered(committee, comment, words("AC", "Se recoge."))
    said = text_of(client.get(at("my_comments")))
    assert "AC · Accepted" in said
    assert "Se recoge." in said
    assert "Object to the answer" in said


def test_ones_own_page_is_flat(as_user, committee, miner, consultation, clause, later):
    client = as_user(miner)

    def grow():
        for _ in range(3):
            answer = make_answer(say(miner, consultation, clause), disposition="AC")
            answer.changes.create(clause=clause.clause, version=later)

    grow()
    flat(lambda: client.get(at("my_comments")), grow, ceiling=12)


def test_only_the_author_is_offered_to_object(as_user, committee, comment, miner, neighbour):
    answered(committee, comment)
    offered = [
        at("answer_object", comment.code) in as_user(who).get(at("comment_detail", comment.code)).content.decode()
        for who in (miner, neighbour, None)
    ]
    assert offered == [True, False, False]


def test_the_author_objects_on_a_page(as_user, committee, comment, miner):
    answered(committee, comment)
    client = as_user(miner)
    assert "Last day:" in text_of(client.get(at("answer_object", comment.code)))
    assert post(client, "answer_object", comment.code, language="es").status_code == 422
    assert post(client, "answer_object", comment.code, body="Falta.", language="es").status_code == 303
    response = post(client, "answer_object", comment.code, body="Otra vez.", language="es")
    assert response.status_code == 409
    assert "Otra vez." in response.content.decode()
    assert AnswerObjection.objects.get().body == "Falta."
    assert "Its author objects" in text_of(as_user().get(at("comment_detail", comment.code)))


def test_nobody_objects_to_the_answer_to_anothers_comment(as_user, committee, comment, neighbour):
    answered(committee, comment)
    assert as_user(neighbour).get(at("answer_object", comment.code)).status_code == 403


def test_a_change_is_taken_back_with_an_empty_list(as_user, committee, comment, later, clause):
    answered(committee, comment, words("AC", links=Links(later, (clause.clause,))))
    as_user(committee.second).post(at("answer_link", "marco", comment.code), {"link-version": "0.3", "link-clauses": ""})
    assert not Answer.objects.get().changes.exists()


def test_too_many_objections_are_stopped(as_user, committee, comment, miner, monkeypatch):
    from django.core.cache import cache

    answered(committee, comment)
    cache.set(f"limit:objection:u{miner.user.pk}", 31, 3600)
    assert post(as_user(miner), "answer_object", comment.code, body="Falta.", language="es").status_code == 429


def test_a_second_answer_is_given_on_a_page(as_user, committee, comment, miner):
    answer = answered(committee, comment)
    client = as_user(committee.chair)
    assert "no objection that waits" in text_of(client.get(at("answer_again", "marco", comment.code)))
    acts.object_to_answer(actor=fresh(miner.user), answer=answer, body="Falta.", language="es")
    assert "Answer the objection" in text_of(client.get(at("answer_write", "marco", comment.code)))
    data = {"disposition": "FA", "reason_es": "Queda fuera de este marco."}
    assert post(client, "answer_again", "marco", comment.code, **data).status_code == 303
    assert "Queda fuera de este marco." in as_user().get(at("comment_detail", comment.code)).content.decode()


def test_signers_are_on_the_page_of_the_lead(as_user, committee, comment, neighbour, consultation, clause):
    other = say(neighbour, consultation, clause)
    acts.fold_comments(actor=fresh(committee.writer.user), lead=comment, comments=[other])
    assert "Also signed by" not in text_of(as_user().get(at("comment_detail", comment.code)))
    answered(committee, comment)
    assert "Also signed by" in text_of(as_user().get(at("comment_detail", comment.code)))


def test_the_author_of_an_answered_comment_is_not_offered_to_withdraw_it(as_user, committee, comment, miner):
    withdraw = at("comment_withdraw", comment.code)
    assert withdraw in as_user(miner).get(at("comment_detail", comment.code)).content.decode()
    validate(committee.second, write(committee.writer, comment))
    acts.publish_answer(actor=fresh(committee.chair.user), answer=Answer.objects.get())
    assert withdraw not in as_user(miner).get(at("comment_detail", comment.code)).content.decode()


def test_everybody_reads_the_map(as_user, comment, producers, consultation, clause):
    for _ in range(5):
        make_comment(consultation, producers, clause_text=clause, stance="disagree")
    response = as_user().get(at("round_map", "marco", 1))
    assert "2.3.1 Mercurio" in text_of(response)
    assert "Counts are not votes" in text_of(response)
    assert "/workspace/" not in response.content.decode()


def test_the_map_leads_the_committee_to_the_queue(as_user, comment, committee):
    assert at("answer_queue", "marco") + "?clause=2.3.1" in as_user(committee.writer).get(at("round_map", "marco", 1)).content.decode()


def test_the_map_of_a_silent_round_says_so_and_of_none_is_404(as_user, consultation):
    assert "Nobody has said anything in this round yet." in text_of(as_user().get(at("round_map", "marco", 1)))
    assert as_user().get(at("round_map", "marco", 2)).status_code == 404
