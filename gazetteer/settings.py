"""Settings: one frozen list with help, read once from the environment; a wrong value stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from gazetteer.errors import InvalidInput

PREFIX = "GAZETTEER_"


def setting(
    default: Any, help: str, *, least: float | None = None, most: float | None = None, choices: tuple[str, ...] = ()
) -> Any:
    """One setting: its default, what it is for, the range a number must lie in, the words that a text may be."""
    return field(default=default, metadata={"help": help, "least": least, "most": most, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Each is the environment variable `GAZETTEER_` and its name in capitals."""

    data: Path = setting(Path("var"), "The data folder: the embedded database, the snapshots, spooled bodies.")
    database_url: str = setting(
        "",
        "The database, as SQLAlchemy writes it: postgresql+psycopg://user@host/name. Empty: SQLite in the data folder.",
    )
    snapshot: str = setting("", "A snapshot folder to answer from. Empty: the current one of the data folder.")
    host: str = setting("127.0.0.1", "The address to serve on.")
    port: int = setting(5000, "The port to serve on.", least=1, most=65535)
    workers: int = setting(0, "Worker processes; 0 is as many as there are cores.", least=0, most=256)
    threads: int = setting(8, "Threads of each worker.", least=1, most=256)
    queue: int = setting(
        64, "Requests that may wait for a thread of a worker; those beyond are answered 503.", least=0, most=10_000
    )
    uploads: int = setting(
        8, "NDJSON and CSV bodies that a worker answers at once; those beyond are answered 503.", least=1, most=1000
    )
    connections: int = setting(500, "Connections that a worker keeps open.", least=1, most=10_000)
    head_limit: int = setting(32 * 1024, "Bytes of a request line and its headers.", least=1024, most=1024**2)
    head_timeout: int = setting(10, "Seconds that a request line and its headers may take.", least=1, most=3600)
    idle_timeout: int = setting(
        30, "Seconds that a connection is kept open between two requests, or before the first.", least=1, most=3600
    )
    stall_timeout: int = setting(
        30, "Seconds that a body or the reader of an answer may stand still.", least=1, most=3600
    )
    least_rate: int = setting(
        500, "Bytes a second that a body or the reader of an answer must move on average, after that time.", least=0
    )
    grace: int = setting(
        30, "Seconds that requests under way may still take when a worker is to stop.", least=0, most=3600
    )
    timeout: int = setting(120, "Seconds after which a worker that hangs is replaced.", least=1, most=86400)
    log_format: str = setting("text", "What log lines are: text or json.", choices=("text", "json"))
    log_level: str = setting(
        "info", "What is logged: debug, info, warning or error.", choices=("debug", "info", "warning", "error")
    )
    name_length: int = setting(300, "Characters a name may have.", least=1, most=10_000)
    bulk_limit: int = setting(10_000, "Items of one JSON bulk request.", least=1, most=1_000_000)
    json_limit: int = setting(32 * 1024**2, "Bytes of a JSON body.", least=1)
    spool_limit: int = setting(2 * 1024**3, "Bytes of an NDJSON or CSV body.", least=1)
    precision: float = setting(
        0.943,
        "How often a match is to be right, among unknown spellings and as many names that mean nothing known.",
        least=0.8,
        most=0.99,
    )
    precision_anywhere: float = setting(
        0.893, "The same of queries that say no country, which more names compete for.", least=0.8, most=0.99
    )
    margin: float = setting(0.30, "How far the score of a match must be ahead of the runner-up's.", least=0.0, most=1.0)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the `GAZETTEER_…` variables; an unknown one or an unreadable value is an `InvalidInput`."""
        known = {PREFIX + each.name.upper(): each for each in fields(cls)}
        given = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
        for name in given:
            if name not in known:
                raise InvalidInput(f"{name} is not a setting; `gazetteer settings` lists them", field=name)
        return cls(**{known[name].name: read(name, value, known[name]) for name, value in given.items()})

    @property
    def url(self) -> str:
        """The database to use, the embedded one where none is named."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'gazetteer.db'}"

    @property
    def index(self) -> Path:
        """The folder of the snapshots."""
        return self.data / "index"

    @property
    def current(self) -> Path:
        """The snapshot to answer from."""
        return Path(self.snapshot) if self.snapshot else self.index / "current"


def read(name: str, value: str, spec: Any) -> Any:
    """One value, of the type of its default and in its range."""
    kind = type(spec.default)
    if isinstance(spec.default, Path) and not value.strip():  # Path("") is the folder the process happens to be in
        raise InvalidInput(f"{name} is empty: it must name a folder", field=name)
    try:
        number = kind(value)
    except ValueError:
        raise InvalidInput(f"{name}={value!r} is not a {kind.__name__}", field=name) from None
    if spec.metadata["choices"] and value not in spec.metadata["choices"]:
        raise InvalidInput(f"{name}={value!r} is none of {', '.join(spec.metadata['choices'])}", field=name)
    least, most = spec.metadata["least"], spec.metadata["most"]
    if (least is not None and not number >= least) or (most is not None and not number <= most):
        allowed = f"from {least:g}" + (f" to {most:g}" if most is not None else "")
        raise InvalidInput(f"{name}={value} is out of range: {allowed}", field=name)
    return number
