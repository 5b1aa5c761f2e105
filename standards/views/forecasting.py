"""The forecast of the answers in words, and as a small drawing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from standards.enums import Stage
from standards.models import Framework
from standards.querysets.forecast import Forecast, forecast

#: While the framework stands here the forecast is public.
TOLD = (Stage.CONSULTATION, Stage.RESPONSE)
_HEIGHT = 40
_STEP = 10


@dataclass(frozen=True)
class Column:
    """One day of the drawing: where its two bars stand and how high they are, and the same in numbers for the table."""

    on: date
    comments: int
    answers: int
    x: int
    comments_height: int
    answers_height: int

    @property
    def comments_y(self) -> int:
        return _HEIGHT - self.comments_height

    @property
    def answers_y(self) -> int:
        return _HEIGHT - self.answers_height

    @property
    def answers_x(self) -> int:
        return self.x + 4


def forecast_words(found: Forecast) -> str:
    """“312 of 480 answered; at this pace all by 14 March 2027”; empty where nobody has commented."""
    if not found.total:
        return ""
    counts = {"answered": found.answered, "total": found.total}
    if not found.open and not found.expected:
        return ngettext("The only comment is answered.", "All %(total)s comments are answered.", found.total) % counts
    if found.ready_on is None:
        return _("%(answered)s of %(total)s comments answered; the pace of the last 14 days tells no date.") % counts
    day = date_format(found.ready_on, pgettext("date", "j F Y"))
    return _("%(answered)s of %(total)s comments answered; at this pace all by %(day)s.") % {**counts, "day": day}


def public_forecast(framework: Framework) -> str:
    """The forecast in words for everybody, while a round is open or its comments are being answered."""
    return forecast_words(forecast(framework)) if framework.stage in TOLD else ""


def drawing(framework: Framework) -> dict[str, Any]:
    """Return the forecast, its words, and the columns of the days."""
    found = forecast(framework)
    most = max((max(day.comments, day.answers) for day in found.days), default=0) or 1

    def high(count: int) -> int:
        return max(1, _HEIGHT * count // most) if count else 0

    days = enumerate(found.days)
    columns = [Column(day.on, day.comments, day.answers, _STEP * place, high(day.comments), high(day.answers)) for place, day in days]
    size = {"width": _STEP * len(columns), "height": _HEIGHT}
    return {"forecast": found, "forecast_words": forecast_words(found), "columns": columns, **size}
