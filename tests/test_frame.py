"""Frames: every row is answered as `Gazetteer.resolve_many` answers it, and what the frame was it stays."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import frame
from gazetteer.errors import BadSnapshot, InvalidInput
from gazetteer.local import Gazetteer
from gazetteer.services.outcome import APPENDED, CANDIDATES, outcome_of
from tests.api.conftest import publish

pa = pytest.importorskip("pyarrow", reason="frames need pyarrow: requirements-frame.txt")
pd = pytest.importorskip("pandas", reason="frames of pandas need pandas: requirements-frame.txt")
pl = pytest.importorskip("polars", reason="frames of polars need polars: requirements-frame.txt")

Columns = dict[str, list[Any]]
MAKERS: dict[str, Callable[[Columns], Any]] = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "arrow": pa.table}
NAMES = ["Hawija", "Hawijah", "Tripoli", "tal abyad", "الحويجة", "Xyzzy", "Kirkuk", "Saddam City", "=Hawija", "", "  "]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory) -> Gazetteer:
    """The gazetteer over a small snapshot."""
    folder = tmp_path_factory.mktemp("frame")
    publish(folder)
    return Gazetteer.open(folder / "index" / "current")


@pytest.fixture(params=MAKERS)
def make(request) -> Callable[[Columns], Any]:
    """What makes a frame from columns."""
    return MAKERS[request.param]


def rows(df: Any) -> list[dict[str, Any]]:
    """The rows of any frame, None where a cell is empty."""
    if isinstance(df, pa.Table | pa.RecordBatch):
        return df.to_pylist()
    if isinstance(df, pl.DataFrame):
        return df.to_dicts()
    return [{k: None if v is None or v is pd.NA or v != v else v for k, v in r.items()} for r in df.to_dict("records")]


def told(df: Any) -> list[tuple[Any, ...]]:
    """The appended cells of each row."""
    return [tuple(row[name] for name in APPENDED) for row in rows(df)]


def expected(gazetteer: Gazetteer, items: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What each item is told, asked alone."""
    return [tuple(outcome_of(gazetteer.resolve_many([item], limit=CANDIDATES, fill=False)[0])) for item in items]


class TestAnswers:
    def test_each_row_is_answered_as_by_itself(self, gazetteer, make):
        """Whatever the frame, and with all the context there is."""
        columns = {
            "place": ["Hawija", "Tripoli", "Tripoli", None, "", "Xyzzy", "Saddam City", "Hawija"],
            "land": ["IQ", "LB", None, "IQ", "IQ", "Narnia", "Iraq", "IQ"],
            "north": [35.3, 34.4, None, 1.0, 2.0, 3.0, 99.0, 35.3],
            "east": [43.7, 35.8, None, 1.0, 2.0, 3.0, 4.0, 43.7],
            "day": [None, None, None, None, None, None, date(1990, 1, 1), None],
        }
        found = frame.normalise(make(columns), country="land", lat="north", lon="east", as_of="day", snapshot=gazetteer)
        names = dict(zip(columns, ("name", "country", "lat", "lon", "as_of"), strict=True))
        items = [dict(zip(names.values(), row, strict=True)) for row in zip(*columns.values(), strict=True)]

        assert told(found) == expected(gazetteer, items)
        assert {row[0] for row in told(found)} >= {"match", "error"}

    def test_numbers_are_numbers_and_nothing_is_null(self, gazetteer, make):
        """Not text, as a CSV has to have it."""
        table = pa.table(
            dict(
                zip(
                    APPENDED,
                    zip(*told(frame.normalise(make({"place": NAMES}), snapshot=gazetteer)), strict=True),
                    strict=True,
                )
            )
        )

        assert {each.name for each in table.schema if each.type == pa.float64()} == {"gz_score", "gz_lat", "gz_lon"}
        assert {name for name in APPENDED if "" in table[name].to_pylist()} == set()

    def test_what_a_spreadsheet_would_run_is_left_as_it_is(self, gazetteer, make):
        """A frame runs nothing, and a name with an apostrophe before it would not be the name."""
        (row,) = told(frame.normalise(make({"place": ["Hawija"]}), snapshot=gazetteer))

        assert row[3] == "Hawija"

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from([*NAMES, None]), st.sampled_from(["IQ", "SYR", "no land", " ", None]))))
    def test_any_rows_are_answered_as_by_themselves(self, gazetteer, asked):
        """Repeated or not, and none at all as well."""
        table = pa.table(
            {"place": [n for n, _ in asked], "land": [c for _, c in asked]},
            schema=pa.schema([("place", pa.string()), ("land", pa.string())]),
        )
        found = told(frame.normalise(table, country="land", snapshot=gazetteer))
        known: dict[Any, Any] = {}
        for each in set(asked):
            item = {"name": each[0], "country": (each[1] or "").strip() or None}
            (known[each],) = expected(gazetteer, [item])

        assert found == [known[each] for each in asked]

    def test_equal_rows_are_worked_once(self, gazetteer, make):
        """However many there are."""

        class Counting:
            asked = 0

            def resolve_many(self, names, **options):
                self.asked += len(names)
                return gazetteer.resolve_many(names, **options)

        counting = Counting()
        frame.normalise(make({"place": ["Hawija", "Kirkuk"] * 500}), snapshot=counting)

        assert counting.asked == 2

    def test_defaults_are_for_rows_that_have_none_of_their_own(self, gazetteer, make):
        """As the parameters of a CSV request are."""
        df = make({"place": ["Tripoli", "Tripoli"], "country": ["LY", None]})
        found = told(frame.normalise(df, country="country", defaults={"country": "LB"}, snapshot=gazetteer))

        assert [row[4] for row in found] == ["LY", "LB"]

    def test_a_folder_will_do(self, tmp_path):
        """It is opened for the frame."""
        publish(tmp_path)
        found = frame.normalise(pl.DataFrame({"place": ["Hawija"]}), snapshot=str(tmp_path / "index/current"))

        assert found["gz_id"].to_list() == ["hawija"]

    def test_without_one_it_is_that_of_the_settings(self, tmp_path, monkeypatch):
        """As for the commands."""
        publish(tmp_path)
        monkeypatch.setenv("GAZETTEER_DATA", str(tmp_path))

        assert frame.normalise(pa.table({"place": ["Hawija"]}))["gz_id"].to_pylist() == ["hawija"]


