"""Terms of reference, published long before anybody drafted."""

from members.models import User
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.reading import read, translated
from standards.enums import TermsSection
from standards.models import Framework, TermsOfReference


def publish_demo_terms(framework: Framework, actor: User, folder: str) -> TermsOfReference:
    """Write and publish the terms of reference of `folder`, on the day that the file says."""
    data = read(f"{folder}/terms.toml")
    moment = days_ago(data["days_ago"])
    with at(moment):
        words = translated(**{section: data[section] for section in TermsSection})
        return TermsOfReference.objects.create(framework=framework, published_at=moment, published_by=actor, **words)
