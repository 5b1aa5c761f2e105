"""Foundations: shared bases, the taxonomies of the field and the append-only audit."""

from red_mpe.core.models.audit import AuditEntry
from red_mpe.core.models.base import Dated, database_now
from red_mpe.core.models.searching import Lexeme, SynonymSet
from red_mpe.core.models.taxonomy import Chamber, StakeholderCategory, Theme

__all__ = ["AuditEntry", "Chamber", "Dated", "Lexeme", "StakeholderCategory", "SynonymSet", "Theme", "database_now"]
