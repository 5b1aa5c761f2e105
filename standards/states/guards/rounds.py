"""Before a round is announced and opens."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from red_mpe.core.locale import language_name
from red_mpe.core.states import Words, guard
from standards.enums import Level, RoundState, Stage, TextState
from standards.states.guards.changes import REQUIREMENTS, changed_share, last_consulted, named, newest_version, rounds_of, texts_of

LANGUAGES_GUARD = "languages_are_reviewed"


def unseen(framework: Any, version: Any) -> Iterable[Words]:
    """Yield what of a framework and a version of it is not public yet."""
    if not framework.public:
        yield _("The framework is not public yet.")
    if not version.public:
        yield _("Version %(number)s is not public yet.") % {"number": version.number}


@guard(
    gettext_lazy("Framework and version are public"),
    gettext_lazy("Let everybody read the version; the secretariat makes the framework public."),
    "version",
)
def is_public(consultation: Any) -> Iterable[Words]:
    """Framework and version can be read by everybody."""
    yield from unseen(consultation.framework, consultation.version)


@guard(gettext_lazy("The framework is being drafted"), gettext_lazy("Bring the framework back to drafting first."), "workspace")
def is_drafted(consultation: Any) -> Iterable[Words]:
    """A round is announced on a text that the committee has drafted, after the answers to the round before."""
    framework = consultation.framework
    if framework.stage != Stage.DRAFTING:
        yield _("The framework stands at: %(stage)s.") % {"stage": framework.get_stage_display()}


@guard(
    gettext_lazy("No other round of the framework is on"),
    gettext_lazy("Wait until the other round has closed; then announce this one."),
    "rounds",
)
def no_other_round_is_live(consultation: Any) -> Iterable[Words]:
    """A framework listens to one round at a time."""
    others = [one for one in rounds_of(consultation.framework) if one.pk != consultation.pk]
    if live := [one.number for one in others if one.state in (RoundState.ANNOUNCED, RoundState.OPEN)]:
        yield _("Round %(number)s of this framework is announced or open.") % {"number": live[0]}


@guard(gettext_lazy("The version has clauses"), gettext_lazy("Import a document, or add the clauses by hand."), "text")
def has_texts(consultation: Any) -> Iterable[Words]:
    """A round needs something to read."""
    if not texts_of(consultation.version):
        yield _("The version has no clauses yet.")


def incomplete(version: Any) -> Iterable[tuple[str, list[str]]]:
    """Yield words, with a place for the labels, and the labels of clauses that lack something in the authentic language."""
    title, text, plain = (f"{word}_{version.framework.authentic_language}" for word in ("title", "text", "plain"))
    rows = [(row, row["level"] in REQUIREMENTS) for row in texts_of(version)]
    for found, words in (
        ([row for row, binds in rows if binds and not row[text]], _("Without text: %(labels)s.")),
        ([row for row, _binds in rows if row["level"] == Level.REQUIREMENT and not row[plain]], _("Without plain words: %(labels)s.")),
        ([row for row, binds in rows if not (binds or row[text] or row[title])], _("Without title and text: %(labels)s.")),
    ):
        if found:
            yield words, [row["label"] for row in found]


@guard(
    gettext_lazy("Every requirement has its text and its plain words"),
    gettext_lazy("Write what is missing in the authentic language."),
    "text",
)
def requirements_are_complete(consultation: Any) -> Iterable[Words]:
    """Every clause says something, and every requirement has its text and its plain words, in the authentic language."""
    for words, labels in incomplete(consultation.version):
        yield words % {"labels": named(labels)}


@guard(
    gettext_lazy("Every required language is reviewed"),
    gettext_lazy("Read the translations and mark them as reviewed, or waive the language for this round with a public reason."),
    "languages",
)
def languages_are_reviewed(consultation: Any) -> Iterable[Words]:
    """Every required language of every clause has been reviewed, unless it was waived for this round in public."""
    waived = set(consultation.waivers.filter(guard=LANGUAGES_GUARD).values_list("language", flat=True)) if consultation.pk else set()
    texts = consultation.version.texts
    for language in consultation.framework.rules.required_languages:
        reviewed = texts.filter(languages__language=language, languages__state=TextState.REVIEWED).count()
        if language not in waived and (missing := texts.count() - reviewed):
            words = ngettext(
                "%(missing)s clause is not reviewed in “%(language)s”.", "%(missing)s clauses are not reviewed in “%(language)s”.", missing
            )
            yield words % {"missing": missing, "language": language_name(language)}


def least_days(consultation: Any) -> int:
    """Return how long the round must last: a later one as long as the first where many requirements have changed."""
    rules = consultation.framework.rules
    consulted = last_consulted(consultation.framework)
    if consultation.number == 1:
        return int(rules.first_round_days)
    if consulted is not None:
        changed, requirements = changed_share(consultation.version, consulted.pk)
        if 100 * changed > rules.changed_percent * requirements:
            return int(rules.first_round_days)
    return int(rules.later_round_days)


@guard(gettext_lazy("The round lasts long enough"), gettext_lazy("Choose a later closing date."), "round")
def round_is_long_enough(consultation: Any) -> Iterable[Words]:
    """Inclusive calendar days: the first round lasts longer than the later ones, unless these change much."""
    least = least_days(consultation)
    if consultation.days < least:
        yield _("The round lasts %(days)s days and the rules ask for %(least)s.") % {"days": consultation.days, "least": least}


@guard(gettext_lazy("People hear of it early enough"), gettext_lazy("Choose a later opening date."), "round")
def announced_early_enough(consultation: Any) -> Iterable[Words]:
    """People hear of a round some days before it opens."""
    days = consultation.framework.rules.announced_days
    if consultation.opens_at - timezone.now() < timedelta(days=days):
        yield _("It opens in less than %(days)s days, which the rules ask between announcing and opening.") % {"days": days}


@guard(
    gettext_lazy("There was time to read what became of the round before"),
    gettext_lazy("Publish the synopsis of the round before, or choose a later opening date."),
    "synopsis",
)
def synopsis_was_readable(consultation: Any) -> Iterable[Words]:
    """The synopsis of the round before is public some days before this one opens."""
    days = consultation.framework.rules.gap_days
    before = consultation.framework.rounds.filter(number__lt=consultation.number, state=RoundState.CLOSED).order_by("-number")
    for number, published in before.values_list("number", "synopsis__published_at")[:1]:
        if published is None:
            yield _("The synopsis of round %(number)s is not public yet.") % {"number": number}
        elif consultation.opens_at - published < timedelta(days=days):
            words = _("It opens in less than %(days)s days after the synopsis of round %(number)s was published.")
            yield words % {"days": days, "number": number}


@guard(
    gettext_lazy("The round says whom it wants to hear"),
    gettext_lazy("Write how many people of each chamber it wants to hear."),
    "round",
)
def targets_are_set(consultation: Any) -> Iterable[Words]:
    """The round says beforehand whom it wants to hear: it has a target for every chamber that votes."""
    aimed = consultation.targets.filter(people__gt=0).values("chamber")
    voting = apps.get_model("core", "Chamber").objects.filter(votes=True).exclude(pk__in=aimed).order_by("position")
    if names := [chamber.name for chamber in voting]:
        yield _("No participation target is set for: %(chambers)s.") % {"chambers": ", ".join(names)}


@guard(
    gettext_lazy("The final text is complete"),
    gettext_lazy("Write what is missing in the authentic language."),
    "text",
)
def final_text_is_complete(framework: Any) -> Iterable[Words]:
    """The version that becomes the final draft has clauses, is public, and every clause of it is complete."""
    version = newest_version(framework)
    if version is None or not texts_of(version):
        yield _("The version has no clauses yet.")
        return
    yield from unseen(framework, version)
    for words, labels in incomplete(version):
        yield words % {"labels": named(labels)}
