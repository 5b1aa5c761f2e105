"""Fills frameworks of two hundred clauses in three languages, with a round and its comments."""

import uuid
from datetime import timedelta
from itertools import cycle

from django.utils import timezone

from members.models import Organisation, Person
from red_mpe.core.models import Chamber, Theme
from red_mpe.core.text import markdown, redline
from standards.actions.texts import render_text
from standards.enums import Level, RoundState, ShownAs, Stage
from standards.models import (
    Clause,
    ClauseLanguage,
    ClauseText,
    Comment,
    CommentOrigin,
    Consultation,
    Framework,
    ParticipationTarget,
    Persona,
    PersonaLink,
    ProcessRules,
    Support,
    Version,
)
from tests.bench.words import WORDS, Writer

BATCH = 2_000
SHARE = 10  # comments of one person
CLAUSES = 200
BUSY = 50  # comments on the clause whose page is measured
POOL = 60  # different bodies; what a page costs does not depend on their being all different
_SHOWN = cycle([ShownAs.NAME, ShownAs.ORGANISATION, ShownAs.ORGANISATION, ShownAs.PSEUDONYM, ShownAs.PROTECTED])


def write_framework(slug: str, code: str, seed: int = 1) -> Version:
    """Write a public framework with one version of 200 clauses: 5 principles, 15 criteria, 180 requirements."""
    writer = Writer(seed)
    framework = Framework.objects.create(
        slug=slug,
        code=code,
        stage=Stage.CONSULTATION,
        public=True,
        rules=ProcessRules.objects.create(required_languages=list(WORDS)),
        **{f"title_{language}": writer.sentence(language, 5) for language in WORDS},
        **writer.three("summary", 30),
        **writer.three("introduction", 120),
    )
    version = Version.objects.create(framework=framework, number="0.2", public=True)
    clauses = Clause.objects.bulk_create([Clause(framework=framework) for _ in range(CLAUSES)])
    texts = ClauseText.objects.bulk_create(
        [_clause(writer, version, clause, *place) for clause, place in zip(clauses, _places(), strict=True)]
    )
    ClauseLanguage.objects.bulk_create(
        [ClauseLanguage(clause_text=text, language=language, state="reviewed") for text in texts for language in WORDS]
    )
    themes = list(Theme.objects.filter(parent__isnull=False))
    link = ClauseText.themes.through
    link.objects.bulk_create(
        [link(clausetext_id=text.pk, theme_id=theme.pk) for text in texts for theme in writer.random.sample(themes, 2)]
    )
    return version


def _places() -> list[tuple[int, str, str, int]]:
    """Position, label, level and depth of each clause in the order of reading."""
    places = []
    for principle in range(1, 6):
        places.append((f"{principle}", Level.PRINCIPLE, 0))
        for criterion in range(1, 4):
            places.append((f"{principle}.{criterion}", Level.CRITERION, 1))
            places += [(f"{principle}.{criterion}.{number}", Level.REQUIREMENT, 2) for number in range(1, 13)]
    return [(position, *place) for position, place in enumerate(places)]


def _clause(writer: Writer, version: Version, clause: Clause, position: int, label: str, level: str, depth: int) -> ClauseText:
    requirement = level == Level.REQUIREMENT
    text = ClauseText(
        version=version,
        clause=clause,
        position=position,
        depth=depth,
        label=label,
        level=level,
        verbal_form="must" if requirement else "",
        requirement_class="entry" if requirement else "",
        deadline_months=12 if requirement else None,
        responsible=["operator"] if requirement else [],
        **{f"title_{language}": writer.sentence(language, 6) for language in WORDS},
        **writer.three("text", 60),
        **(writer.three("plain", 30) | writer.three("intent", 60) | writer.three("guidance", 90) | writer.three("verification", 45)),
    )
    render_text(text)
    return text


def open_round(version: Version, days: int = 20) -> Consultation:
    """Open a round on a version, with a target for each chamber."""
    now = timezone.now()
    consultation = Consultation.objects.create(
        framework=version.framework,
        version=version,
        number=1,
        state=RoundState.OPEN,
        opens_on=now - timedelta(days=40),
        closes_on=now + timedelta(days=days),
        opens_at=now - timedelta(days=40),
        closes_at=now + timedelta(days=days + 1),
        **Writer(3).three("question", 30),
    )
    ParticipationTarget.objects.bulk_create(
        [ParticipationTarget(consultation=consultation, chamber=chamber, people=30) for chamber in Chamber.objects.all()]
    )
    return consultation