class TestUgly:
    def test_no_row_is_no_answer(self, gazetteer, make):
        """The columns are there, and of their types."""
        found = frame.normalise(make({"place": []}), snapshot=gazetteer)

        assert rows(found) == []
        assert list(getattr(found, "column_names", None) or found.columns) == ["place", *APPENDED]

    def test_a_column_of_nothing_but_nulls(self, gazetteer, make):
        """Every row answers for itself."""
        found = told(frame.normalise(make({"place": [None, None]}), snapshot=gazetteer))

        assert [(row[0], row[-1]) for row in found] == [("error", "there is no name")] * 2

    @pytest.mark.parametrize("values", [[1, 2**40], [1.5, None], [True, False], [date(2017, 1, 1)] * 2], ids=repr)
    def test_names_that_are_no_text_answer_for_themselves(self, gazetteer, make, values):
        """As from `resolve_many`; a number is not a name, however it would be written."""
        found = told(frame.normalise(make({"place": values}), snapshot=gazetteer))

        assert found == expected(gazetteer, [{"name": value} for value in values])
        assert {row[0] for row in found} == {"error"}

    def test_values_of_all_sorts_in_one_column(self, gazetteer):
        """Only pandas and polars can have them; the texts among them are answered."""
        values = ["Hawija", 5, 5.5, None, float("nan"), True, 1, 10**400, b"Hawija", ["Hawija"], "Kirkuk", {"a": 1}]
        items = [{"name": None if value != value else value} for value in values]
        for df in (pd.DataFrame({"place": values}), pl.DataFrame({"place": pl.Series(values, dtype=pl.Object)})):
            assert told(frame.normalise(df, snapshot=gazetteer)) == expected(gazetteer, items)

    def test_numbers_beyond_all_floats(self, gazetteer):
        """They are out of range, in their rows."""
        df = pd.DataFrame({"place": ["Hawija"] * 3, "lat": [10**400, 35.3, True], "lon": [43.7] * 3}, dtype=object)
        found = told(frame.normalise(df, lat="lat", lon="lon", snapshot=gazetteer))

        assert [row[0] for row in found] == ["error", "match", "error"]

    def test_coordinates_may_be_text_or_decimal(self, gazetteer, make):
        """Tables read as text throughout are common; a blank one says nothing."""
        df = make({"place": ["Hawija"] * 3, "lat": ["35.3", " ", "north"], "lon": [Decimal("43.7"), None, None]})
        found = told(frame.normalise(df, lat="lat", lon="lon", snapshot=gazetteer))
        items = [{"name": "Hawija", "lat": 35.3, "lon": 43.7}, {"name": "Hawija"}]

        assert found[:2] == expected(gazetteer, items)
        assert found[2][-1] == "lat is not a number: 'north'"

    def test_nan_says_nothing(self, gazetteer, make):
        """As null does: which of the two a table has is a matter of what wrote it."""
        df = make({"place": ["Tripoli"], "lat": [float("nan")], "lon": [float("nan")]})
        found = frame.normalise(df, lat="lat", lon="lon", snapshot=gazetteer)

        assert told(found) == expected(gazetteer, [{"name": "Tripoli"}])

    def test_days_with_a_time_and_a_zone(self, gazetteer, make):
        """The day is that of the zone."""
        day = datetime(1990, 1, 1, 23, 30, tzinfo=UTC)
        found = frame.normalise(make({"place": ["Saddam City"], "day": [day]}), as_of="day", snapshot=gazetteer)

        assert told(found) == expected(gazetteer, [{"name": "Saddam City", "as_of": date(1990, 1, 1)}])

    def test_columns_of_the_names_of_answers(self, gazetteer, make):
        """They are refused, and replaced where that is asked for; a query may stand in one."""
        df = make({"gz_id": ["Hawija"], "place": ["Kirkuk"]})
        with pytest.raises(InvalidInput, match="already has gz_id"):
            frame.normalise(df, snapshot=gazetteer)
        (row,) = rows(frame.normalise(df, overwrite=True, snapshot=gazetteer))

        assert list(row) == ["place", *APPENDED]
        assert row["gz_id"] == "kirkuk"
        assert rows(frame.normalise(df, "gz_id", overwrite=True, snapshot=gazetteer))[0]["gz_name"] == "Hawija"

    def test_a_column_that_is_not_there(self, gazetteer, make):
        """The error names the argument and lists what is there."""
        with pytest.raises(InvalidInput, match="no column 'land'; there are: 'place'") as caught:
            frame.normalise(make({"place": ["Hawija"]}), country="land", snapshot=gazetteer)
        assert caught.value.field == "country"

    @pytest.mark.parametrize(
        "df", [{"place": ["Hawija"]}, [1], None, pl.LazyFrame({"place": ["Hawija"]})], ids=lambda df: type(df).__name__
    )
    def test_what_is_no_frame_is_refused(self, gazetteer, df):
        """By what it is."""
        with pytest.raises(InvalidInput, match=r"DataFrame or an Arrow table is expected, not \S+$"):
            frame.normalise(df, snapshot=gazetteer)

    def test_a_default_that_cannot_be_used_is_no_affair_of_the_rows(self, gazetteer, make):
        """It is wrong for all of them."""
        with pytest.raises(InvalidInput) as caught:
            frame.normalise(make({"place": ["Hawija"]}), defaults={"colour": "red"}, snapshot=gazetteer)
        assert caught.value.field == "colour"

    def test_a_snapshot_that_is_not_there(self, tmp_path):
        """One of ours, said before any row is looked at."""
        with pytest.raises(BadSnapshot, match="no snapshot"):
            frame.normalise(pa.table({"place": ["Hawija"]}), snapshot=tmp_path)


