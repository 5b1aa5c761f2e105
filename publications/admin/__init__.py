"""The secretariat's room for the library: what there is, at a glance. Every change is made on the editors' pages, through actions."""

from publications.admin.access import AccessRequestAdmin
from publications.admin.records import RecordAdmin

__all__ = ["AccessRequestAdmin", "RecordAdmin"]
