"""The queue: what it shows, what it can be narrowed by, and what is done with several at once."""

import re
from datetime import timedelta

import pytest
from django.http import QueryDict

from red_mpe.core.models import Theme
from standards.actions import answers as acts
from standards.enums import AnswerState
from standards.filters import QueueFilter
from standards.models import Answer, AnswerGroup, ClauseText, Comment, Consultation, Persona
from standards.querysets import queue
from tests.factories.answers import answered, validate, words, write
from tests.factories.standards import answer as reply
from tests.factories.standards import fresh, say
from tests.standards.conftest import NOW
from tests.support.frameworks import make_answer, make_clause, make_comment, make_round, make_version
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def comments(miner, neighbour, scholar, consultation, clause):
    """Three comments of three chambers, in three languages."""
    return [
        say(miner, consultation, clause, stance="agree", body="Primero."),
        say(neighbour, consultation, clause, kind="qu", language="pt-br", body="Segundo."),
        say(scholar, consultation, language="en", body="Third."),
    ]


@pytest.fixture
def listed(committee, framework, comments):
    """The numbers of the comments that the queue shows under a query string."""

    def read(query=""):
        chosen = QueueFilter(QueryDict(query), framework=framework, reader=fresh(committee.writer.user))
        return sorted(comment.serial for comment in chosen.listed())  # those of one day are mixed

    return read


def page(client, query=""):
    return client.get(url("standards:answer_queue", "marco", language="en") + query)


def act(client, act, *picks, **more):
    data = {"act": act, "pick": [getattr(pick, "code", pick) for pick in picks], **more}
    return client.post(url("standards:answers_act", "marco", language="en"), data, follow=True)


def test_every_comment_that_begins_a_thread_waits(listed, comments, neighbour):
    reply(neighbour, comments[0])
    assert listed() == [1, 2, 3]


def test_what_is_published_or_does_not_stand_waits_no_more(listed, comments, committee, neighbour):
    from standards.actions.comments import withdraw_comment

    answered(committee, comments[0])
    withdraw_comment(actor=neighbour.user, comment=comments[1])
    assert listed() == [3]
    assert listed("state=published") == [1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("clause=2.3.1", [1, 2]),
        ("clause=general", [3]),
        ("kind=qu", [2]),
        ("stance=agree", [1]),
        ("chamber=PRO", [1]),
        ("language=en", [3]),
        ("round=1", [1, 2, 3]),
        ("kind=xx&chamber=nada&clause=9.9", [1, 2, 3]),
        ("body__contains=x&persona=1", [1, 2, 3]),
        ("assigned=nobody", [1, 2, 3]),
        ("assigned=me", []),
        ("group=none", [1, 2, 3]),
        ("state=nada", [1, 2, 3]),
    ],
)
def test_the_queue_is_narrowed_by_declared_fields_only(listed, query, expected):
    assert listed(query) == expected


def test_a_clause_brings_those_below_it(listed, comments, version, clause, miner):
    below = make_clause(version, "2.3.1.1")
    beside = make_clause(version, "2.4")
    ClauseText.objects.filter(pk=below.pk).update(depth=1)
    consultation = Consultation.objects.select_related("framework__rules", "version").get()
    say(miner, consultation, below)
    say(miner, consultation, beside)
    assert listed("clause=2.3.1") == [1, 2, 4]


def test_a_theme_brings_its_clauses(listed, clause):
    theme = Theme.objects.first()
    clause.themes.add(theme)
    assert listed(f"theme={theme.code}") == [1, 2]


def test_age_counts_whole_days_by_the_clock_of_the_rules(listed, clock):
    clock.move_to(NOW + timedelta(days=7))
    assert listed("age=7") == []
    clock.move_to(NOW + timedelta(days=7, hours=4))  # past midnight in Tijuana
    assert listed("age=7") == [1, 2, 3]


def in_order(committee, framework, query=""):
    return [comment.code for comment in QueueFilter(QueryDict(query), framework=framework, reader=fresh(committee.writer.user)).listed()]


def test_most_supported_first(committee, framework, comments, neighbour):
    from standards.actions.comments import toggle_support

    toggle_support(actor=fresh(neighbour.user), comment=comments[2])
    first, *others = in_order(committee, framework, "sort=support")
    assert (first, others) == (comments[2].code, sorted(comment.code for comment in comments[:2]))


def test_those_of_one_day_stand_in_the_order_of_their_codes(committee, framework, comments):
    assert in_order(committee, framework) == sorted(comment.code for comment in comments)


