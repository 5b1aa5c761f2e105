"""A rule said in words, in three languages."""

from datetime import date, time

import pytest
from django.utils import translation

from events.readers import read_rule, rule_in_words

START = date(2026, 3, 5)  # a Thursday


def said(rule, language, at=None):
    with translation.override(language):
        return rule_in_words(read_rule(rule, starts_on=START), START, at)


WORDS = (
    ("FREQ=WEEKLY", "cada semana el jueves", "every week on Thursday", "toda semana na quinta-feira"),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
        "cada 2 semanas el sábado",
        "every 2 weeks on Saturday",
        "a cada 2 semanas no sábado",
    ),
    ("FREQ=MONTHLY", "cada mes el día 5", "every month on day 5", "todo mês no dia 5"),
    (
        "FREQ=MONTHLY;BYDAY=1TH",
        "cada mes el primer jueves",
        "every month on the first Thursday",
        "todo mês na primeira quinta-feira",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2SA",
        "cada dos meses el segundo sábado",
        "every two months on the second Saturday",
        "a cada dois meses no segundo sábado",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1MO",
        "cada tres meses el último lunes",
        "every three months on the last Monday",
        "a cada três meses na última segunda-feira",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1",
        "cada 5 meses el último día",
        "every 5 months on the last day",
        "a cada 5 meses no último dia",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=12;BYDAY=-2WE",
        "cada año en marzo el penúltimo miércoles",
        "every year in March on the last Wednesday but one",
        "todo ano em março na penúltima quarta-feira",
    ),
    ("FREQ=YEARLY;INTERVAL=2", "cada 2 años el 5 de marzo", "every 2 years on 5 March", "a cada 2 anos em 5 de março"),
    (
        "FREQ=YEARLY;BYDAY=1TH",
        "cada año el primer jueves del año",
        "every year on the first Thursday of the year",
        "todo ano na primeira quinta-feira do ano",
    ),
    (
        "FREQ=YEARLY;BYMONTHDAY=1,15",
        "cada año el día 1 y el día 15 de cada mes",
        "every year on day 1 and on day 15 of every month",
        "todo ano no dia 1 e no dia 15 de cada mês",
    ),
    (
        "FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=6",
        "cada mes el primer lunes y el tercer lunes, 6 veces en total",
        "every month on the first Monday and on the third Monday, 6 times in all",
        "todo mês na primeira segunda-feira e na terceira segunda-feira, 6 vezes no total",
    ),
    (
        "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1",
        "cada mes cada sábado y cada domingo, solo el último de esos días",
        "every month on each Saturday and on each Sunday, only the last of these days",
        "todo mês a cada sábado e a cada domingo, só o último desses dias",
    ),
    (
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13,-1",
        "cada mes cada viernes si es uno de estos días del mes: 13 y el último",
        "every month on each Friday if it is one of these days of the month: 13 and the last",
        "todo mês a cada sexta-feira se for um destes dias do mês: 13 e o último",
    ),
    (
        "FREQ=MONTHLY;BYDAY=1TH;UNTIL=20261231",
        "cada mes el primer jueves, hasta el 31 dic 2026",
        "every month on the first Thursday, until 31 Dec 2026",
        "todo mês na primeira quinta-feira, até 31 dez 2026",
    ),
)


@pytest.mark.parametrize(("rule", "spanish"), [(row[0], row[1]) for row in WORDS])
def test_a_rule_is_said_in_spanish(rule, spanish):
    assert said(rule, "es") == spanish


@pytest.mark.parametrize(("rule", "english"), [(row[0], row[2]) for row in WORDS])
def test_a_rule_is_said_in_english(rule, english):
    assert said(rule, "en") == english


@pytest.mark.parametrize(("rule", "portuguese"), [(row[0], row[3]) for row in WORDS])
def test_a_rule_is_said_in_portuguese(rule, portuguese):
    assert said(rule, "pt-br") == portuguese


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "cada mes el primer jueves a las 18:00"),
        ("en", "every month on the first Thursday at 18:00"),
        ("pt-br", "todo mês na primeira quinta-feira às 18:00"),
    ],
)
def test_the_hour_is_said(language, words):
    assert said("FREQ=MONTHLY;BYDAY=1TH", language, time(18)) == words
