"""A record of the library: what a work is, whose, since when, under which licence, and what it has to do with others."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Left, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.enums import Spoken
from members.models import Group, Organisation, Person
from publications.enums import (
    Access,
    AuthorRole,
    Lens,
    Licence,
    LinkState,
    RecordKind,
    RecordState,
    RelationKind,
    Scheme,
    Sector,
    Stratum,
)
from publications.querysets import AuthorQuerySet, IdentifierQuerySet, RecordQuerySet, RelationQuerySet
from red_mpe.core.models import Dated, Theme

#: A date as known: a year, a month, or a day (ISO 8601-1).
ISSUED = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
_issued = RegexValidator(ISSUED, _("Write a year, a month or a day: 2013, 2013-08 or 2013-08-12."))


def _terms(label: Any, choices: Any, length: int) -> ArrayField:  # type: ignore[type-arg]
    return ArrayField(models.CharField(max_length=length, choices=choices), default=list, blank=True, verbose_name=label)


def _line(label: Any, length: int = 300) -> models.CharField:  # type: ignore[type-arg]
    return models.CharField(label, max_length=length, blank=True)


class Record(Dated):
    """A work that the library describes.

    `issued` is as exact as known. `stamp` is the instant of the last change that a harvester must learn of: every action writes it.
    """

    code = models.CharField(_("code"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=RecordKind)
    state = models.CharField(_("state"), max_length=10, choices=RecordState, default=RecordState.DRAFT, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    languages = _terms(_("languages of the work"), Spoken, 5)
    issued = models.CharField(_("date"), max_length=10, blank=True, validators=[_issued])
    year = models.GeneratedField(
        expression=Case(
            When(issued="", then=Value(None)),
            default=Cast(Left("issued", 4), models.SmallIntegerField()),
            output_field=models.SmallIntegerField(),
        ),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
        verbose_name=_("year"),
    )
    publisher, place, edition = _line(_("publisher")), _line(_("place"), 120), _line(_("edition"), 60)
    container = _line(_("published in (journal, book, series)"))
    volume, issue, pages = _line(_("volume"), 30), _line(_("issue"), 30), _line(_("pages"), 30)
    number = _line(_("number of the law, report or document"), 80)
    event_name, event_place = _line(_("meeting")), _line(_("place of the meeting"), 160)
    event_date = models.CharField(_("date of the meeting"), max_length=10, blank=True, validators=[_issued])

    licence = models.CharField(_("licence"), max_length=24, choices=Licence, default=Licence.UNKNOWN)
    access = models.CharField(_("who may read it"), max_length=8, choices=Access, default=Access.PUBLIC)
    access_group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group that may read it")
    )

    themes = models.ManyToManyField(Theme, blank=True, related_name="records", verbose_name=_("themes"))
    groups = models.ManyToManyField(Group, blank=True, related_name="records", verbose_name=_("groups it comes from"))
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries"))
    lenses, strata = _terms(_("lenses"), Lens, 10), _terms(_("strata"), Stratum, 24)
    sectors = _terms(_("sectors learnt from"), Sector, 12)

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proposed by"), editable=False
    )
    proposed_for = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proposed for"), editable=False
    )
    once = models.UUIDField(null=True, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    files_given = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    note = models.TextField(_("what the editors wrote to whoever proposed it"), blank=True, editable=False)
    message = models.TextField(_("what whoever proposed it wrote to the editors"), blank=True, db_default="", editable=False)
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("in the library since"), null=True, blank=True, editable=False)
    embargo_until = models.DateField(_("files closed until"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    stamp = models.DateTimeField(_("last changed for readers"), db_default=Now(), editable=False)
    disclosed = models.BooleanField(default=False, db_default=False, editable=False)  # was open to everybody once: a trigger says so
    invented = models.BooleanField(_("invented"), default=False, help_text=_("Exists only in the demonstration network."))

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(issued="") | Q(issued__regex=ISSUED), name="record_issued_is_a_date"),
            models.CheckConstraint(
                condition=~Q(access="group") | Q(access_group__isnull=False) | Q(state="draft"), name="record_names_its_group"
            ),
            models.CheckConstraint(condition=~Q(state="embargoed") | Q(embargo_until__isnull=False), name="embargo_has_an_end"),
            models.CheckConstraint(condition=~Q(state="withdrawn") | ~Q(withdrawn_reason=""), name="withdrawal_gives_a_reason"),
        ]
        indexes = [
            models.Index(fields=["state", "access", "-published_at", "-id"], name="record_newest"),
            models.Index(
                F("published_at").desc(), F("id").desc(), name="record_on_the_shelf", condition=Q(state__in=["published", "embargoed"])
            ),
            models.Index(fields=["stamp", "id"], name="record_by_stamp"),
            models.Index(fields=["stamp", "id"], condition=Q(disclosed=True), name="record_disclosed"),
            models.Index(F("year").desc(nulls_last=True), F("id").desc(), name="record_by_year"),
            GinIndex(fields=["countries"], name="record_countries"),
            GinIndex(fields=["languages"], name="record_languages"),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    def get_absolute_url(self) -> str:
        return reverse("publications:record_detail", args=[self.code])


class Author(models.Model):
    """Who made a work, as its title page says; linked to a member or organisation of the network where it is one.

    A person has `family` and perhaps `given`; a body, or a name that is not divided, has `literal`.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="authors", verbose_name=_("record"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    role = models.CharField(_("role"), max_length=12, choices=AuthorRole, default=AuthorRole.AUTHOR)
    family, given = _line(_("family name"), 120), _line(_("given names"), 120)
    literal = _line(_("name of a body, or undivided name"), 250)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="works", verbose_name=_("member of the network")
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="works", verbose_name=_("organisation of the network")
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(family="", given="") ^ Q(literal=""), name="author_has_one_name"),
            models.CheckConstraint(condition=Q(person=None) | Q(organisation=None), name="author_is_one_thing"),
        ]

    def __str__(self) -> str:
        return self.literal or ", ".join(part for part in (self.family, self.given) if part)


class Identifier(models.Model):
    """A name of the work elsewhere, in its normal form: a DOI without its resolver, an ISBN of 13 digits, an address with https."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="identifiers", verbose_name=_("record"))
    scheme = models.CharField(_("kind"), max_length=8, choices=Scheme)
    value = models.CharField(_("identifier"), max_length=500)
    state = models.CharField(_("link"), max_length=8, choices=LinkState, default=LinkState.UNTRIED, editable=False)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    checked_at = models.DateTimeField(_("tried"), null=True, blank=True, editable=False)
    archive = models.URLField(_("archived copy"), max_length=500, blank=True, help_text=_("Where the work can be read if the link fails."))

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        ordering = ["scheme", "id"]
        constraints = [models.UniqueConstraint(fields=["record", "scheme", "value"], name="identifier_once")]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_by_value")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class Relation(models.Model):
    """What `record` is to `other`."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="relations", verbose_name=_("record"))
    kind = models.CharField(_("relation"), max_length=16, choices=RelationKind)
    other = models.ForeignKey(Record, models.PROTECT, related_name="inverse_relations", verbose_name=_("the other record"))

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "other"], name="relation_once"),
            models.CheckConstraint(condition=~Q(record=F("other")), name="relation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind} {self.other_id}"
