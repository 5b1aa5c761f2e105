"""Certificates: who gets one, once; what their code tells, and to whom; how they look on paper."""

import re
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from events.actions import certificates as acts
from events.exports.certificates import write_certificates
from events.models import Certificate
from events.readers import CODE_LETTERS, read_code, spaced_code
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.after import certificate_of, said_so, was_there
from tests.factories.day import registered, session_of
from tests.factories.events import held, stored
from tests.factories.standards import fresh
from tests.support.pages import text_of, url
from tests.support.pdf import letters, unpacked

NAMES = {"es": "Constancia de participación", "en": "Certificate of attendance", "pt-br": "Certificado de participação"}


def issue(event, actor, *also):
    return acts.issue_certificates(event=event, actor=actor, also=also)


@pytest.fixture
def event(db):
    return held("asamblea")


def test_everybody_who_was_there_gets_a_certificate(event, secretary):
    for name in ("Ana", "Beto"):
        was_there(event, secretary, name)
    registered(event, "Quien no vino")
    assert issue(event, secretary) == 2
    assert sorted(event.certificates.values_list("name", flat=True)) == ["Ana", "Beto"]


def test_certificates_are_issued_once(event, secretary):
    was_there(event, secretary)
    assert [issue(event, secretary), issue(event, secretary)] == [1, 0]


def test_who_was_noted_later_gets_theirs_with_the_next_issue(event, secretary):
    was_there(event, secretary, "Ana")
    issue(event, secretary)
    was_there(event, secretary, "Beto")
    assert issue(event, secretary) == 1


def test_member_who_was_noted_by_name_gets_one(event, secretary, miner):
    event.attendances.create(person=miner, mode="on-line", seen="minutes", at=event.starts_at, once="0" * 32)
    issue(event, secretary)
    found = Certificate.objects.get()
    assert (found.person, found.registration, found.name, found.mode) == (miner, None, miner.name, "on-line")


def test_account_that_was_noted_twice_gets_one(event, secretary, miner):
    event.attendances.create(person=miner, mode="on-site", seen="minutes", at=event.starts_at, once="0" * 32)
    issue(event, secretary)
    was_there(event, secretary, "Rosa", user=miner.user)
    assert issue(event, secretary) == 0


def test_certificate_tells_how_long_somebody_was_there(event, secretary):
    was_there(event, secretary)
    issue(event, secretary)
    assert Certificate.objects.get().minutes == 180


def test_own_word_alone_gives_no_certificate(event, secretary):
    said_so(event, "Solo Dicho")
    was_there(event, secretary, "Ana")
    assert issue(event, secretary) == 1
    assert Certificate.objects.get().name == "Ana"


def test_own_word_gives_one_when_named(event, secretary, miner):
    own = said_so(event, "Dicho")
    said_so(event, "Otro")
    event.attendances.create(person=miner, mode="on-site", seen="self", at=event.starts_at, once="0" * 32)
    assert issue(event, secretary, f"r-{own.code}", f"p-{miner.slug}") == 2
    assert not event.certificates.filter(name="Otro").exists()


def test_who_was_seen_at_one_session_is_vouched_for(event, secretary):
    own = said_so(event)
    event.attendances.create(registration=own, session=session_of(event), mode="on-site", seen="scan", at=event.ends_at, once="0" * 32)
    assert issue(event, secretary) == 1


def test_certificate_states_no_hours_of_their_own_word(event, secretary):
    own = was_there(event, secretary)
    for slug, seen in (("vista", "scan"), ("dicha", "self")):
        session = session_of(event, slug, minutes=60)
        event.attendances.create(registration=own, session=session, mode="on-site", seen=seen, at=event.ends_at, once=uuid.uuid4())
    issue(event, secretary)
    assert Certificate.objects.get().minutes == 60


def test_hours_of_who_is_named_are_confirmed_with_that(event, secretary):
    own = registered(event)
    session = session_of(event, minutes=45)
    event.attendances.create(registration=own, session=session, mode="on-site", seen="self", at=event.ends_at, once=uuid.uuid4())
    issue(event, secretary, f"r-{own.code}")
    assert Certificate.objects.get().minutes == 45


