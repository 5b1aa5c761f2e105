"""Which columns exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from members.models import Group, Organisation, Person


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("description",)


@register(Person)
class PersonTranslation(TranslationOptions):
    fields = ("bio", "offers", "seeks")


@register(Group)
class GroupTranslation(TranslationOptions):
    fields = ("name", "charter")
