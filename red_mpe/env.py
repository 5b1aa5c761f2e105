"""The environment is read here and nowhere else: each name is listed in `.env.example`."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
read = environ.Env()


def secret(name: str, *, debug: bool) -> str:
    """Return a secret from the environment; refuse to start without it unless DEBUG=1, which gets a throw-away one."""
    value = read.str(name, default="")
    if value:
        return value
    if debug:
        return "only-for-debugging-" + name.lower() * 3
    raise ImproperlyConfigured(f"{name} is not set. Set it in the environment (see .env.example), or DEBUG=1 on a machine of your own.")
