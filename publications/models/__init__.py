"""The library: records, their files, who may have them, collections, and what is counted."""

from publications.models.access import AccessRequest
from publications.models.asking import Asked
from publications.models.collections import Collection, CollectionItem
from publications.models.files import File, FileText, RemovedFile
from publications.models.practices import Practice
from publications.models.records import Author, Identifier, Record, Relation
from publications.models.searching import SavedSearch, SearchDoc, Visit
from publications.models.use import DailyUse, UseMark

__all__ = [
    "AccessRequest",
    "Asked",
    "Author",
    "Collection",
    "CollectionItem",
    "DailyUse",
    "File",
    "FileText",
    "Identifier",
    "Practice",
    "Record",
    "Relation",
    "RemovedFile",
    "SavedSearch",
    "SearchDoc",
    "UseMark",
    "Visit",
]
