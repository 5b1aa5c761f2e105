"""Two people on one answer at the same instant, on real connections: one wins, the other is told."""

from threading import Barrier

import pytest

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import StaleState
from standards.actions import answers as acts
from standards.actions.answers import OverwrittenError
from standards.actions.comments import withdraw_comment
from standards.models import Answer, AnswerObjection, Comment, Consultation
from tests.factories.answers import answered, seat, validate, words, write
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_clause, make_framework, make_round, make_version
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def _held(settings):
    settings.MAIL_HELD = True


@pytest.fixture
def people(db):
    version = make_version(make_framework("marco", code="MPE", stage="drafting"))
    make_clause(version, "1.1", text_es="El agua.")
    framework = make_round(version).framework
    return [seat(framework, f"persona-{number}", "chair") for number in range(4)]


@pytest.fixture
def comment(people, miner):
    consultation = Consultation.objects.select_related("framework__rules", "version").get()
    return say(miner, consultation)


def copies(number):
    return [Comment.objects.for_detail().get() for _ in range(number)]


def loaded(number):
    return [Answer.objects.for_work().get() for _ in range(number)]


def outcome(results, kind):
    """How many went through, and how many were refused with one kind of words."""
    return sum(not isinstance(one, Exception) for one in results), sum(isinstance(one, kind) for one in results)


def test_two_first_acts_at_once_make_one_answer(people, comment):
    users = [fresh(person.user) for person in people[:3]]
    pairs = zip(users, copies(3), strict=True)
    together(*(lambda u=user, c=one: acts.add_note(actor=u, comment=c, body="x") for user, one in pairs))
    assert Answer.objects.get().notes.count() == 3


def test_two_who_write_at_once_do_not_overwrite_each_other(people, comment):
    users = [fresh(person.user) for person in people[:2]]
    pairs = zip(users, copies(2), strict=True)
    results = together(*(lambda u=u, c=c: acts.write_answer(actor=u, comment=c, words=words(), revision=0) for u, c in pairs))
    assert outcome(results, OverwrittenError) == (1, 1)
    assert Answer.objects.get().revision == 1


def test_without_the_lock_the_second_would_overwrite(people, comment):
    """The negative control: both read the same revision before either saves."""
    write(people[0], comment)
    barrier = Barrier(2)

    def careless(reason):
        seen = Answer.objects.get().revision
        barrier.wait()
        return Answer.objects.update(reason_es=reason, revision=seen + 1)

    assert together(lambda: careless("a"), lambda: careless("b")) == [1, 1]
    assert Answer.objects.get().revision == 2


def test_two_who_validate_at_once_are_one(people, comment):
    write(people[0], comment)
    users = [fresh(person.user) for person in people[1:3]]
    pairs = zip(users, loaded(2), strict=True)
    results = together(*(lambda u=u, a=a: acts.validate_answer(actor=u, answer=a) for u, a in pairs))
    assert outcome(results, StaleState) == (1, 1)
    assert AuditEntry.objects.filter(verb="standards.answer_validated").count() == 1


def test_two_who_publish_at_once_tell_the_author_once(people, comment):
    validate(people[1], write(people[0], comment))
    users = [fresh(person.user) for person in people[:2]]
    pairs = zip(users, loaded(2), strict=True)
    results = together(*(lambda u=u, a=a: acts.publish_answer(actor=u, answer=a) for u, a in pairs))
    assert outcome(results, StaleState) == (1, 1)
    assert AuditEntry.objects.filter(verb="standards.answer_published").count() == 1


def test_withdrawn_and_published_at_once_is_one_of_them(people, comment, miner):
    for _ in range(3):
        validate(people[1], write(people[0], comment))
        author, chair = fresh(miner.user), fresh(people[2].user)
        mine, (theirs,) = copies(1)[0], loaded(1)
        results = together(
            lambda author=author, mine=mine: withdraw_comment(actor=author, comment=mine),
            lambda chair=chair, theirs=theirs: acts.publish_answer(actor=chair, answer=theirs),
        )
        assert outcome(results, Exception) == (1, 1)
        standing = (Comment.objects.get().state, Answer.objects.get().disposition, Answer.objects.get().state)
        assert standing in {("sent", "NO", "published"), ("withdrawn", "RE", "closed")}
        Comment.objects.update(state="sent")
        Answer.objects.all().delete()


def test_an_objection_pressed_twice_at_once_is_one(people, comment, miner):
    from types import SimpleNamespace

    answered(SimpleNamespace(writer=people[0], second=people[1], chair=people[2]), comment)
    users = [fresh(miner.user) for _ in range(2)]
    pairs = zip(users, loaded(2), strict=True)
    results = together(*(lambda u=u, a=a: acts.object_to_answer(actor=u, answer=a, body="No.", language="es") for u, a in pairs))
    assert outcome(results, StaleState) == (1, 1)
    assert AnswerObjection.objects.count() == 1


def test_two_comments_resolved_in_each_other_at_once_make_no_circle(people, comment, neighbour):
    say(neighbour, Consultation.objects.select_related("framework__rules", "version").get())
    users = [fresh(person.user) for person in people[:2]]
    first, second = (list(Comment.objects.for_detail().order_by("serial")) for _ in range(2))
    ways = [(first[0], first[1]), (second[1], second[0])]
    together(
        *(
            lambda u=u, a=a, b=b: acts.write_answer(actor=u, comment=a, words=words("DU", "", duplicate_of=b), revision=0)
            for u, (a, b) in zip(users, ways, strict=True)
        )
    )
    assert Answer.objects.filter(disposition="DU").count() == 1


def test_a_lead_withdrawn_while_another_is_folded_into_it_leaves_nobody_behind(people, comment, miner, neighbour):
    say(neighbour, Consultation.objects.select_related("framework__rules", "version").get())
    lead, other = Comment.objects.for_detail().order_by("serial")
    author, writer, mine = fresh(miner.user), fresh(people[0].user), Comment.objects.for_detail().get(pk=lead.pk)
    together(
        lambda: withdraw_comment(actor=author, comment=mine),
        lambda: acts.fold_comments(actor=writer, lead=lead, comments=[other]),
    )
    assert not Answer.objects.filter(folded=True, duplicate_of__state="withdrawn").exists()


def test_two_clocks_close_once(people, comment):
    from types import SimpleNamespace

    answer = answered(SimpleNamespace(writer=people[0], second=people[1], chair=people[2]), comment)
    Answer.objects.filter(pk=answer.pk).update(published_at="2020-01-01T00:00Z")
    assert sorted(together(acts.close_answers, acts.close_answers)) == [0, 1]
