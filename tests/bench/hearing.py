"""Fills a round that has closed: its committee, comments with answers in every state, the synopsis, and the next version."""

from datetime import timedelta
from itertools import cycle

from django.utils import timezone

from members.enums import GroupKind, GroupRole
from members.models import Group, GroupMembership, User
from standards.actions.changelog import write_change_log
from standards.actions.synopses import figures_of
from standards.actions.texts import freeze_version, render_text
from standards.actions.versions import begin_next_version
from standards.enums import ACCEPTING, PUBLIC_ANSWERS, AnswerState, Disposition, RoundState, Stage, VersionKind
from standards.models import (
    Answer,
    AnswerChange,
    AnswerGroup,
    AnswerObjection,
    ClauseText,
    Comment,
    Consultation,
    Framework,
    Synopsis,
    SynopsisClause,
    Version,
)
from tests.bench.standing import BATCH, BUSY, Talk, open_round, write_framework
from tests.bench.words import WORDS, Writer

SLUG = "cierre"
CLOSED_DAYS = 20
#: Twenty comments in a row stand so; "" was never touched.
_STATES = (
    *("", "", AnswerState.NEW, AnswerState.ASSIGNED, AnswerState.ASSIGNED),
    *([AnswerState.DRAFTED] * 3 + [AnswerState.VALIDATED] * 3 + [AnswerState.PUBLISHED] * 5),
    *(AnswerState.OBJECTED, AnswerState.ANSWERED, AnswerState.CLOSED, AnswerState.CLOSED),
)
_SAID = (
    *(Disposition.ACCEPTED, Disposition.MODIFIED, Disposition.PARTIAL, Disposition.NOT_ACCEPTED, Disposition.NOTED),
    *(Disposition.DUPLICATE, Disposition.DEFERRED, Disposition.OUT_OF_SCOPE),
)
_OPEN = ("", AnswerState.NEW, AnswerState.ASSIGNED)


def fill_hearing(committee: list[User], comments: int) -> None:
    """Write a framework of 200 clauses whose round on version 0.2 is over, and version 0.3 that is being written after it."""
    version = write_framework(SLUG, "CIERRE", 7)
    _seat(version.framework, committee)
    freeze_version(version=version, actor=committee[0])
    consultation = open_round(version, -CLOSED_DAYS)
    Consultation.objects.filter(pk=consultation.pk).update(state=RoundState.CLOSED)
    Framework.objects.filter(pk=version.framework_id).update(stage=Stage.RESPONSE)
    following = begin_next_version(actor=committee[0], framework=version.framework, kind=VersionKind.WORKING)
    rewrite(following)
    write_change_log(following)
    Hearing(consultation, comments, committee, following).fill()
    _report(Consultation.objects.get(pk=consultation.pk), committee[0])


def _seat(framework: Framework, people: list[User]) -> None:
    group = Group.objects.create(slug=f"comite-{framework.slug}", name="Comité", kind=GroupKind.COMMITTEE)
    since = timezone.localdate() - timedelta(days=400)
    GroupMembership.objects.bulk_create(
        [GroupMembership(group=group, person=one.person, role=GroupRole.CHAIR, starts_on=since) for one in people]
    )
    Framework.objects.filter(pk=framework.pk).update(committee=group)
    framework.committee = group


def rewrite(version: Version) -> None:
    """Change the words of two clauses in three, the number of one in twenty, and make the version public."""
    texts, writer = list(version.texts.order_by("position")), Writer(11)
    for number, text in enumerate(texts):
        if number % 3:
            for language in WORDS:
                words = getattr(text, f"text_{language}").split()
                words[9:15] = writer.sentence(language, 8).split()
                setattr(text, f"text_{language}", " ".join(words))
            render_text(text)
        if number % 20 == 19:
            text.label = f"{text.label}a"
    columns = [f"{name}_{language}" for name in ("text", "text_html") for language in WORDS]
    ClauseText.objects.bulk_update(texts, ["label", *columns], BATCH)
    Version.objects.filter(pk=version.pk).update(public=True)


