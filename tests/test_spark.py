"""Data frames of Spark, on a real local one: each row as in-process, the snapshot opened once for each worker."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gazetteer import spark
from gazetteer.errors import InvalidInput
from gazetteer.local import Gazetteer
from gazetteer.services.outcome import APPENDED, CANDIDATES, outcome_of
from tests.api.conftest import publish

pyspark = pytest.importorskip("pyspark", reason="data frames of Spark need pyspark: requirements-spark.txt")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java 17"),
    pytest.mark.filterwarnings("default"),  # Spark's own
]

NAMES = ["Hawija", "Hawijah", "Tripoli", "tal abyad", "الحويجة", "Xyzzy", "Kirkuk", "", None]
COUNTRIES = ["IQ", "SYR", "no land", " ", None]
POINTS = [(34.4, 35.8), (None, None)]
ROWS = [(number, NAMES[number % 9], COUNTRIES[number % 5], *POINTS[number % 2]) for number in range(4000)]
COLUMNS = "row long, place string, land string, lat double, lon double"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Path:
    """A small snapshot."""
    folder = tmp_path_factory.mktemp("spark")
    publish(folder)
    return folder / "index" / "current"


@pytest.fixture(scope="module")
def session(snapshot, tmp_path_factory) -> Iterator[Any]:
    """Spark on this machine, with two cores; the snapshot was sent along as an archive as well."""
    from pyspark.sql import SparkSession

    archive = shutil.make_archive(str(tmp_path_factory.mktemp("sent") / "snapshot"), "zip", snapshot.resolve())
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "512m",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
        "spark.local.dir": str(tmp_path_factory.mktemp("local")),
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        "spark.archives": f"{archive}#sent",
    }
    builder = SparkSession.builder.master("local[2]").appName("gazetteer")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # else the workers are of the system's Python
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]))
        opened = builder.getOrCreate()
        opened.sparkContext.setLogLevel("ERROR")
        yield opened
        opened.stop()


def told(rows: list[Any]) -> list[tuple[Any, ...]]:
    """The appended cells of each row."""
    return [tuple(row[name] for name in APPENDED) for row in rows]


class TestNormalise:
    def test_each_row_is_answered_as_by_itself(self, session, snapshot):
        """On two workers, in many tasks and batches; what the rows had they keep."""
        df = session.createDataFrame(ROWS, COLUMNS).repartition(6)
        found = spark.normalise(df, country="land", lat="lat", lon="lon", snapshot=snapshot)
        rows = sorted(found.collect(), key=lambda row: row["row"])
        gazetteer = Gazetteer.open(snapshot)
        items = [
            {"name": name, "country": (land or "").strip() or None, "lat": lat, "lon": lon}
            for _, name, land, lat, lon in ROWS
        ]

        assert [tuple(row)[:5] for row in rows] == ROWS
        assert told(rows) == [tuple(outcome_of(each)) for each in gazetteer.resolve_many(items, limit=CANDIDATES)]
        assert {row["gz_decision"] for row in rows} >= {"match", "ambiguous", "none", "error"}
        assert dict(found.dtypes)["gz_score"] == dict(found.dtypes)["gz_lat"] == "double"

    def test_a_worker_opens_the_snapshot_once(self, session, snapshot):
        """However many tasks it works; and there are two workers."""

        def watched(batches):
            for batch in spark.answered(layout, str(snapshot), batches):
                assert batch.num_rows
            yield pa.record_batch({"worker": [os.getpid()], "opened": [spark.opened.cache_info().misses]})

        import pyarrow as pa

        layout = spark.service().Layout({"name": "place"}, {})
        df = session.createDataFrame(ROWS, COLUMNS).repartition(8)
        tasks = df.mapInArrow(watched, "worker long, opened long").collect()

        assert len(tasks) == 8
        assert len({task["worker"] for task in tasks}) >= 2
        assert {task["opened"] for task in tasks} == {1}

    def test_a_snapshot_sent_along_is_found(self, session):
        """As `--archives snapshot.zip#sent` sends it to machines that share no folder."""
        df = session.createDataFrame([("Hawija",)], "place string")

        assert spark.normalise(df, snapshot="sent").first()["gz_id"] == "hawija"

    def test_columns_of_the_names_of_answers(self, session, snapshot):
        """They are refused, and replaced where that is asked for."""
        df = session.createDataFrame([("Hawija", 5)], "place string, gz_id int")
        with pytest.raises(InvalidInput, match="already has gz_id"):
            spark.normalise(df, snapshot=snapshot)
        found = spark.normalise(df, overwrite=True, snapshot=snapshot)

        assert found.columns == ["place", *APPENDED]
        assert found.first()["gz_id"] == "hawija"

    @pytest.mark.parametrize(
        ("given", "field"), [({"name": "x"}, "name"), ({"country": "x"}, "country"), ({"defaults": {"x": 1}}, "x")]
    )
    def test_what_cannot_be_used_is_said_before_anything_runs(self, session, snapshot, given, field):
        """Not an hour later, by a worker."""
        with pytest.raises(InvalidInput) as caught:
            spark.normalise(session.createDataFrame([("Hawija",)], "place string"), snapshot=snapshot, **given)
        assert caught.value.field == field

    def test_columns_of_every_sort_come_through(self, session, snapshot):
        """What a name stands beside is not ours to judge; names that are no text answer for themselves."""
        df = session.sql(
            "select 5 as place, timestamp'2017-10-05 12:00:00' as at, array(1, null) as list,"
            " named_struct('a', 1) as s, map('k', 1.5) as m, cast(1.25 as decimal(9, 2)) as d, date'2017-10-05' as day,"
            " cast('x' as binary) as b"
        )
        (before,) = df.collect()
        (row,) = spark.normalise(df, snapshot=snapshot).collect()

        assert tuple(row)[:8] == tuple(before)
        assert (row["gz_decision"], row["gz_reason"]) == ("error", "name must be text")

    def test_no_row_is_no_answer(self, session, snapshot):
        """The columns are there."""
        found = spark.normalise(session.createDataFrame([], "place string"), snapshot=snapshot)

        assert (found.columns, found.collect()) == (["place", *APPENDED], [])


def test_without_pyspark_it_says_what_is_missing():
    """And loading the module asks for none of it."""
    code = """
import sys
sys.modules["pyspark"] = None
from gazetteer import spark
assert "pyarrow" not in sys.modules
try:
    spark.normalise(object())
except Exception as error:
    print(type(error).__name__, error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"Unavailable {spark.ADVICE}"