def test_page_tells_which_hours_are_not_counted(as_user, event, secretary):
    own = registered(event, "Ana")
    for slug, seen, start in (("vista", "scan", 0), ("dicha", "self", 60)):
        session = session_of(event, slug, start=start, minutes=60)
        event.attendances.create(registration=own, session=session, mode="on-site", seen=seen, at=event.ends_at, once=uuid.uuid4())
    words = " ".join(text_of(as_user(secretary).get(url("events:certificates", event.slug))).split())
    assert "entrada escaneada · 1 h · sin contar, solo por su palabra: 1 h" in words


def test_page_lists_who_waits_by_how_it_is_known_and_ticks_nobody(as_user, event, secretary):
    own = said_so(event, "Dicho Solo")
    was_there(event, secretary, "Ana")
    page = as_user(secretary).get(url("events:certificates", event.slug))
    assert "Ana entrada escaneada · 3 h" in " ".join(text_of(page).split())
    assert f'value="r-{own.code}">' in page.content.decode()
    assert "checked" not in page.content.decode()


def test_ticked_one_is_issued_on_the_page(as_user, event, secretary):
    own, asked = said_so(event, "Dicho Solo"), as_user(secretary)
    address = url("events:certificates_issue", event.slug)
    assert "No se emitió nada" in text_of(asked.post(address, follow=True))
    asked.post(address, {"also": [f"r-{own.code}"]})
    assert Certificate.objects.get().name == "Dicho Solo"


def test_revoked_certificate_is_not_issued_again(event, secretary):
    was_there(event, secretary)
    issue(event, secretary)
    acts.revoke_certificate(certificate=Certificate.objects.get(), actor=secretary, reason="No estuvo.")
    assert issue(event, secretary) == 0


@pytest.mark.parametrize("state", ["draft", "announced", "open", "full", "postponed", "cancelled"])
def test_before_it_was_held_nothing_is_issued(state, secretary):
    with pytest.raises(DomainError, match="ya se celebró"):
        issue(stored("uno", state=state), secretary)


def test_without_anybody_noted_nothing_is_issued(event, secretary):
    with pytest.raises(DomainError, match="asistencia"):
        issue(event, secretary)


def test_who_does_not_run_the_event_issues_nothing(event, miner):
    with pytest.raises(PermissionDenied):
        issue(event, miner.user)


def test_issue_is_one_entry_however_many_it_gives(event, secretary):
    for name in ("Ana", "Beto"):
        was_there(event, secretary, name)
    issue(event, secretary)
    entry = AuditEntry.objects.get(verb="events.certificate_issued")
    assert entry.data["certificates"] == sorted(Certificate.objects.values_list("pk", flat=True))


def test_codes_are_long_and_of_letters_that_nobody_mistakes():
    codes = {acts.new_code() for _number in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(f"[{CODE_LETTERS}]{{12}}", code) for code in codes)


@pytest.mark.parametrize("words", ["7q2m-x0dk-94tb", " 7Q2M X0DK 94TB ", "7Q2MXODK94TB", "7q2mxodk94tb.", "7Q2M—X0DK—94TB"])
def test_code_is_read_as_it_was_meant(words):
    assert read_code(words) == "7Q2MX0DK94TB"


def test_one_and_i_and_l_are_the_same():
    assert read_code("ILil-1") == "11111"


def test_code_is_read_no_further_than_it_can_be_long():
    assert len(read_code("A" * 5000)) == 16


def test_code_is_spaced_for_reading_aloud():
    assert spaced_code("7Q2MX0DK94TB") == "7Q2M-X0DK-94TB"


@pytest.fixture
def certificate(event, miner):
    return certificate_of(event, "Rosa Quispe", user=miner.user)


def test_revoking_needs_a_reason(certificate, secretary):
    with pytest.raises(DomainError, match="por qué"):
        acts.revoke_certificate(certificate=certificate, actor=secretary, reason=" … ")


def test_revoked_once(certificate, secretary):
    acts.revoke_certificate(certificate=certificate, actor=secretary, reason="No estuvo.")
    with pytest.raises(StaleState):
        acts.revoke_certificate(certificate=certificate, actor=secretary, reason="No estuvo.")


