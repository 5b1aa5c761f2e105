"""Messages carried between members."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from members.actions import write_to_organisation, write_to_person
from members.actions.messages import MESSAGES_A_DAY, MESSAGES_TO_ONE
from members.models import Affiliation, Person
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from red_mpe.notifications.mailing.message import thaw
from red_mpe.notifications.models import OutgoingMail
from tests.conftest import make_person

TEXT = "¿Nos cuentan cómo miden el agua? <b>Gracias</b>"


def mails():
    return [(mail.recipient, thaw(bytes(mail.message))) for mail in OutgoingMail.objects.order_by("pk")]


def test_message_goes_in_the_readers_language_without_addresses(scholar, neighbour):
    write_to_person(person=neighbour, actor=scholar.user, text=TEXT, once=uuid.uuid4())
    [(reader, message)] = mails()
    assert reader == neighbour.user
    whole = message.body + message.alternatives[0][0]
    assert TEXT in message.body
    assert "&lt;b&gt;" in message.alternatives[0][0]
    assert {"Ann Lee", "/pt-br/"} == {part for part in ("Ann Lee", "/pt-br/") if part in whole}
    assert scholar.user.email not in whole + str(message.extra_headers)


def test_writer_who_hides_from_the_reader_is_not_named(scholar, neighbour):
    Person.objects.filter(pk=scholar.pk).update(name_audience="nobody")
    write_to_person(person=neighbour, actor=type(scholar.user).objects.get(pk=scholar.user_id), text=TEXT, once=uuid.uuid4())
    [(_, message)] = mails()
    assert "Ann Lee" not in message.body
    assert scholar.slug not in message.body


def test_double_submit_is_carried_once(scholar, neighbour):
    once = uuid.uuid4()
    write_to_person(person=neighbour, actor=scholar.user, text=TEXT, once=once)
    write_to_person(person=neighbour, actor=scholar.user, text=TEXT, once=once)
    assert len(mails()) == 1
    assert AuditEntry.objects.get(verb="members.message_carried").data == {}


def test_organisation_is_reached_through_who_speaks_for_it(scholar, miner, cooperative, neighbour):
    Affiliation.objects.create(person=neighbour, organisation=cooperative, starts_on="2024-01-01")
    write_to_organisation(organisation=cooperative, actor=scholar.user, text=TEXT, once=uuid.uuid4())
    [(reader, message)] = mails()
    assert reader == miner.user
    assert cooperative.name in message.body


def test_organisation_for_which_nobody_speaks_says_so(scholar, cooperative):
    with pytest.raises(DomainError):
        write_to_organisation(organisation=cooperative, actor=scholar.user, text=TEXT, once=uuid.uuid4())
    assert not OutgoingMail.objects.exists()


def test_superuser_without_a_profile_writes_without_a_name(readers, neighbour):
    write_to_person(person=neighbour, actor=readers["superuser"], text=TEXT, once=uuid.uuid4())
    assert "root@example.org" not in mails()[0][1].body


def test_only_members_write(visitor, neighbour, cooperative):
    with pytest.raises(PermissionDenied):
        write_to_person(person=neighbour, actor=visitor, text=TEXT, once=uuid.uuid4())
    with pytest.raises(PermissionDenied):
        write_to_organisation(organisation=cooperative, actor=visitor, text=TEXT, once=uuid.uuid4())


def test_few_messages_a_day_to_one_person(scholar, neighbour):
    for _ in range(MESSAGES_TO_ONE):
        write_to_person(person=neighbour, actor=scholar.user, text=TEXT, once=uuid.uuid4())
    with pytest.raises(DomainError):
        write_to_person(person=neighbour, actor=scholar.user, text=TEXT, once=uuid.uuid4())
    assert len(mails()) == MESSAGES_TO_ONE


def test_few_messages_a_day_to_all(scholar):
    people = [make_person(f"p-{number}") for number in range(MESSAGES_A_DAY + 1)]
    for person in people[:-1]:
        write_to_person(person=person, actor=scholar.user, text="Hola", once=uuid.uuid4())
    with pytest.raises(DomainError):
        write_to_person(person=people[-1], actor=scholar.user, text="Hola", once=uuid.uuid4())
