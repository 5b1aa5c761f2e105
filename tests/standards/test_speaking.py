"""Writing on the pages: every form works without scripts, and no error loses a word."""

import re
import uuid
from datetime import date

import pytest

from members.models import Affiliation, Group, GroupMembership
from standards.actions.comments import hide_identity, withdraw_comment
from standards.enums import RoundState, ShownAs, Stage
from standards.forms import CommentForm, IdentityForm, ImportForm, voices
from standards.models import ClauseText, Comment, Consultation, Framework, Support
from standards.views import comments as views
from tests.conftest import make_organisation, make_person
from tests.factories.standards import WHY, answer, fresh, say
from tests.support.frameworks import make_clause, make_version
from tests.support.pages import text_of, url
from tests.support.queries import flat

PLACE = ("marco", "0.2", "2.3.1")
PROPOSED = "Ninguna operación usa mercurio."


def words(**fields):
    return {"once": str(uuid.uuid4()), "kind": "te", "stance": "changes", "body": WHY, "proposed": PROPOSED,
            "voice": "", "shown_as": "organisation", "language": "es", **fields}  # fmt: skip


def post(client, name, *args, language="en", data=None, **headers):
    return client.post(url(f"standards:{name}", *args, language=language), data or {}, **headers)


def kept(response, *texts):
    """The words are in the fields of a form that can be sent again."""
    html = response.content.decode()
    areas = " ".join(re.findall(r"<textarea.*?</textarea>", html, re.S))
    return all(text in areas for text in texts) and 'name="once"' in html


@pytest.fixture
def comment(miner, consultation, clause):
    return say(miner, consultation, clause)


def test_sending_leads_to_the_comment(as_user, miner, consultation):
    response = post(as_user(miner), "clause_comment", *PLACE, data=words())
    comment = Comment.objects.get()
    assert (response.status_code, response["Location"]) == (303, url("standards:comment_detail", comment.code, language="en"))
    assert (comment.body, comment.proposed, comment.kind, comment.stance) == (WHY, PROPOSED, "te", "changes")


def test_the_draft_on_the_device_ends_with_the_sending(as_user, miner, consultation):
    client = as_user(miner)
    form = client.get(url("standards:clause_comment", *PLACE, language="en")).content.decode()
    key = re.search(r'data-draft="([^"]+)"', form)[1]
    sent = client.get(post(client, "clause_comment", *PLACE, data=words())["Location"])
    assert f'data-draft-done="{key}"' in sent.content.decode()
    assert "data-draft-done" not in client.get(sent.request["PATH_INFO"]).content.decode()
    assert f"{Comment.objects.get().code} has been sent" in text_of(sent)


def test_the_form_begins_with_the_clause_in_the_writers_language(as_user, miner, neighbour, consultation):
    for person, lang in ((miner, "es"), (neighbour, "es")):  # Portuguese is missing
        html = as_user(person).get(url("standards:clause_comment", *PLACE, language="en")).content.decode()
        assert re.search(rf'class="clause-words[^"]*" lang="{lang}"', html)
        assert re.search(r'<textarea name="proposed".*?La operación elimina el mercurio', html, re.S)


