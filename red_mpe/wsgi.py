"""The door for gunicorn."""

import os
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application

Application = Callable[..., Any]

ROOM = 17_000  # words of Python's own stack


def roomy(application: Application) -> Application:
    """Have Python make room for a whole request at once.

    CPython keeps the frames of Python functions in pieces of 16 kB and gives a piece back to the system as soon as it is left. A
    loop deep inside a page that happens to cross the end of a piece asks for it and returns it at every turn: up to a third of the
    work for a long thread. One frame that claims more room than it uses makes the first piece large enough for all below it.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        return application(environ, start_response)

    answer.__code__ = answer.__code__.replace(co_stacksize=ROOM)
    return answer


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "red_mpe.settings")
application = roomy(get_wsgi_application())
