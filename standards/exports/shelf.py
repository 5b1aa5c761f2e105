"""Files that take seconds to build: kept under the data folder by what they are made of, so that a stale one is never served.

The seal of a round names every row and every shown word a file is made of. An author who becomes less visible, an answer, a
correction: each changes the seal, the next file is built anew and those of before are thrown away.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache

from red_mpe.core.files import write_whole
from standards.querysets.clauses import Written

_LOCK = 300  # seconds after which a builder that died no longer holds others up
_SHOWN = ("shown_organisation__name", "shown_organisation__audience", "shown_group__audience", "shown_group__name_es", "persona__pseudonym")
_KINDS = (
    ("Answer", "comment__consultation"),
    ("AnswerChange", "answer__comment__consultation"),
    ("AnswerObjection", "answer__comment__consultation"),
    ("Support", "comment__consultation"),
    ("SynopsisClause", "synopsis__consultation"),
    ("SynopsisCorrection", "synopsis__consultation"),
    ("Synopsis", "consultation"),
    ("GuardWaiver", "consultation"),
    ("RoundExtension", "consultation"),
    ("ParticipationTarget", "consultation"),
)
EDITION = "1"  # counts changes of what files look like


def seal(consultation: Any) -> str:
    """Return a hash of everything the files of a round are made of: about a dozen queries that read no words."""
    found = hashlib.sha256(EDITION.encode())
    for row in consultation.comments.order_by("serial").values_list("pk", "state", "shown_as", *_SHOWN).annotate(written=Written()):
        found.update(repr(row).encode())
    for name, way in _KINDS:
        rows = apps.get_model("standards", name).objects.filter(**{way: consultation})
        found.update(repr(list(rows.order_by("pk").annotate(written=Written()).values_list("pk", "written"))).encode())
    for rows in _around(consultation):
        found.update(repr(list(rows.order_by("pk").annotate(written=Written()).values_list("pk", "written"))).encode())
    return found.hexdigest()[:32]


def _around(consultation: Any) -> list[Any]:
    framework = consultation.framework
    later = framework.versions.filter(pk__gt=consultation.version_id, public=True)
    return [
        type(framework).objects.filter(pk=framework.pk),
        framework.rounds.filter(pk=consultation.pk),
        framework.events.all(),
        later,
        apps.get_model("standards", "ClauseText").objects.filter(version__in=later.values("pk")),
    ]


def path(consultation: Any, name: str, sealed: str) -> Path:
    """Return where a file of that name and seal is, built or not."""
    return Path(settings.DATA_DIR) / "reports" / str(consultation.pk) / f"{sealed}-{name}"


def kept(consultation: Any, name: str, sealed: str) -> Path | None:
    """Return the file if it has been built."""
    found = path(consultation, name, sealed)
    return found if found.is_file() else None


def build(consultation: Any, name: str, sealed: str, make: Callable[[], bytes]) -> Path | None:
    """Build a file unless it is there; None while another process builds it. What an older seal named is thrown away."""
    if there := kept(consultation, name, sealed):
        return there
    lock = f"shelf:{consultation.pk}:{name}:{sealed}"
    if not cache.add(lock, 1, _LOCK):
        return kept(consultation, name, sealed)
    try:
        return write_whole(path(consultation, name, sealed), make())
    finally:
        cache.delete(lock)
        _tidy(consultation, sealed)


def _tidy(consultation: Any, sealed: str) -> None:
    folder = path(consultation, "", sealed).parent
    for old in folder.glob("*") if folder.is_dir() else ():
        if not old.name.startswith((".", sealed)):
            old.unlink(missing_ok=True)
