"""A small installation, made by the commands themselves."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gazetteer.cli.main import main

# geonameid, name, alternatenames, lat, lon, class, code, country, admin1
PLACES = (
    (390188, "Hawija", "Hawijah,Al Hawijah,الحويجة", 35.3256, 43.7731, "P", "PPLA2", "IQ", "13"),
    (90150, "Tal Afar", "Tall Afar,تلعفر", 36.3741, 42.4535, "P", "PPL", "IQ", "15"),
    (170652, "Tell Abiad", "Tal Abyad,تل أبيض", 36.6979, 38.9566, "P", "PPL", "SY", "04"),
    (1, "Al Bu Hamad", "", 34.1, 43.1, "P", "PPL", "IQ", "18"),
    (2, "Al Bu Hamad", "", 33.3, 44.1, "P", "PPL", "IQ", "07"),
)


def dump(path: Path, places=PLACES) -> Path:
    """The places as GeoNames writes them: nineteen columns."""
    lines = []
    for number, name, others, lat, lon, feature_class, code, country, admin1 in places:
        cells = (
            number,
            name,
            name,
            others,
            lat,
            lon,
            feature_class,
            code,
            country,
            "",
            admin1,
            *[""] * 3,
            0,
            "",
            "",
            "",
            "",
        )
        lines.append("\t".join(map(str, cells)) + "\n")
    path.write_text("".join(lines), "utf-8")
    return path


@dataclass(frozen=True)
class Installation:
    """A data folder, and the command that works on it."""

    data: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a process of its own is given."""
        return {"GAZETTEER_DATA": str(self.data)}

    def run(self, *arguments: str | Path, given: str | bytes | None = None) -> Result:
        """What the command says, in this process."""
        return CliRunner().invoke(main, [*map(str, arguments)], input=given, env=self.environment)


@pytest.fixture(scope="session")
def installation(tmp_path_factory) -> Installation:
    """Five places, loaded and indexed. Nobody changes it."""
    made = Installation(tmp_path_factory.mktemp("installation"))
    places = dump(made.data / "places.txt")
    for arguments in (("db", "upgrade"), ("import", "geonames", places)):
        result = made.run(*arguments)
        assert result.exit_code == 0, result.output
    return made


@pytest.fixture
def nothing(tmp_path) -> Installation:
    """An empty data folder."""
    return Installation(tmp_path / "var")
