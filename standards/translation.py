"""Which columns exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from standards.models import ClauseText, Consultation, Framework


@register(Framework)
class FrameworkTranslation(TranslationOptions):
    fields = ("title", "summary", "scope", "introduction")


@register(ClauseText)
class ClauseTextTranslation(TranslationOptions):
    fields = ("title", "text", "text_html", "plain", "intent", "guidance", "verification")


@register(Consultation)
class ConsultationTranslation(TranslationOptions):
    fields = ("question",)