class TestPandas:
    def test_the_index_and_the_columns_stay(self, gazetteer):
        """An index that names rows twice, columns called alike, a label that is no text."""
        df = pd.DataFrame([["Hawija", 1, 2, 3], ["Kirkuk", 4, 5, 6]], index=["a", "a"], columns=["place", "n", "n", 7])
        df.attrs["source"] = "reports"
        found = frame.normalise(df, snapshot=gazetteer)

        pd.testing.assert_frame_equal(found.iloc[:, :4], df)
        assert found.attrs == df.attrs
        assert found["gz_id"].tolist() == ["hawija", "kirkuk"]
        assert list(df.columns) == ["place", "n", "n", 7]  # what was given is as it was

    @pytest.mark.parametrize("dtype", ["object", "string", "category", "string[pyarrow]", "large_string[pyarrow]"])
    def test_text_of_any_sort(self, gazetteer, dtype):
        """All of them are text."""
        df = pd.DataFrame({"place": pd.Series(["Hawija", None, "Kirkuk", "Hawija"], dtype=dtype)})
        found = frame.normalise(df, snapshot=gazetteer)

        assert found["gz_id"].tolist() == ["hawija", None, "kirkuk", "hawija"]
        assert found["place"].dtype == df["place"].dtype

    def test_a_column_named_twice_is_not_clear(self, gazetteer):
        """Which is meant is for the caller to say."""
        df = pd.DataFrame([["Hawija", "Kirkuk"]], columns=["place", "place"])
        with pytest.raises(InvalidInput, match="2 columns are called 'place'"):
            frame.normalise(df, snapshot=gazetteer)

    def test_labels_of_several_levels(self, gazetteer):
        """A label is a tuple then, and the answers stand on the first level."""
        df = pd.DataFrame([["Hawija"]], columns=pd.MultiIndex.from_tuples([("report", "place")]))
        found = frame.normalise(df, ("report", "place"), snapshot=gazetteer)

        assert found["gz_id"].tolist() == ["hawija"]

    def test_lone_halves_of_letters(self, gazetteer):
        """Arrow cannot hold them; they are of their row."""
        found = frame.normalise(pd.DataFrame({"place": ["\ud800", "Hawija"]}), snapshot=gazetteer)

        assert found["gz_id"].tolist() == [None, "hawija"]

    @pytest.mark.parametrize("zone", [None, "Asia/Baghdad"])
    def test_times_finer_than_pythons(self, gazetteer, zone):
        """A nanosecond does not change the day."""
        day = pd.Series(pd.to_datetime(["1990-01-01 01:00:00.000000001"])).dt.tz_localize(zone)
        found = frame.normalise(pd.DataFrame({"place": ["Saddam City"], "day": day}), as_of="day", snapshot=gazetteer)

        assert told(found) == expected(gazetteer, [{"name": "Saddam City", "as_of": date(1990, 1, 1)}])


