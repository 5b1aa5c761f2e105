"""Fills the library: records with every facet, in one language or three, written in bulk as the actions would index them."""

from datetime import timedelta
from urllib.parse import quote

from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from publications.enums import Access, Lens, Licence, RecordKind, RecordState, Sector, Stratum
from publications.models import Author, Record, SearchDoc
from red_mpe.core.models import Theme
from tests.bench.pages import LIST, P95, Page
from tests.bench.words import WORDS, Writer

BATCH = 2_000
RECORDS = 100_000
COLUMNS = ("es", "en", "pt")


def fill_library(rows: int) -> None:
    """Bring the library to `rows` records; what is there stays."""
    writer, first = Writer(rows), Record.objects.count()
    themes = list(Theme.objects.filter(parent__isnull=False))
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('publications_code', %s)", [rows])
    for start in range(first, rows, BATCH):
        records = Record.objects.bulk_create([_record(writer, n) for n in range(start, min(start + BATCH, rows))])
        Author.objects.bulk_create(Author(record=record, family=writer.person(), given="Ana") for record in records)
        chosen = [writer.random.sample(themes, 2) for _ in records]
        links = [Record.themes.through(record_id=r.pk, theme_id=t.pk) for r, two in zip(records, chosen, strict=True) for t in two]
        Record.themes.through.objects.bulk_create(links)
        SearchDoc.objects.bulk_create(_doc(writer, r, [t.code for t in two]) for r, two in zip(records, chosen, strict=True))


def _record(writer: Writer, n: int) -> Record:
    pick = writer.random.choice
    languages = COLUMNS if n % 5 == 0 else (pick(COLUMNS),)
    texts = {f"title_{c}": f"{writer.sentence(c, 7)} {n}" for c in languages} | {f"abstract_{c}": writer.some(c, 60) for c in languages}
    return Record(
        code=f"RED-{n:05d}",
        kind=pick(RecordKind.values),
        state=RecordState.PUBLISHED if n % 20 else RecordState.DRAFT,
        access=pick((Access.PUBLIC,) * 8 + (Access.REQUEST, Access.MEMBERS)),
        issued=str(1980 + min(int(writer.random.expovariate(0.06)), 45)),
        licence=pick((Licence.CC_BY, Licence.RESERVED, Licence.OFFICIAL)),
        languages=[{"pt": "pt-br"}.get(c, c) for c in languages],
        countries=list({writer.country(), writer.country()}),
        lenses=[Lens.GENDER] if n % 6 == 0 else [],
        strata=[pick(Stratum.values)],
        sectors=[pick(Sector.values)],
        published_at=timezone.now() - timedelta(minutes=10 * (RECORDS - n)),
        **texts,
    )


def _doc(writer: Writer, record: Record, themes: list[str]) -> SearchDoc:
    many = {"lens": record.lenses, "country": record.countries, "language": record.languages, "stratum": record.strata}
    terms = [f"{facet}:{value}" for facet, values in {**many, "sector": record.sectors, "theme": themes}.items() for value in values]
    texts = {f"{field}_{c}": getattr(record, f"{field}_{c}") or "" for field in ("title", "abstract") for c in COLUMNS}
    bodies = {f"body_{c}": writer.some(c, 400) for c in COLUMNS if texts[f"title_{c}"] and record.pk % 4 == 0}
    terms += ["all:1", f"kind:{record.kind}", "use:described"]
    return SearchDoc(record=record, names=f"{writer.person()}, Ana", terms=terms, **texts, **bodies)


def library_pages() -> list[Page]:
    """The pages that grow with the library."""
    with translation.override("es"):
        library = reverse("publications:library")
    rare = quote(WORDS["es"][-1])
    return [
        Page("library, all facets", library, LIST, "library", P95),
        Page("library, a kind and a country", f"{library}?kind=law&country=PE&country=BO", LIST, "library asked", P95),
        Page("library, a frequent word", f"{library}?q=agua", LIST, "library words", P95),
        Page("library, a rare word, a theme, years", f"{library}?q={rare}&theme=water&from=2010", LIST, "library rare", P95),
        Page("library, by title", f"{library}?sort=title", LIST, "library title", P95),
    ]


def library_questions() -> tuple[tuple[str, dict[str, str]], ...]:
    """What the library is asked by one client."""
    return (
        ("a frequent word with synonyms", {"q": "agua"}),
        ("a frequent word, literally", {"q": "agua", "exact": "1"}),
        ("two words", {"q": "mercurio relaves"}),
        ("a rare word", {"q": "regalía"}),
        ("a phrase", {"q": '"agua mercurio"'}),
        ("a word and an exclusion", {"q": "oro -agua"}),
        ("a slip of the pen", {"q": "mercurrio"}),
        ("nothing to be found", {"q": "xyzzy"}),
        ("a word, two facets", {"q": "oro", "kind": "law", "country": "PE"}),
        ("no word, one facet", {"kind": "guide"}),
    )