class Talk:
    """Fills one round with comments: a third are replies, each clause gets its share, one gets fifty."""

    def __init__(self, consultation: Consultation, comments: int) -> None:
        self.consultation, self.comments, self.writer = consultation, comments, Writer(comments)
        self.code = f"C-{consultation.framework.code}-R{consultation.number}"
        self.texts = list(ClauseText.objects.filter(version=consultation.version).order_by("position").select_related("clause"))
        self.people = list(Person.objects.select_related("category").order_by("pk")[: comments // SHARE])
        self.houses = list(Organisation.objects.order_by("pk")[: comments // SHARE])
        self.bodies = [self._body(number) for number in range(POOL)]
        self.serial = 0

    def fill(self) -> None:
        """Write personas, comments, replies and support."""
        self.personas = self._personas()
        roots = self._written([self._comment(text) for text in self._where(self.comments * 2 // 3)])
        replies = self._written([self._comment(root.clause_text, root) for root in self._answered(roots)])
        Consultation.objects.filter(pk=self.consultation.pk).update(comment_counter=self.serial)
        self._support([*roots, *replies])

    def _personas(self) -> list[Persona]:
        personas = [Persona(consultation=self.consultation, pseudonym=f"PRO-{1000 + n}") for n in range(len(self.people))]
        personas = Persona.objects.bulk_create(personas, BATCH)
        links = [
            PersonaLink(persona=persona, consultation=self.consultation, user_id=person.user_id)
            for persona, person in zip(personas, self.people, strict=True)
        ]
        PersonaLink.objects.bulk_create(links, BATCH)
        return personas

    @property
    def busy(self) -> ClauseText:
        """The clause with fifty comments."""
        return self.texts[2]

    def _where(self, roots: int) -> list[ClauseText]:
        many = BUSY * 2 // 3
        others = [text for text in self.texts if text != self.busy]
        return [self.busy] * many + [others[n % len(others)] for n in range(roots - many)]

    def _answered(self, roots: list[Comment]) -> list[Comment]:
        """The comments that get a reply: as many as are missing, and of the busy clause just those that make it fifty."""
        here = [root for root in roots if root.clause_text == self.busy]
        there = [root for root in roots if root.clause_text != self.busy]
        few = BUSY - len(here)
        return here[:few] + [there[n % len(there)] for n in range(self.comments - len(roots) - few)]

    def _body(self, number: int) -> dict[str, str]:
        language = ("es", "es", "en", "pt-br")[number % 4]
        words, before = self.writer.text(language[:2], 45), self.writer.text(language[:2], 60)
        proposed = before.replace(before.split()[3], "todas las personas", 2) if number % 2 else ""
        html = {"body_html": markdown(words), "redline_html": redline(before, proposed) if proposed else ""}
        return {"body": words, "proposed": proposed, "language": language, **html}

    def _comment(self, text: ClauseText, parent: Comment | None = None) -> Comment:
        self.serial += 1
        place = self.serial * 7 % len(self.people)
        person, shown_as, house, body = self.people[place], next(_SHOWN), self.houses[place], self.bodies[self.serial % POOL]
        return Comment(
            consultation=self.consultation,
            serial=self.serial,
            code=f"{self.code}-{self.serial:05d}",
            once=uuid.uuid5(uuid.NAMESPACE_URL, f"{self.code}-{self.serial}"),
            persona=self.personas[place],
            clause=text.clause,
            clause_text=text,
            parent=parent,
            root=parent,
            depth=1 if parent else 0,
            kind="" if parent else ("te" if body["proposed"] else "ge"),
            stance="" if parent else ("agree", "changes", "disagree")[self.serial % 3],
            shown_as=shown_as,
            shown_name=person.name if shown_as == ShownAs.NAME else "",
            shown_organisation=house if shown_as in (ShownAs.NAME, ShownAs.ORGANISATION) else None,
            category=person.category,
            chamber_id=person.category.chamber_id,
            country=person.country,
            gender=person.gender,
            sent_at=timezone.now() - timedelta(hours=self.serial % 900),
            **body,
        )

    def _written(self, comments: list[Comment]) -> list[Comment]:
        comments = Comment.objects.bulk_create(comments, BATCH)
        CommentOrigin.objects.bulk_create([CommentOrigin(comment=one, organisation=one.shown_organisation) for one in comments], BATCH)
        return comments

    def _support(self, comments: list[Comment]) -> None:
        """Two people agree with each comment."""
        chambers = [person.category.chamber_id for person in self.people]
        many = len(self.people)
        support = [
            Support(comment=comment, persona=self.personas[place], chamber_id=chambers[place])
            for comment in comments
            for place in ((comment.serial * 7 + 1) % many, (comment.serial * 7 + 2) % many)
        ]
        Support.objects.bulk_create(support, BATCH)