class TestPolars:
    @pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["Hawija", "Kirkuk"])], ids=repr)
    def test_text_of_any_sort(self, gazetteer, dtype):
        """All of them are text."""
        df = pl.DataFrame({"place": pl.Series(["Hawija", None, "Kirkuk", "Hawija"], dtype=dtype)})
        found = frame.normalise(df, snapshot=gazetteer)

        assert found["gz_id"].to_list() == ["hawija", None, "kirkuk", "hawija"]
        assert found["place"].equals(df["place"])


class TestArrow:
    def test_tables_in_pieces_and_columns_called_alike(self, gazetteer):
        """What is beside the answers stays, its metadata too."""
        piece = pa.table([["Hawija"], [1], [2]], names=["place", "n", "n"], metadata={"made": "here"})
        table = pa.concat_tables([piece, piece.slice(0, 0), piece])
        found = frame.normalise(table, snapshot=gazetteer)

        assert found.select([0, 1, 2]).equals(table, check_metadata=True)
        assert found["gz_id"].to_pylist() == ["hawija", "hawija"]

    @pytest.mark.parametrize("count", [0, 3])
    def test_a_batch_stays_a_batch(self, gazetteer, count):
        """As streams of them are worked."""
        batch = pa.record_batch({"place": pa.array(["Hawija"] * count, pa.string())})
        found = frame.normalise(batch, snapshot=gazetteer)

        assert isinstance(found, pa.RecordBatch)
        assert found["gz_id"].to_pylist() == ["hawija"] * count

    @pytest.mark.parametrize(
        "sort", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())], ids=str
    )
    def test_text_of_any_sort(self, gazetteer, sort):
        """All of them are text."""
        names = pa.array(["Hawija", None, "Kirkuk"], pa.string()).cast(sort)

        found = frame.normalise(pa.table({"place": names}), snapshot=gazetteer)
        assert found["gz_id"].to_pylist() == ["hawija", None, "kirkuk"]


def test_without_pyarrow_it_says_what_is_missing():
    """And loading the module asks for none of the libraries."""
    code = """
import sys
sys.modules["pyarrow"] = None
from gazetteer import frame
assert not {"pandas", "polars"} & set(sys.modules)
try:
    frame.normalise(object())
except Exception as error:
    print(type(error).__name__, error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"Unavailable {frame.ADVICE}"
