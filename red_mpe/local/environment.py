"""The environment of the demo: what `.env.example` asks of a deployment, answered for one machine."""

import json
import os
import secrets
from pathlib import Path

from red_mpe.local.servers import LOCAL, LocalServers

DEMO = LOCAL / "demo"
SECRETS = ("SECRET_KEY",)
URLS = ("DATABASE_URL", "REDIS_URL")
WEB_PORT, SMTP_PORT, MAILBOX_PORT = 8000, 1025, 8025


def given_urls() -> set[str]:
    """Return which of the two servers the environment brings along."""
    return {name for name in URLS if os.environ.get(name)}


def demo_environment(servers: LocalServers, *, port: int = WEB_PORT, smtp_port: int = SMTP_PORT) -> dict[str, str]:
    """Return the whole environment for a process of the demo. What is set already, by whoever calls, stays as it is.

    The address says localhost and not 127.0.0.1 because browsers refuse passkeys on a bare number.
    """
    demo = {
        "DJANGO_SETTINGS_MODULE": "red_mpe.settings",
        "BASE_URL": f"http://localhost:{port}",
        "EXTRA_HOSTS": "127.0.0.1",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp_port),
        "DATA_DIR": str(_made(servers.directory / "data" / "broker").parent),
        "STATIC_ROOT": str(servers.directory / "static"),
        **keep_secrets(servers.directory),
        **servers.environment(),
    }
    return {**demo, **{name: value for name, value in os.environ.items() if value or name not in demo}}


def keep_secrets(directory: Path) -> dict[str, str]:
    """Return the demo's own secrets, the same ones each time; make those that are missing."""
    path = directory / "secrets.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    missing = {name: secrets.token_urlsafe(48) for name in SECRETS if name not in kept}
    if missing:
        _made(directory)
        path.touch(mode=0o600)
        path.write_text(json.dumps({**kept, **missing}))
    return {**kept, **missing}


def _made(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    return directory
