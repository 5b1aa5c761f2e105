"""Minutes in the search of the site: by which words, for whom, and that what is found is what is written now."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import translation

from events import actions
from events.actions import minutes_words
from events.models import Minutes
from events.search import find_minutes, public_minutes
from red_mpe.core.search import Question, full_text
from tests.factories.events import held, make_group
from tests.factories.minutes import begun, item_of, meeting, published
from tests.factories.standards import fresh
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def event(group):
    return meeting("junta", group, audience="public", title_es="Junta de la cordillera", title_en="Meeting of the range")


@pytest.fixture
def minutes(event, chair):
    return published(event, chair)


def found(words, user=None):
    return find_minutes(Question(words), user or AnonymousUser(), 0, 20)


def slugs(words, user=None):
    return [hit.url.rstrip("/").split("/")[-2] for hit in found(words, user).hits]


WHERE = {
    "title of the event": "cordillera",
    "title of an item": "AGUA",
    "summary": "se habló",
    "decision": "mide el rio",
    "agreement": "volver",
    "task": "permisos",
    "over all of them": "cordilleras volver permiso",
}


@pytest.mark.parametrize("words", WHERE.values(), ids=WHERE)
def test_minutes_are_found_by_what_stands_in_them(minutes, words):
    assert slugs(words) == ["junta"]


@pytest.mark.parametrize("words", ["glaciar", "volver -permiso", '"río mide"'])
def test_minutes_without_the_words_are_not_found(minutes, words):
    assert slugs(words) == []


@pytest.mark.parametrize(("language", "words"), [("es", "acción"), ("en", "measuring"), ("pt-br", "decisoes")])
def test_each_language_is_read_in_its_own_configuration(minutes, chair, language, words):
    title = {"es": "Las acciones", "en": "They measured it", "pt": "As decisões"}
    actions.add_item(minutes=minutes, actor=chair, title=title)
    with translation.override(language):
        (hit,) = found(words).hits
    assert hit.snippet_lang == language
    assert "<mark>" in hit.snippet


def test_found_words_are_marked_and_people_write_no_markup(minutes, chair):
    actions.add_item(
        minutes=minutes, actor=chair, title={"es": "Cianuro <script>alert(1)</script>"}, summary={"es": "**Nada** [x](http://y)"}
    )
    (hit,) = found("cianuro").hits
    assert "<mark>Cianuro</mark>" in hit.snippet
    assert "<script>" not in hit.snippet
    assert "**" not in Minutes.objects.get().plain_es


def test_title_is_marked_where_it_holds_the_words(minutes):
    (hit,) = found("cordillera").hits
    assert (str(hit.title), hit.lang) == ("Junta de la <mark>cordillera</mark>", "es")


def test_title_is_that_of_another_language_where_there_is_none(minutes):
    (hit,) = found("falou").hits
    assert (str(hit.title), hit.lang, hit.snippet_lang) == ("Junta de la cordillera", "es", "pt-br")


def test_title_comes_before_the_text(minutes, group, chair):
    other = published(meeting("otra", group, days_ago=9, audience="public"), chair)
    actions.add_item(minutes=other, actor=chair, title={"es": "Varios"}, summary={"es": "Viene de la cordillera."})
    assert slugs("cordillera") == ["junta", "otra"]


# --- for whom


def test_minutes_of_a_group_are_for_its_people(group, chair, seated, miner):
    published(meeting("reservada", group), chair)
    assert slugs("agua", fresh(seated)) == ["reservada"]
    assert [slugs("agua", who) for who in (None, fresh(miner.user))] == [[], []]


def test_minutes_for_members_are_found_by_members(secretary, miner):
    published(held("asamblea", audience="members", groups=[make_group("otra")]), secretary)
    assert (slugs("agua", fresh(miner.user)), slugs("agua")) == (["asamblea"], [])


def test_drafts_are_found_by_nobody(event, chair):
    begun(event, chair)
    assert slugs("agua", chair) == []


def test_minutes_taken_back_are_found_no_more(minutes, chair):
    actions.withdraw_minutes(minutes=minutes, actor=chair, reason="Falta un punto.")
    assert slugs("agua", chair) == []


def test_only_what_everybody_may_read_teaches_words(minutes, group, chair):
    published(meeting("reservada", group), chair)
    (rows,) = public_minutes("es")
    assert len(rows) == 1
    assert "Se habló del agua." in rows[0][0]


# --- what is found is what is written


def test_correction_is_found_and_what_it_replaced_is_not(minutes, chair):
    row = item_of(minutes).resolutions.get(kind="decision")
    actions.change_resolution(resolution=row, actor=chair, kind="decision", text={"es": "Se cierra el socavón."})
    assert (slugs("socavon"), slugs("mide")) == (["junta"], [])


def test_what_changed_while_taken_back_is_found_once_it_is_out_again(minutes, chair):
    actions.withdraw_minutes(minutes=minutes, actor=chair, reason="Falta un punto.")
    actions.add_item(minutes=minutes, actor=chair, title={"es": "Socavón"})
    actions.publish_minutes(minutes=minutes, actor=chair)
    assert slugs("socavon") == ["junta"]


def test_approved_minutes_stay_found(minutes, group, chair):
    actions.approve_minutes(minutes=minutes, actor=chair, at_event=meeting("luego", group, days_ago=1))
    assert slugs("permiso") == ["junta"]


def test_new_title_of_the_event_is_found(minutes, event, secretary):
    actions.change_event(actor=secretary, event=event, title_es="Junta del altiplano", title_en="")
    assert (slugs("altiplano"), slugs("cordillera")) == (["junta"], [])


def test_draft_keeps_no_words(event, chair, secretary):
    begun(event, chair)
    actions.change_event(actor=secretary, event=event, title_es="Junta del altiplano")
    assert Minutes.objects.get().plain_es == ""


def test_no_more_words_are_kept_than_the_database_takes(minutes, chair, monkeypatch):
    monkeypatch.setattr(minutes_words, "MOST", 10)
    actions.write_opening(minutes=minutes, actor=chair, opening={"es": "Hola a todas y a todos"})
    assert Minutes.objects.get().plain_es == "Hola a tod"


# --- the page


def test_search_page_shows_minutes_as_a_kind_of_their_own(client, minutes):
    words = text_of(client.get(url("portal:search"), {"q": "permiso"}))
    assert "Actas" in words
    assert "Junta de la cordillera" in words


def test_finding_is_flat(minutes, group, chair):
    def grow():
        for days in (9, 19, 29):
            published(meeting(f"otra-{days}", group, days_ago=days, audience="public"), chair)

    flat(lambda: found("agua"), grow, ceiling=3)  # the question, the hits, their count


def test_words_are_found_through_the_index_of_each_language(minutes):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    plan = full_text(Minutes.objects.order_by(), "agua", title="event__title", body=("plain",), kept=True).explain()
    assert all(f"minutes_words_{language}" in plan for language in ("es", "en", "pt"))