@pytest.mark.parametrize("sort", ["oldest", "newest"])
def test_days_stand_in_their_order(committee, framework, comments, sort):
    for days, comment in enumerate(comments):
        Comment.objects.filter(pk=comment.pk).update(sent_at=NOW - timedelta(days=days))
    by_age = [comment.code for comment in reversed(comments)]
    assert in_order(committee, framework, f"sort={sort}") == (by_age if sort == "oldest" else by_age[::-1])


def test_assigned_to_one_person(listed, comments, committee):
    actor = fresh(committee.writer.user)
    acts.assign_answer(actor=actor, comment=comments[1], assignee=actor)
    assert listed("assigned=me") == listed(f"assigned={actor.pk}") == [2]
    assert listed("assigned=nobody") == [1, 3]


def test_groups_and_near_duplicates_have_their_own_lists(listed, comments, committee):
    actor = fresh(committee.writer.user)
    group = acts.group_comments(actor=actor, consultation=comments[0].consultation, comments=comments[:1], title="Plazos")[0]
    acts.fold_comments(actor=actor, lead=comments[0], comments=comments[1:2])
    assert (listed(f"group={group.pk}"), listed("group=none"), listed("state=folded"), listed()) == ([1], [3], [2], [1, 3])


def test_tabs_count_what_stands_where(comments, framework, committee):
    validate(committee.second, write(committee.writer, comments[0]))
    counts = queue.counts_of(queue.to_answer(framework))
    assert (counts[""], counts["new"], counts["validated"], counts["folded"]) == (3, 2, 1, 0)


def test_what_keeps_a_framework_from_its_final_draft(comments, framework, committee):
    validate(committee.second, write(committee.writer, comments[0]))
    write(committee.writer, comments[1])
    assert list(queue.unanswered(framework).order_by("serial")) == comments[1:]


def test_who_can_be_given_an_answer(committee, framework, secretary, miner):
    names = {queue.name_of(user) for user in queue.writers_of(framework)}
    assert names == {"Comite Writer", "Comite Second", "Comite Chair", "secretaria"}


def test_the_page_says_of_each_what_everybody_sees(as_user, comments, committee):
    write(committee.writer, comments[0], words("AC"))
    words_of = text_of(page(as_user(committee.observer)))
    for said in ("Primero.", "Segundo.", "Third.", "AC Accepted", "drafted", "Cooperativa Oro Claro"):
        assert said in words_of


def test_who_only_looks_on_is_offered_no_act(as_user, comments, committee):
    assert 'name="act"' not in page(as_user(committee.observer)).content.decode()
    offered = page(as_user(committee.writer)).content.decode()
    assert 'value="validate"' in offered
    assert 'value="publish"' not in offered


def test_an_empty_queue_says_so(as_user, committee):
    assert "Nothing waits for an answer." in text_of(page(as_user(committee.writer)))
    assert "Nothing here under these filters." in text_of(page(as_user(committee.writer), "?state=objected"))


def test_the_queue_is_flat(as_user, comments, committee, consultation, producers, clause):
    client = as_user(committee.writer)

    def grow():
        for number in range(3):
            comment = make_comment(consultation, producers, clause_text=clause)
            make_answer(comment, state="drafted", assignee=committee.writer.user)
            AnswerGroup.objects.create(consultation=consultation, title=f"g{number}")

    grow()
    flat(lambda: page(client), grow, ceiling=16)


@pytest.mark.slow
def test_five_thousand_comments_cost_as_many_queries(as_user, committee, consultation, producers, clause):
    def bulk(start, number):
        persona = Persona.objects.create(consultation=consultation)
        common = {"consultation": consultation, "clause": clause.clause, "clause_text": clause, "persona": persona, "country": "PE"}
        common |= {"category": producers, "chamber": producers.chamber, "kind": "ge", "body": "Agua.", "language": "es"}
        rows = [Comment(serial=n, code=f"C-MPE-R1-{n:05}", once=f"{n:032x}", **common) for n in range(start, start + number)]
        made = Comment.objects.bulk_create(rows, batch_size=1000)
        Answer.objects.bulk_create(Answer(comment=one, state="assigned") for one in made[::2])

    client = as_user(committee.writer)
    bulk(1, 40)
    flat(lambda: page(client), lambda: bulk(41, 4960), ceiling=16)
    assert "5000" in text_of(page(client))


def fields_of(client, query=""):
    return page(client, query).content.decode().partition('class="filters"')[2].partition("</form>")[0]


