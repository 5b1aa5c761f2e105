"""Which columns exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from publications.models import Collection, CollectionItem, Practice, Record


@register(Record)
class RecordTranslation(TranslationOptions):
    fields = ("title", "abstract")


@register(Practice)
class PracticeTranslation(TranslationOptions):
    fields = Practice.QUESTIONS


@register(Collection)
class CollectionTranslation(TranslationOptions):
    fields = ("title", "introduction")


@register(CollectionItem)
class CollectionItemTranslation(TranslationOptions):
    fields = ("note",)