def test_revoked_certificate_can_hold_again(certificate, secretary):
    acts.revoke_certificate(certificate=certificate, actor=secretary, reason="No estuvo.")
    acts.restore_certificate(certificate=certificate, actor=secretary)
    assert (certificate.revoked_at, certificate.reason) == (None, "")


def test_certificate_that_holds_is_not_restored(certificate, secretary):
    with pytest.raises(StaleState):
        acts.restore_certificate(certificate=certificate, actor=secretary)


def test_name_is_corrected_and_the_code_stays(certificate, secretary):
    code = certificate.code
    acts.rename_certificate(certificate=certificate, actor=secretary, name="Rosa Quispe Mamani")
    assert (certificate.name, certificate.code) == ("Rosa Quispe Mamani", code)
    assert AuditEntry.objects.get(verb="events.certificate_renamed").data == {"certificate": certificate.pk}


def test_certificate_has_a_name(certificate, secretary):
    with pytest.raises(DomainError):
        acts.rename_certificate(certificate=certificate, actor=secretary, name=" - ")


@pytest.mark.parametrize("act", [acts.revoke_certificate, acts.restore_certificate, acts.rename_certificate])
def test_owner_changes_nothing(act, certificate, miner):
    words = {acts.revoke_certificate: {"reason": "x"}, acts.rename_certificate: {"name": "x"}}.get(act, {})
    with pytest.raises(PermissionDenied):
        act(certificate=certificate, actor=miner.user, **words)


def test_certificate_is_visible_to_its_owner_and_who_runs_the_event(certificate, miner, neighbour, secretary):
    for user, seen in ((miner.user, True), (secretary, True), (neighbour.user, False), (AnonymousUser(), False)):
        assert Certificate.objects.visible_to(user).exists() is seen
        assert user.has_perm("events.view_certificate", certificate) is seen


def test_who_brought_somebody_has_their_certificate(event, miner, neighbour):
    certificate = certificate_of(event, made_by=miner.user, guest_of=registered(event, user=miner.user))
    assert list(Certificate.objects.of(miner.user)) == [certificate]
    assert miner.user.has_perm("events.view_certificate", certificate)
    assert not neighbour.user.has_perm("events.view_certificate", certificate)


def test_who_wrote_the_registration_of_somebody_has_no_right_to_their_certificate(event, miner):
    certificate = certificate_of(event, made_by=miner.user)
    assert not Certificate.objects.of(miner.user).exists()
    assert not Certificate.objects.visible_to(miner.user).exists()
    assert not miner.user.has_perm("events.view_certificate", certificate)


def test_certificate_of_a_member_is_theirs(event, miner, neighbour):
    certificate = Certificate.objects.create(event=event, person=miner, code="A" * 12, name="Rosa", mode="on-site")
    assert fresh(miner.user).has_perm("events.view_certificate", certificate)
    assert not neighbour.user.has_perm("events.view_certificate", certificate)
    assert not neighbour.user.has_perm("events.view_certificate", None)


@pytest.mark.parametrize("language", NAMES)
def test_paper_is_titled_in_its_language(language, event, certificate):
    data = unpacked(write_certificates(event, [certificate], language=language))
    assert f"{NAMES[language]}: asamblea".encode() in data
    assert f"/Lang({language[:2]}".encode() in data.replace(b"/Lang (", b"/Lang(")


@pytest.mark.parametrize(("language", "sign"), [("es", "ñ"), ("pt-br", "ã")])
def test_paper_holds_the_signs_of_its_language(language, sign, certificate):
    certificate.event.title_es = certificate.event.title_pt = "Compañía São"
    assert sign in letters(write_certificates(certificate.event, [certificate], language=language))


def test_paper_says_its_code_where_it_is_verified(event, certificate):
    data = unpacked(write_certificates(event, [certificate], language="en"))
    assert f"/en/events/certificate/{certificate.code}/".encode() in data  # what the QR says, for who does not see it


def test_paper_has_no_date_of_its_making_and_no_author(event, certificate):
    data = unpacked(write_certificates(event, [certificate], language="es"))
    assert not re.search(rb"/(CreationDate|Author)\b", data)


def test_paper_is_the_same_bytes_each_time(event, certificate):
    assert write_certificates(event, [certificate], language="es") == write_certificates(event, [certificate], language="es")
