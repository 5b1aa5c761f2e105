"""Which columns exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from standards.models import (
    Answer,
    AnswerObjection,
    AnswerTemplate,
    ClauseEvidence,
    ClauseText,
    Consultation,
    Erratum,
    Framework,
    Synopsis,
    SynopsisClause,
    TermsOfReference,
    Version,
    VersionChange,
)


@register(Framework)
class FrameworkTranslation(TranslationOptions):
    fields = ("title", "summary", "scope", "introduction", "balance_reason")


@register(TermsOfReference)
class TermsTranslation(TranslationOptions):
    fields = ("need", "overlap", "scope", "outcomes", "risks", "decision_rule", "languages", "funders")


@register(Version)
class VersionTranslation(TranslationOptions):
    fields = ("change_summary",)


@register(VersionChange)
class VersionChangeTranslation(TranslationOptions):
    fields = ("summary",)


@register(Erratum)
class ErratumTranslation(TranslationOptions):
    fields = ("note",)


@register(ClauseText)
class ClauseTextTranslation(TranslationOptions):
    fields = ("title", "text", "text_html", "plain", "intent", "guidance", "verification")


@register(ClauseEvidence)
class ClauseEvidenceTranslation(TranslationOptions):
    fields = ("note",)


@register(Consultation)
class ConsultationTranslation(TranslationOptions):
    fields = ("question",)


@register(Answer)
class AnswerTranslation(TranslationOptions):
    fields = ("reason",)


@register(AnswerObjection)
class AnswerObjectionTranslation(TranslationOptions):
    fields = ("reason",)


@register(AnswerTemplate)
class AnswerTemplateTranslation(TranslationOptions):
    fields = ("title", "reason")


@register(Synopsis)
class SynopsisTranslation(TranslationOptions):
    fields = ("asked", "promotion", "remarks", "next_steps")


@register(SynopsisClause)
class SynopsisClauseTranslation(TranslationOptions):
    fields = ("said", "changed")
