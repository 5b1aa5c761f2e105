"""The synopsis of a demonstration round, written, published, and with the letters that go with it."""

from datetime import timedelta

from members.models import User
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.reading import read, translated
from standards.actions.letters import send_letters
from standards.actions.synopses import publish_synopsis, write_paragraph, write_synopsis
from standards.models import Consultation, Synopsis

_PARTS = ("asked", "promotion", "remarks", "next_steps")


def publish_demo_synopsis(consultation: Consultation, actor: User, name: str) -> Synopsis:
    """Write and publish the synopsis of a closed round on the day that the file `name` says, and send the letters."""
    data = read(name)
    moment = days_ago(data["published_days_ago"])
    with at(moment - timedelta(days=1)):
        write_synopsis(actor=actor, consultation=consultation, words=translated(**{part: data[part] for part in _PARTS}), revision=0)
        clauses = {text.label: text.clause for text in consultation.version.texts.select_related("clause")}
        for row in data["clause"]:
            words = translated(said=row["said"], changed=row["changed"])
            write_paragraph(actor=actor, consultation=consultation, clause=clauses.get(row["label"]), words=words, revision=0)
    with at(moment):
        synopsis = publish_synopsis(actor=actor, consultation=consultation)
        send_letters(synopsis=synopsis)
    return synopsis
