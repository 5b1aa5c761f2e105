"""What a running demo leaves in a file, so that the next start and other commands find it or its remains."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from red_mpe.local.environment import SMTP_PORT, WEB_PORT
from red_mpe.local.processes import Identity, end_session

MARK = "RED_MPE_DEMO"


@dataclass
class DemoState:
    """One run of the demo: who supervises it, where it listens, the sessions of its children by name."""

    pid: int
    started: str
    port: int
    smtp_port: int
    mailbox_port: int
    sessions: dict[str, int] = field(default_factory=dict)

    @property
    def supervisor(self) -> Identity:
        """The process that supervises this run."""
        return Identity(self.pid, self.started)

    @property
    def address(self) -> str:
        """Where the site is."""
        return f"http://localhost:{self.port}/"

    @property
    def mailbox(self) -> str:
        """Where the mails can be read."""
        return f"http://localhost:{self.mailbox_port}/"

    def save(self, directory: Path) -> None:
        """Write the state in one step."""
        half_done = directory / "demo.json.new"
        half_done.write_text(json.dumps(asdict(self), indent=1))
        half_done.replace(directory / "demo.json")


def load_state(directory: Path) -> DemoState | None:
    """Return the state of the last run, which may be over; None when there was none."""
    try:
        return DemoState(**json.loads((directory / "demo.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def last_ports(directory: Path) -> dict[str, int]:
    """Return the ports of the last run, for commands that make links or send mail."""
    state = load_state(directory)
    return {"port": state.port, "smtp_port": state.smtp_port} if state else {"port": WEB_PORT, "smtp_port": SMTP_PORT}


def mark_of(directory: Path) -> str:
    """Return the NAME=value that each child of this demo carries in its environment."""
    return f"{MARK}={directory}"


def end_leftovers(directory: Path) -> list[str]:
    """End what a killed supervisor left running; return the names. To be called only by who holds the demo's lock."""
    state = load_state(directory)
    if state is None:
        return []
    for session in state.sessions.values():
        end_session(session, mark=mark_of(directory))
    ended = sorted(state.sessions)
    state.sessions = {}
    state.save(directory)
    return ended
