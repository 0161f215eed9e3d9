"""Everything that can go wrong, as one tree.

    GazetteerError
    ├── InvalidInput        the caller's value cannot be used; `field` says which
    │   ├── UnknownCountry
    │   └── Unreadable      the body as a whole cannot be read (not JSON, not CSV, not UTF-8)
    ├── NotFound
    │   └── Merged          the record lives on under `survivor`
    ├── Conflict            the write contradicts what is stored
    ├── LimitExceeded       too many, too long, too large
    ├── Unavailable         not now: no snapshot, no database
    │   └── Behind          not yet: the generation that was asked for is still to come
    └── BadData             data of ours or of a source is broken
        └── BadSnapshot     a snapshot is missing, damaged or of another format

An error holds `code`, `message` and `field`; never a status of any protocol. How HTTP answers is
said in one table, `gazetteer.api.errors.STATUS`; a bulk answer prints code, message and field.
"""


class GazetteerError(Exception):
    """The root: catch it to catch all of ours and nothing else.

    `message` is one sentence for a person; `field` names the input at fault, if one is.
    """

    code = "error"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidInput(GazetteerError):
    """A value that cannot be used as it was given."""

    code = "invalid"


class UnknownCountry(InvalidInput):
    """No country has this code or name."""

    code = "unknown_country"


class Unreadable(InvalidInput):
    """A body that cannot be read as what it says it is."""

    code = "unreadable"


class NotFound(GazetteerError):
    """Nothing has this id."""

    code = "not_found"


class Merged(NotFound):
    """The record was merged; `survivor` is the id it lives on under."""

    code = "merged"

    def __init__(self, message: str, *, survivor: str) -> None:
        super().__init__(message)
        self.survivor = survivor


class Conflict(GazetteerError):
    """A write that contradicts what is stored."""

    code = "conflict"


class LimitExceeded(GazetteerError):
    """More than a limit allows; the message says the limit."""

    code = "limit_exceeded"


class Unavailable(GazetteerError):
    """Cannot be answered now, may be later."""

    code = "unavailable"


class Behind(Unavailable):
    """What answers is older than the generation that was asked for."""

    code = "behind"


class BadData(GazetteerError):
    """Data of ours or of a source that is broken."""

    code = "bad_data"


class BadSnapshot(BadData):
    """A snapshot that is missing, damaged, or of another format."""

    code = "bad_snapshot"