def test_kept_filters_show_what_is_chosen(as_user, comments, committee):
    client = as_user(committee.writer)
    for query, chosen in (("", []), ("?kind=qu", ["qu"]), ("?kind=qu&stance=agree", ["qu", "agree"]), ("", [])):
        for _ in range(2):
            assert re.findall(r'value="(\w+)" selected', fields_of(client, query)) == chosen


def test_what_does_not_exist_is_kept_for_nobody(as_user, comments, committee):
    client = as_user(committee.writer)
    assert "aria-invalid" in fields_of(client, "?kind=xx")
    assert "aria-invalid" not in fields_of(client)
    assert "aria-invalid" in fields_of(client, "?kind=xx&stance=agree")
    assert "aria-invalid" not in fields_of(client, "?stance=agree")


# --- several at once


def test_several_are_assigned_at_once(as_user, comments, committee):
    response = act(as_user(committee.chair), f"assign:{committee.writer.user.pk}", *comments)
    assert "3 comments: done." in text_of(response)
    assert Answer.objects.filter(assignee=committee.writer.user, state=AnswerState.ASSIGNED).count() == 3


def test_one_takes_several_on(as_user, comments, committee):
    act(as_user(committee.writer), "assign:me", *comments[:2])
    assert Answer.objects.filter(assignee=committee.writer.user).count() == 2


@pytest.mark.parametrize(
    ("what", "said"), [("assign:", "Choose to whom."), ("group:new", "Give the group a title"), ("", "Tick at least one")]
)
def test_what_is_missing_is_said(as_user, comments, committee, what, said):
    assert said in text_of(act(as_user(committee.writer), what, comments[0]))


def test_nothing_ticked_is_said(as_user, comments, committee):
    assert "Tick at least one comment" in text_of(act(as_user(committee.writer), "validate"))


def test_several_are_grouped_at_once(as_user, comments, committee):
    client = as_user(committee.writer)
    act(client, "group:new", *comments[:2], title="Plazos")
    group = AnswerGroup.objects.get(title="Plazos")
    act(client, f"group:{group.pk}", comments[2])
    assert group.answers.count() == 3
    act(client, "ungroup", comments[0])
    assert group.answers.count() == 2


def test_several_are_folded_into_the_oldest_or_the_one_named(as_user, comments, committee):
    client = as_user(committee.writer)
    act(client, "fold", *comments[:2])
    assert Answer.objects.get(comment=comments[1]).duplicate_of == comments[0]
    act(client, "unfold", comments[1])
    act(client, f"fold:{comments[1].code}", comments[0])
    assert Answer.objects.get(comment=comments[0]).duplicate_of == comments[1]


def test_several_are_validated_and_each_refusal_says_why(as_user, comments, committee):
    write(committee.writer, comments[0])
    write(committee.second, comments[1])
    response = text_of(
        act(as_user(committee.second), "validate", f"{comments[0].code}@1", f"{comments[1].code}@1", f"{comments[2].code}@0")
    )
    assert "1 comment: done." in response
    assert f"{comments[1].code}: Who wrote an answer cannot validate it" in response
    assert f"{comments[2].code}: Nobody has written an answer yet." in response


def test_what_was_written_anew_since_is_not_validated_unread(as_user, comments, committee):
    write(committee.writer, comments[0])
    write(committee.writer, comments[0], words("AC"))
    assert "Somebody else has saved" in text_of(act(as_user(committee.second), "validate", f"{comments[0].code}@1"))


def test_several_are_published_by_who_steers(as_user, comments, committee):
    for comment in comments[:2]:
        validate(committee.second, write(committee.writer, comment))
    assert act(as_user(committee.second), "publish", *comments[:2]).status_code == 403
    act(as_user(committee.chair), "publish", *comments[:2])
    assert Answer.objects.filter(state=AnswerState.PUBLISHED).count() == 2


def test_comments_of_another_framework_are_not_touched(as_user, committee, producers, comments):
    from tests.support.frameworks import make_framework

    other = make_comment(make_round(make_version(make_framework("otro"))), producers)
    act(as_user(committee.writer), "assign:me", other)
    assert not Answer.objects.filter(comment=other).exists()


def test_one_goes_back_to_where_one_was_and_nowhere_else(as_user, comments, committee):
    client = as_user(committee.writer)
    address = url("standards:answers_act", "marco", language="en")
    sent = client.post(address, {"act": "assign:me", "pick": comments[0].code, "next": "https://evil.example/"})
    assert sent.headers["Location"] == url("standards:answer_queue", "marco", language="en")


def test_a_label_that_no_clause_has_brings_nothing_below():
    assert queue.with_those_below([{"label": "1", "depth": 0, "clause_id": 1}], "2") == []