class Hearing(Talk):
    """Comments that each begin a thread, and their answers."""

    def __init__(self, consultation: Consultation, comments: int, committee: list[User], following: Version) -> None:
        super().__init__(consultation, comments)
        self.committee, self.following = committee, following

    def fill(self) -> None:
        """Write personas, comments, support and answers."""
        self.personas = self._personas()
        self.roots = self._written([self._comment(text) for text in self._where(self.comments)])
        Consultation.objects.filter(pk=self.consultation.pk).update(comment_counter=self.serial)
        self._support(self.roots)
        self._answer()

    def _where(self, roots: int) -> list[ClauseText]:
        others = [text for text in self.texts if text != self.busy]
        return [self.busy] * BUSY + [others[n % len(others)] for n in range(roots - BUSY)]

    def _comment(self, text: ClauseText, parent: Comment | None = None) -> Comment:
        comment = super()._comment(text, parent)
        comment.body = f"{self.serial}. {comment.body}"
        comment.sent_at -= timedelta(days=CLOSED_DAYS)
        return comment

    def _answer(self) -> None:
        groups = AnswerGroup.objects.bulk_create(
            [AnswerGroup(consultation=self.consultation, title=self.writer.sentence("es", 4)) for _ in range(20)]
        )
        reasons = [self.writer.three("reason", 45) for _ in range(60)]
        first = {comment.clause_id: comment for comment in reversed(self.roots)}
        # twenty states and eight answers have a common divisor: another answer begins at every twentieth comment
        states = [(state, _SAID[(n + n // 20) % len(_SAID)]) for n, state in zip(range(len(self.roots)), cycle(_STATES))]
        rows = [
            self._row(comment, state, said, reasons[comment.serial % 60], groups[comment.serial % 20], first[comment.clause_id])
            for comment, (state, said) in zip(self.roots, states, strict=True)
            if state
        ]
        answers = Answer.objects.bulk_create(rows, BATCH)
        changed = [one for one in answers if one.disposition in ACCEPTING]
        AnswerChange.objects.bulk_create(
            [AnswerChange(answer=one, clause_id=one.comment.clause_id, version=self.following) for one in changed], BATCH
        )
        AnswerObjection.objects.bulk_create([self._objection(one) for one in answers if one.state in _OBJECTED], BATCH)

    def _row(self, comment: Comment, state: str, said: str, reason: dict[str, str], group: AnswerGroup, first: Comment) -> Answer:
        now, untouched = timezone.now(), state in _OPEN
        if said == Disposition.DUPLICATE and first == comment:
            said = Disposition.NOTED
        duplicate = said == Disposition.DUPLICATE and not untouched
        validated = state not in (*_OPEN, AnswerState.DRAFTED)
        return Answer(
            comment=comment,
            state=state,
            assignee=None if state == AnswerState.NEW else self.committee[comment.serial % len(self.committee)],
            group=group if comment.serial % 4 == 0 else None,
            disposition="" if untouched else said,
            duplicate_of=first if duplicate else None,
            folded=duplicate and state == AnswerState.DRAFTED,
            terms_section="scope" if said == Disposition.OUT_OF_SCOPE and not untouched else "",
            written_by=None if untouched else self.committee[0],
            written_at=None if untouched else now,
            validated_by=self.committee[1] if validated else None,
            validated_at=now if validated else None,
            published_at=now if state in PUBLIC_ANSWERS else None,
            **({} if untouched else reason),
        )

    def _objection(self, answer: Answer) -> AnswerObjection:
        again = answer.state == AnswerState.ANSWERED
        second = {"disposition": Disposition.NOTED, "answered_at": timezone.now(), **self.writer.three("reason", 30)}
        return AnswerObjection(answer=answer, body=self.writer.some("es", 45), language="es", **(second if again else {}))


_OBJECTED = (AnswerState.OBJECTED, AnswerState.ANSWERED)


def _report(consultation: Consultation, author: User) -> None:
    """Write the synopsis, a paragraph for each clause, and make it public."""
    writer = Writer(13)
    parts = {}
    for part in ("asked", "promotion", "remarks", "next_steps"):
        parts |= writer.three(part, 120)
    synopsis = Synopsis.objects.create(
        consultation=consultation, figures=figures_of(consultation), published_at=timezone.now(), published_by=author, **parts
    )
    clauses = consultation.version.texts.order_by("position").values_list("clause", flat=True)
    SynopsisClause.objects.bulk_create(
        [SynopsisClause(synopsis=synopsis, clause_id=one, **writer.three("said", 60), **writer.three("changed", 45)) for one in clauses]
    )
