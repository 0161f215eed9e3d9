"""The command `gazetteer`: the list of its commands, and how any of them ends when something goes wrong.

Exit codes: 0 done; 1 ran, but something failed; 2 the command line or a setting is wrong; 130 interrupted.
"""

import errno
import io
import sys
from typing import Any

import click

from gazetteer import __version__
from gazetteer.cli.db import db
from gazetteer.cli.evaluate import evaluate
from gazetteer.cli.explain import explain, features
from gazetteer.cli.imports import imports
from gazetteer.cli.index import index
from gazetteer.cli.lookup import lookup
from gazetteer.cli.normalise import normalise
from gazetteer.cli.seed import seed
from gazetteer.cli.serve import serve
from gazetteer.cli.settings import settings
from gazetteer.errors import GazetteerError, InvalidInput, LimitExceeded, Unreadable
from gazetteer.services.wording import led

INTERRUPTED = 130


class Failed(click.ClickException):
    """It ran, but something failed."""

    exit_code = 1


class Wrong(click.ClickException):
    """The command line or a setting is wrong."""

    exit_code = 2


class Commands(click.Group):
    """Commands that end quietly: an error of ours or of the machine is one line, Ctrl-C none.

    A broken pipe is left to click, which ends without a word.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and turn what went wrong into a line and an exit code."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None
        except GazetteerError as error:
            raise ending(error) from None
        except database_errors() as error:
            raise Failed(f"the database: {error}".splitlines()[0]) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise Failed(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The commands in the order they are needed, not of the alphabet."""
        return list(self.commands)


def database_errors() -> tuple[type[Exception], ...]:
    """What SQLAlchemy raises for a database out of reach, locked or full; nothing while it is not even loaded."""
    loaded = sys.modules.get("sqlalchemy.exc")
    return (loaded.DBAPIError,) if loaded else ()


def ending(error: GazetteerError) -> click.ClickException:
    """The line that is said of an error, led by the field at fault unless its message names it.

    A wrong value is for the caller to mend; a file that cannot be read was asked for rightly.
    """
    line = led(error.message, error.field)
    wrong = isinstance(error, InvalidInput | LimitExceeded) and not isinstance(error, Unreadable)
    return Wrong(line) if wrong else Failed(line)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gazetteer")
def main() -> None:
    """One canonical record for every spelling of a name.

    A first run, in this order:

    \b
      gazetteer db upgrade                      make the database
      gazetteer seed                            load the seeds and build the index
      gazetteer lookup Hawijah --country IQ     ask for one name
      gazetteer normalise reports.csv --column place -o out.csv
      gazetteer serve                           the same over HTTP

    Results go to stdout, talk to stderr. Settings are environment variables: `gazetteer settings` lists them.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # names are in all scripts, terminals are not
        sys.stdout.reconfigure(errors="backslashreplace")


for command in (lookup, explain, features, normalise, serve, seed, imports, index, db, evaluate, settings):
    main.add_command(command)
