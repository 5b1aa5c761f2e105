"""“The next meeting is not called yet”: who hears it, in which words, and until when."""

from datetime import date

import pytest
from django.core.management import call_command  # noqa: F401

from events import tasks
from events.actions import series as actions
from events.desk import meetings
from events.notifications.series import DUE, describe, leading, still_due
from members.models import GroupMembership
from red_mpe.core.locale import speaking
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from tests.factories.events import make_group, moment, sit
from tests.factories.series import make_series
from tests.factories.standards import fresh
from tests.support.queries import flat

APRIL = date(2026, 4, 2)
