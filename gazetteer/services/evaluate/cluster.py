"""A throw-away PostgreSQL server: a cluster of the system's own programs, on a socket only, gone in the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gazetteer.errors import Unavailable

SETTINGS = {"listen_addresses": "''", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs() -> Path | None:
    """The folder of the server's programs, the newest where there are several."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a server of our own, say its URL, and stop it in the end."""
    folder = Path(tempfile.mkdtemp(prefix="gazetteer-pg-"))
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = str(folder / "data")
        initdb = ["-U", "postgres", "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync"]
        run([str(programs / "initdb"), "-D", data, *initdb], folder)
        run([str(programs / "pg_ctl"), "-D", data, "-w", "-l", f"{data}/log", "-o", options(folder), "start"], folder)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            run([str(programs / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder)


def run(command: list[str], folder: Path) -> None:
    """Run one of its programs; what it says is shown when it fails."""
    with (folder / "talk").open("a+b") as talk:
        code = subprocess.run(
            as_server(command), cwd=folder, stdin=subprocess.DEVNULL, stdout=talk, stderr=talk
        ).returncode
        if code:
            talk.seek(0)
            raise Unavailable(f"{command[0]} ended with {code}: {talk.read().decode()}")


def as_server(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as its own user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def options(folder: Path) -> str:
    """The server's options: a socket in the folder, and no care for what a crash would lose."""
    given = SETTINGS | {"unix_socket_directories": f"'{folder}'"}
    return " ".join(f"-c {name}={value}" for name, value in given.items())
