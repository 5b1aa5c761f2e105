"""Saving a form, and both texts where somebody else has saved first."""

from collections.abc import Callable, Mapping
from typing import Any

from red_mpe.core.states import DomainError
from red_mpe.core.text import redline
from standards.actions.overwriting import OverwrittenError, Shown
from standards.forms.seen import SeenForm

Both = list[dict[str, Any]]


def both_texts(names: Mapping[str, Any], theirs: Shown, mine: Shown) -> Both:
    """Return what differs, in the order of `names`: what stands now, and how one's own would change it."""
    pairs = [(label, theirs.get(name, ""), mine.get(name, "")) for name, label in names.items()]
    return [{"label": label, "theirs": before, "redline": redline(before, after)} for label, before, after in pairs if before != after]


def refused(form: SeenForm, save: Callable[[], Any]) -> dict[str, Any]:
    """Save. Where that is refused the form says so above everything that was written, and what is returned goes on the page."""
    try:
        save()
    except OverwrittenError as error:
        return overwritten(form, error)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return {"both": []}
    return {}


def overwritten(form: SeenForm, error: OverwrittenError) -> dict[str, Any]:
    """Let the form stand on what is saved now, and return both texts for the page."""
    form.take_over(error.mark)
    form.add_error(None, str(error))
    theirs, mine = ({name: form.told(name, words) for name, words in side.items()} for side in (error.theirs, error.mine))
    return {"both": both_texts(form.names(), theirs, mine)}
