"""Which columns of the taxonomies exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from red_mpe.core.models import Chamber, StakeholderCategory, Theme


@register([Chamber, StakeholderCategory, Theme])
class TaxonTranslation(TranslationOptions):
    fields = ("name",)
