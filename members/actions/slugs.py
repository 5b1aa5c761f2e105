"""Addresses of people and organisations, made from their names."""

from typing import Any

from django.db.models import Model
from django.utils.crypto import get_random_string
from django.utils.text import slugify

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read aloud or copied by hand


def person_slug(name: str) -> str:
    """Return an address that always ends in five random letters, so that it neither tells of a homonym nor can be guessed."""
    return f"{_words(name) or 'm'}-{get_random_string(5, _LETTERS)}"


def organisation_slug(model: type[Model], name: str) -> str:
    """Return the plain name, or the name with random letters where another organisation has it already."""
    words = _words(name)
    taken = not words or model._default_manager.filter(slug=words).exists()
    return f"{words or 'o'}-{get_random_string(5, _LETTERS)}" if taken else words


def _words(name: Any) -> str:
    return slugify(name)[:70].strip("-")
