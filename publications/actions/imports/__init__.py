"""Importing lists of works: first a plan that anybody can look at, then everything in one transaction, or nothing."""

from .planning import Fate, ImportPlan, Planned, plan_import
from .writing import import_records

__all__ = ["Fate", "ImportPlan", "Planned", "import_records", "plan_import"]
