"""Which columns exist in each language."""

from modeltranslation.translator import TranslationOptions, register

from events.models import (
    Event,
    EventPhoto,
    MeetingSeries,
    Minutes,
    MinutesItem,
    Poster,
    Question,
    Resolution,
    Room,
    Session,
    Stand,
    Task,
    Track,
)


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "access", "costs", "reason", "report")


@register(Track)
class TrackTranslation(TranslationOptions):
    fields = ("name",)


@register(Room)
class RoomTranslation(TranslationOptions):
    fields = ("name",)


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Stand)
class StandTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("label", "options")


@register(Minutes)
class MinutesTranslation(TranslationOptions):
    fields = ("opening", "heading", "plain")


@register(MinutesItem)
class MinutesItemTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Resolution)
class ResolutionTranslation(TranslationOptions):
    fields = ("text",)


@register(Task)
class TaskTranslation(TranslationOptions):
    fields = ("text",)


@register(MeetingSeries)
class MeetingSeriesTranslation(TranslationOptions):
    fields = ("title",)


@register(EventPhoto)
class EventPhotoTranslation(TranslationOptions):
    fields = ("caption", "alt")


@register(Poster)
class PosterTranslation(TranslationOptions):
    fields = ("alt",)
