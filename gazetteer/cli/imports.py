"""`gazetteer import`: other people's gazetteers into the database."""

from pathlib import Path

import click

from gazetteer.cli.index import refresh_snapshot
from gazetteer.cli.installation import open_sessions, read_settings
from gazetteer.cli.loaded import tell
from gazetteer.cli.terminal import progress

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("import")
def imports() -> None:
    """Load the files of other gazetteers."""


@imports.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--alternate-names", multiple=True, type=FILE, help="alternateNamesV2.txt. May be given again.")
@click.option("--admin1", type=FILE, help="admin1CodesASCII.txt: the names of provinces.")
@click.option("--admin2", type=FILE, help="admin2Codes.txt: the names of districts.")
@click.option("--strict", is_flag=True, help="Stop at the first row that cannot be used.")
@click.option("--no-index", is_flag=True, help="Leave the snapshot as it is.")
def geonames(
    files: tuple[Path, ...],
    alternate_names: tuple[Path, ...],
    admin1: Path | None,
    admin2: Path | None,
    strict: bool,
    no_index: bool,
) -> None:
    """Load GeoNames dumps, then build the index.

    FILES are country dumps such as IQ.txt, or allCountries.txt, plain or zipped. What a broken-off import has loaded
    stays loaded: run it again, and it goes on. Rows that cannot be used are told with their line and left out.

    \b
      gazetteer import geonames IQ.zip SY.zip --alternate-names alternateNamesV2.zip
      gazetteer import geonames allCountries.txt --admin1 admin1CodesASCII.txt --admin2 admin2Codes.txt
    """
    from gazetteer.importers.geonames import Files
    from gazetteer.services.imports import import_geonames

    settings = read_settings()
    sessions = open_sessions(settings)
    given = Files(files, alternate_names, admin1, admin2, scratch=settings.data)
    with progress("Loading GeoNames") as bar:
        report = import_geonames(sessions, given, strict=strict, progress=bar and bar.more)
    tell(report)
    if not no_index:
        refresh_snapshot(settings, sessions)