def test_general_comments_are_sent_too(as_user, miner, consultation):
    assert post(as_user(miner), "clause_comment", "marco", "0.2", "general", data=words(kind="ge", proposed="")).status_code == 303
    assert Comment.objects.get().clause_text is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"body": ""}, "body"),
        ({"proposed": ""}, "proposed"),
        ({"proposed": " La operación  elimina\r\nel mercurio del río. "}, "proposed"),
        ({"proposed": "x" * 200_000}, "proposed"),
        ({"body": "x" * 10_001}, "body"),
        ({"kind": "xx"}, "kind"),
        ({"voice": "organisation:ajena"}, "voice"),
        ({"shown_as": "xx"}, "shown_as"),
        ({"language": "fr"}, "language"),
        ({"once": "x"}, "once"),
    ],
)
def test_what_is_wrong_is_told_and_every_word_kept(as_user, miner, consultation, wrong, field):
    data = words(**wrong)
    response = post(as_user(miner), "clause_comment", *PLACE, data=data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert kept(response, data["body"], data["proposed"].strip().split("\r")[0])
    assert "It was not sent yet" in text_of(response)
    assert not Comment.objects.exists()


def test_an_unchanged_wording_is_no_proposal(as_user, miner, consultation, clause):
    post(as_user(miner), "clause_comment", *PLACE, data=words(kind="qu", proposed=clause.text_es))
    assert (Comment.objects.get().proposed, Comment.objects.get().redline_html) == ("", "")


def test_nasty_words_are_harmless_on_the_page(as_user, miner, consultation):
    nasty = "<script>alert(1)</script> [a](javascript:alert(1)) \u202ednim\u202c " + "o" + "\u0301" * 10_000
    response = post(as_user(miner), "clause_comment", *PLACE, data=words(body=nasty, proposed=f"{PROPOSED} <img src=x>\u202e"))
    html = as_user().get(response["Location"]).content.decode()
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html
    assert 'dir="auto"' in html
    assert html.count("\u0301") <= 3


def test_preview_shows_the_redline_and_stores_nothing(as_user, miner, consultation):
    client, data = as_user(miner), words(preview="1", body="**Sí**")
    whole, part = (post(client, "clause_comment", *PLACE, data=data, **headers) for headers in ({}, {"HTTP_HX_REQUEST": "true"}))
    for response in (whole, part):
        assert response.status_code == 200
        assert "<strong>Sí</strong>" in response.content.decode()
        assert "<del>La</del><ins>Ninguna</ins>" in response.content.decode()
    assert kept(whole, "**Sí**", PROPOSED)
    assert "<html" not in part.content.decode()
    assert (Comment.objects.count(), Consultation.objects.get().comment_counter) == (0, 0)


@pytest.mark.parametrize(
    ("shown_as", "byline"),
    [("name", "Rosa Quispe"), ("organisation", "Someone from"), ("pseudonym", "with a pseudonym"), ("protected", "Protected voice")],
)
def test_preview_shows_how_one_will_be_shown(as_user, miner, consultation, shown_as, byline):
    response = post(as_user(miner), "clause_comment", *PLACE, data=words(preview="1", shown_as=shown_as))
    assert byline in response.context["preview"]["byline"]
    assert not Comment.objects.exists()


def test_preview_of_an_unfinished_form_complains_of_length_only(as_user, miner, consultation):
    response = post(as_user(miner), "clause_comment", *PLACE, data={"preview": "1", "proposed": "x" * 200_000, "language": "xx"})
    assert response.status_code == 200
    assert "200000" in response.context["preview"]["problems"][0]
    assert "200000" in text_of(response)
    assert not response.context["form"].errors


def test_words_sent_after_the_end_are_kept_in_the_form(as_user, miner, consultation):
    Framework.objects.update(stage=Stage.FINAL_DRAFT)
    Consultation.objects.update(state=RoundState.CLOSED)
    assert as_user(miner).get(url("standards:clause_comment", *PLACE)).status_code == 409
    response = post(as_user(miner), "clause_comment", *PLACE, data=words())
    assert response.status_code == 409
    assert kept(response, WHY, PROPOSED)
    assert "takes no more comments" in text_of(response)


def test_a_version_that_is_only_to_be_read_says_so(as_user, miner, consultation):
    later = make_clause(make_version(consultation.framework, "0.3"), "2.3.1", text_es="Otra.")
    response = as_user(miner).get(url("standards:clause_comment", "marco", "0.3", later.label, language="en"))
    assert response.status_code == 409
    assert "there to be read" in text_of(response)
    response = post(as_user(miner), "clause_comment", "marco", "0.3", later.label, data=words())
    assert kept(response, WHY, PROPOSED)
    assert not Comment.objects.exists()


def test_a_round_that_is_not_open_yet_says_so(as_user, miner, consultation):
    Consultation.objects.update(state=RoundState.ANNOUNCED)
    assert "not open yet" in text_of(as_user(miner).get(url("standards:clause_comment", *PLACE, language="en")))


def test_comments_are_for_members(as_user, visitor, consultation):
    response = as_user(visitor).get(url("standards:clause_comment", *PLACE, language="en"))
    assert response.status_code == 403
    assert url("members:apply", language="en") in response.content.decode()
    assert post(as_user(visitor), "clause_comment", *PLACE, data=words()).status_code == 403
    stranger = as_user().get(url("standards:clause_comment", *PLACE))
    assert stranger.status_code == 302
    assert stranger["Location"].endswith(url("standards:clause_comment", *PLACE))


def test_too_many_words_too_fast_are_kept(as_user, miner, consultation, monkeypatch):
    limited = views.refuse_too_many
    monkeypatch.setattr(views, "refuse_too_many", lambda request, act, limit, seconds: limited(request, act, 1, seconds))
    client = as_user(miner)
    assert post(client, "clause_comment", *PLACE, data=words()).status_code == 303
    response = post(client, "clause_comment", *PLACE, data=words(body="Más."))
    assert response.status_code == 429
    assert kept(response, "Más.", PROPOSED)


def test_a_double_click_is_one_comment(as_user, miner, consultation):
    client, data = as_user(miner), words()
    assert len({post(client, "clause_comment", *PLACE, data=data)["Location"] for _ in range(2)}) == 1
    assert Comment.objects.count() == 1


def test_other_words_under_a_used_key_can_be_sent_at_once_again(as_user, miner, consultation):
    client, data = as_user(miner), words()
    post(client, "clause_comment", *PLACE, data=data)
    response = post(client, "clause_comment", *PLACE, data={**data, "body": "Otra cosa."})
    assert response.status_code == 409
    assert kept(response, "Otra cosa.", PROPOSED)
    key = re.search(r'name="once" value="([^"]+)"', response.content.decode())[1]
    assert post(client, "clause_comment", *PLACE, data={**data, "body": "Otra cosa.", "once": key}).status_code == 303
    assert Comment.objects.count() == 2


def test_a_reply_is_sent_previewed_and_shown(as_user, neighbour, comment):
    client = as_user(neighbour)
    assert comment.code in text_of(client.get(url("standards:comment_reply", comment.code, language="en")))
    data = {name: value for name, value in words().items() if name not in ("kind", "proposed")}
    assert "Preview" in text_of(post(client, "comment_reply", comment.code, data={**data, "preview": "1"}))
    assert post(client, "comment_reply", comment.code, data=data).status_code == 303
    assert Comment.objects.get(parent=comment).depth == 1


@pytest.mark.parametrize("spoil", ["withdrawn", "finished"])
def test_a_reply_that_comes_too_late_keeps_its_words(as_user, miner, neighbour, comment, spoil):
    if spoil == "withdrawn":
        withdraw_comment(actor=miner.user, comment=comment)
    else:
        Framework.objects.update(stage=Stage.ADOPTED)
    assert as_user(neighbour).get(url("standards:comment_reply", comment.code)).status_code == 403
    response = post(as_user(neighbour), "comment_reply", comment.code, data=words())
    assert response.status_code == 409
    assert kept(response, WHY)
    assert Comment.objects.count() == 1


def test_replies_are_for_members(as_user, visitor, comment):
    for response in (
        as_user(visitor).get(url("standards:comment_reply", comment.code, language="en")),
        post(as_user(visitor), "comment_reply", comment.code, data=words()),
    ):
        assert response.status_code == 403
        assert "apply to join" in text_of(response)


def test_a_deep_reply_shows_whom_it_answers_only_in_its_thread(as_user, miner, neighbour, comment):
    deep = answer(miner, answer(neighbour, answer(miner, comment)))
    assert "in answer to" in text_of(as_user(miner).get(url("standards:comment_detail", comment.code, language="en")))
    assert "in answer to" not in text_of(as_user(miner).get(url("standards:comment_reply", deep.code, language="en")))


def test_support_works_with_and_without_scripts(as_user, neighbour, comment):
    client = as_user(neighbour)
    response = post(client, "comment_support", comment.code)
    assert (response.status_code, Support.objects.count()) == (303, 1)
    response = post(client, "comment_support", comment.code, HTTP_HX_REQUEST="true")
    assert (response.status_code, Support.objects.count()) == (200, 0)
    assert "I agree" in text_of(response)
    assert client.get(url("standards:comment_support", comment.code)).status_code == 405


def test_support_of_ones_own_is_refused_and_after_the_end_explained(as_user, miner, neighbour, comment):
    assert post(as_user(miner), "comment_support", comment.code).status_code == 403
    Framework.objects.update(stage=Stage.ADOPTED)
    client = as_user(neighbour)
    response = client.get(post(client, "comment_support", comment.code)["Location"])
    assert "takes no more comments" in text_of(response)


def test_withdrawing_asks_first(as_user, miner, neighbour, comment):
    assert as_user(neighbour).get(url("standards:comment_withdraw", comment.code)).status_code == 403
    assert f"Withdraw {comment.code}?" in text_of(as_user(miner).get(url("standards:comment_withdraw", comment.code, language="en")))
    assert Comment.objects.get().state == "sent"
    client = as_user(miner)
    assert "is withdrawn" in text_of(client.get(post(client, "comment_withdraw", comment.code)["Location"]))
    assert post(client, "comment_withdraw", comment.code).status_code == 403


def test_becoming_less_visible(as_user, miner, neighbour, comment):
    assert as_user(neighbour).get(url("standards:comment_identity", comment.code)).status_code == 403
    client = as_user(miner)
    choices = client.get(url("standards:comment_identity", comment.code)).context["form"].fields["shown_as"].choices
    assert [value for value, _words in choices] == ["pseudonym", "protected"]
    assert post(client, "comment_identity", comment.code, data={"shown_as": "name"}).status_code == 200
    assert post(client, "comment_identity", comment.code, data={"shown_as": "protected"}).status_code == 303
    assert Comment.objects.get().shown_as == "protected"


def test_a_change_that_came_second_is_told_in_words(as_user, miner, comment, monkeypatch):
    """Between the question and the answer another window was faster."""
    asked = views.find_comment

    def faster(user, code):
        found = asked(user, code)
        hide_identity(actor=miner.user, comment=asked(user, code), shown_as=ShownAs.PROTECTED)
        return found

    monkeypatch.setattr(views, "find_comment", faster)
    client = as_user(miner)
    location = post(client, "comment_identity", comment.code, data={"shown_as": "pseudonym"})["Location"]
    monkeypatch.undo()
    assert "less public way" in text_of(client.get(location))


def test_my_participation_is_mine_paged_and_flat(as_user, miner, neighbour, comment, consultation, clause):
    withdraw_comment(actor=miner.user, comment=say(miner, consultation, body="Me equivoqué."))
    say(neighbour, consultation, body="Ajeno.")
    client = as_user(miner)
    mine = text_of(client.get(url("standards:my_comments", language="en")))
    assert "Me equivoqué." in mine
    assert "Ajeno." not in mine
    flat(lambda: client.get(url("standards:my_comments")), lambda: [say(miner, consultation, clause) for _ in range(3)], ceiling=16)
    [say(miner, consultation) for _ in range(20)]
    assert len(client.get(url("standards:my_comments"), {"page": 2}).context["comments"]) == 5
    assert "not said anything yet" in text_of(as_user(make_person("nueva")).get(url("standards:my_comments", language="en")))


@pytest.mark.parametrize("name", ["clause_comment", "comment_reply"])
def test_composing_is_flat(as_user, neighbour, comment, consultation, clause, name):
    client, address = as_user(neighbour), url(f"standards:{name}", *(PLACE if name == "clause_comment" else [comment.code]))
    assert client.get(address).status_code == 200

    def grow():
        for number in range(3):
            say(make_person(f"otra-{number}"), consultation, clause)
            Affiliation.objects.create(
                person=neighbour, organisation=make_organisation(f"o{number}"), speaks=True, starts_on=date(2020, 1, 1)
            )

    flat(lambda: client.get(address), grow, ceiling=18)


def test_voices_are_those_of_today(clock, miner, neighbour):
    table = Group.objects.create(slug="mesa", name="Mesa", kind="committee")
    GroupMembership.objects.create(group=table, person=miner, starts_on=date(2026, 3, 9))
    Affiliation.objects.create(person=neighbour, organisation=make_organisation("x"), starts_on=date(2020, 1, 1))
    assert set(voices(fresh(miner.user))) == {"", "organisation:cooperativa-oro-claro", "group:mesa"}
    assert set(voices(fresh(neighbour.user))) == {""}
    names = [str(name) for _key, name in CommentForm(user=fresh(miner.user)).fields["voice"].choices]
    assert any("Mesa" in name for name in names)


def test_a_protected_comment_has_nowhere_left_to_go():
    assert IdentityForm(present="protected").fields["shown_as"].choices == []


@pytest.mark.parametrize(("number", "size", "wrong"), [("0.2", 10, []), ("x", 10, ["number"]), ("0.2", 10_000_001, ["document"])])
def test_import_form_refuses_early(number, size, wrong):
    from django.core.files.uploadedfile import SimpleUploadedFile

    document = SimpleUploadedFile("a.md", b"x")
    document.size = size
    assert list(ImportForm({"number": number, "language": "es"}, {"document": document}).errors) == wrong


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example"])
def test_signing_in_to_comment_leads_to_no_other_host(client, miner, target):
    response = client.post(f"{url('account_login')}?next={target}", {"login": miner.user.email, "password": "una-clave-larga-9"})
    assert "evil" not in response.get("Location", "")


def test_labels_with_odd_letters_have_pages(as_user, version, miner, consultation):
    for label in ("A-II", "2.3.1 a", "2.3.1.ñ", "7%"):
        text = make_clause(version, label, text_es="Agua.")
        html = as_user().get(url("standards:version_detail", *PLACE[:2])).content.decode()
        address = url("standards:clause_detail", *PLACE[:2], label)
        assert address in html
        assert as_user().get(address).status_code == 200
        ClauseText.objects.filter(pk=text.pk).delete()
