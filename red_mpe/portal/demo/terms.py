"""Terms of reference, published long before anybody drafts."""

from datetime import timedelta

from members.models import User
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.reading import read, translated
from standards.actions.stages import begin_drafting
from standards.actions.terms import publish_terms, write_terms
from standards.enums import TermsSection
from standards.models import Framework


def begin_with_terms(framework: Framework, actor: User, folder: str) -> Framework:
    """Write and publish the terms of reference of `folder` on the day that the file says, and begin drafting some weeks later."""
    data = read(f"{folder}/terms.toml")
    moment = days_ago(data["days_ago"])
    with at(moment - timedelta(days=3)):
        words = translated(**{section: data[section] for section in TermsSection})
        write_terms(actor=actor, framework=framework, words=words, seen=None)
    with at(moment):
        publish_terms(actor=actor, framework=framework)
    framework.refresh_from_db()
    with at(moment + timedelta(days=data["public_days"])):
        return begin_drafting(actor=actor, framework=framework)
