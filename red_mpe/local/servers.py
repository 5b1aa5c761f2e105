"""The two servers of one checkout, shared by whoever needs them and stopped by whoever leaves last."""

from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Self

from red_mpe.local.broker import Redis
from red_mpe.local.locks import FileLock, alone
from red_mpe.local.places import forget_place
from red_mpe.local.postgres import Postgres

ROOT = Path(__file__).resolve().parent.parent.parent
LOCAL = ROOT / ".local"


class LocalServers:
    """A PostgreSQL and a Redis below `directory`, running for as long as anybody is inside the `with` block.

    Users count themselves with a shared lock that the kernel drops when they die. After a SIGKILL of the last one the servers
    live on; the next user finds them, or what is left of them, and stops them when it leaves. `dies_with_owner` is for a
    single user: the servers die with it at once. `given` names what the environment has already, DATABASE_URL or REDIS_URL:
    no server is started for it.
    """

    def __init__(self, directory: Path, *, durable: bool = True, dies_with_owner: bool = False, given: Collection[str] = ()) -> None:
        self.directory = directory.absolute()
        self.postgres = Postgres(self.directory / "postgres", durable=durable, dies_with_parent=dies_with_owner)
        self.redis = Redis(self.directory / "redis", durable=durable, dies_with_parent=dies_with_owner)
        self._users = FileLock(self.directory / "users.lock")
        self._servers: dict[str, Postgres | Redis] = {"DATABASE_URL": self.postgres, "REDIS_URL": self.redis}
        for name in given:
            self._servers.pop(name, None)

    def __enter__(self) -> Self:
        self.enter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.leave()

    def enter(self) -> None:
        """Count ourselves in and have both servers running."""
        with alone(self._door):
            self._users.take(shared=True)
            try:
                for server in self._servers.values():
                    server.start()
            except BaseException:
                self._users.drop()
                raise

    def leave(self) -> None:
        """Count ourselves out and stop both servers if nobody else is in."""
        with alone(self._door):
            self._users.drop()
            self._stop_if_unused()

    def environment(self) -> dict[str, str]:
        """Return DATABASE_URL and REDIS_URL of the servers that were started."""
        return {name: server.url() for name, server in self._servers.items()}

    def remove_if_unused(self) -> bool:
        """Stop what still runs and delete the whole directory; False, and nothing done, while somebody is in."""
        if not self._users.take(wait=False):
            return False
        self._stop()
        forget_place(self.postgres.directory)
        forget_place(self.directory)
        self._users.drop()
        return True

    def _stop_if_unused(self) -> None:
        if self._users.take(wait=False):
            self._stop()
            self._users.drop()

    def _stop(self) -> None:
        for server in self._servers.values():
            server.stop()

    @property
    def _door(self) -> Path:
        return self.directory / "door.lock"
