"""CSV: what comes back, what is refused, and that nothing is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import InvalidInput, LimitExceeded, Unreadable
from gazetteer.services.bulk import lanes, records, store, tables
from gazetteer.services.bulk.answer import Memory, Said
from gazetteer.services.bulk.cells import harmless, outcome_cells
from gazetteer.services.bulk.layout import HEAD, Layout
from gazetteer.services.outcome import APPENDED
from tests.services.gazetteer_of_three import FORMULA, ThreeRecords

PLACE = Layout({"name": "place"})


def answer(body: bytes, layout: Layout = PLACE, gazetteer: ThreeRecords | None = None) -> bytes:
    """The whole answer."""
    return b"".join(tables.normalise(io.BytesIO(body), layout, (gazetteer or ThreeRecords()).many))


def rows(body: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a table, by header."""
    return list(csv.DictReader(io.StringIO(body.decode(), newline=""), delimiter=delimiter, strict=True))


class TestAnswers:
    def test_a_match_fills_all_columns(self):
        (row,) = rows(answer("place\nالحويجة\n".encode()))
        assert row == {
            "place": "الحويجة",
            "gz_decision": "match",
            "gz_score": "0.9877",
            "gz_id": "hawija",
            "gz_name": "Hawija",
            "gz_country": "IQ",
            "gz_admin1": "Kirkuk",
            "gz_lat": "35.325",
            "gz_lon": "-43.5",
            "gz_geonames": "390188",
            "gz_alternatives": "",
            "gz_reason": "1 found",
        }

    def test_ambiguous_lists_rivals_and_fills_no_record(self):
        (row,) = rows(answer(b"place\ntwins\n"))
        assert row["gz_decision"] == "ambiguous"
        assert [row[column] for column in APPENDED[2:9]] == [""] * 7
        assert row["gz_alternatives"] == (
            "Hawija (settlement, Kirkuk, IQ) 0.99 [hawija]; Baghuz (settlement, Deir ez-Zor, SY) 0.99 [baghuz]"
        )

    def test_context_is_read_from_its_columns(self):
        gazetteer = ThreeRecords()
        layout = Layout({"name": "n", "country": "c", "within": "w", "lat": "y", "lon": "x"})
        answer(b"x,y,w,c,n\n43.5,35,Kirkuk,IQ,Hawija\n", layout, gazetteer)
        ((query,),) = gazetteer.asked
        assert (query.name, query.country, query.within) == ("Hawija", "IQ", "Kirkuk")
        assert (query.lat, query.lon) == (35.0, 43.5)

    def test_a_default_holds_for_rows_without_a_value(self):
        gazetteer = ThreeRecords()
        layout = Layout({"name": "place", "country": "land"}, defaults={"country": "IQ", "kind": "place"})
        answer(b"place,land\nHawija,\nHawija,SY\n", layout, gazetteer)
        assert [(query.country, query.kind) for query in gazetteer.asked[0]] == [("IQ", "place"), ("SY", "place")]

    def test_a_bad_default_is_told_before_any_row(self):
        with pytest.raises(InvalidInput) as caught:
            answer(b"place\nHawija\n", Layout({"name": "place"}, defaults={"lat": "north"}))
        assert caught.value.field == "lat"

    def test_equal_rows_are_worked_once(self):
        gazetteer = ThreeRecords()
        found = rows(answer(b"place,n\n" + b"Hawija,1\nBaghuz,2\n" * 5000, gazetteer=gazetteer))
        assert len(found) == 10_000
        assert sum(len(batch) for batch in gazetteer.asked) == 2

    def test_answers_are_remembered_within_bounds(self):
        """Long names are not kept for ever: what the memory holds is bounded by what it was given, too."""
        memory: Memory[str, str] = Memory(lambda keys: [Said("none", key) for key in keys], most=1000)
        memory.answers(["a"], weight=2000)
        memory.answers(["b"], weight=1)
        assert list(memory.known) == ["b"]

    def test_the_summary_counts_what_was_said(self):
        said = tables.normalise(io.BytesIO(b"place\nHawija\ntwins\n\nx,y\nnobody\n"), PLACE, ThreeRecords().many)
        list(said)
        assert said.summary == {"match": 1, "ambiguous": 1, "none": 1, "error": 1}


class TestAsItCame:
    @pytest.mark.parametrize(
        "body",
        [
            b"place,n\nHawija,1\n",
            b"place,n\r\nHawija,1\r\nBaghuz,2\r\n",
            b"place,n\rHawija,1\rBaghuz,2\r",
            b"place,n\nHawija,1",
            b'"place","n"\n"Hawija","1"\n',
            b'place,n\nHawija,"two\nlines"\nBaghuz,"say ""x"""\n',
            b'place,n\r\nHawija,"two\r\nlines"\r\nBaghuz,"a\rb"',
            b'place,n\nHawija,5" pipe\nBaghuz,"so"me\n',
            b"place,n\n\nHawija,1\n\n\nBaghuz,2\n\n",
            b"\xef\xbb\xbfplace,n\nHawija,1\n",
            b'\xef\xbb\xbf"place","n"\nHawija,1\n',
            b"place,n\n Hawija , 1 \n",
            b"place,n\nHawija,=1+1\nBaghuz,-5\n",
            b"place,n\nHawija,a\0b\n",
        ],
    )
    def test_the_text_of_every_row_is_kept(self, body):
        """Quoting, line ends, blank lines, byte order mark: taking our columns away leaves what was sent."""
        said = answer(body)
        assert "error" not in said.decode()
        for cells in (tables.appended(APPENDED, ","), *appended_to(body)):
            said = said.replace(cells.encode(), b"", 1)
        assert said == body

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_delimiter_is_found_out(self, delimiter):
        body = f'id{delimiter}place{delimiter}"a,b;c|d"\n1{delimiter}Hawija{delimiter}x\n'.encode()
        (row,) = rows(answer(body), delimiter)
        assert (row["id"], row["place"], row["gz_id"]) == ("1", "Hawija", "hawija")

    def test_a_header_of_one_column_may_hold_other_delimiters_in_its_rows(self):
        layout = Layout({"name": "place"}, delimiter="tab")
        (row,) = rows(answer(b"place\nHawija, Iraq\n", layout), "\t")
        assert row["place"] == "Hawija, Iraq"

    def test_a_header_alone_comes_back_with_ours(self):
        assert answer(b"place") == ("place," + ",".join(APPENDED)).encode()

    def test_overwriting_puts_new_answers_for_old(self):
        """The columns are the same, once, at the end; the caller's own cells are kept."""
        once = answer(b'place,n\nHawija,"a\nb"\nnobody,2\n')
        with pytest.raises(InvalidInput) as caught:
            answer(once)
        assert caught.value.field == "overwrite"
        assert answer(once, Layout({"name": "place"}, overwrite=True)) == once

    def test_overwriting_leaves_no_old_answer_in_short_rows(self):
        body = b"gz_id,place,gz_name\nold,Hawija\n"
        (row,) = rows(answer(body, Layout({"name": "place"}, overwrite=True)))
        assert list(row) == ["place", *APPENDED]
        assert row["gz_decision"] == "error"


def appended_to(body: bytes) -> list[str]:
    """The cells appended to each row of a body, as text."""
    reader = csv.reader(io.StringIO(body.decode().removeprefix("\ufeff"), newline=""))
    names = [row[0] for row in reader if row][1:]
    gazetteer = ThreeRecords()
    outcomes = [gazetteer.one(tables.from_cells({"name": name})) for name in names]
    return [tables.appended(outcome_cells(outcome), ",") for outcome in outcomes]


class TestBadRows:
    @pytest.mark.parametrize(
        ("row", "why"),
        [
            (b"", "there is no name"),
            (b"Hawija,x,y", "3 cells"),
            (b"Hawija", "1 cells"),
            (b'"",1', "no name"),
            (b"Haw\0ija,1", "NUL"),
            (b'"Hawija,1', "quote"),
            (b'Hawija,"1', "quote"),
        ],
    )
    def test_a_bad_row_answers_for_itself_alone(self, row, why):
        found = rows(answer(b"place,n\nHawija,1\n" + (row or b",1") + b"\nBaghuz,2\n"))
        assert len(found) == 3
        assert [found[0]["gz_id"], found[2]["gz_id"]] == ["hawija", "baghuz"]
        bad = str(list(found[1].values()))
        assert "'error'" in bad
        assert why in bad

    def test_a_row_that_is_too_short_is_filled_up(self):
        (row,) = rows(answer(b"place,a,b\nHawija\n"))
        assert (row["place"], row["a"], row["b"], row["gz_decision"]) == ("Hawija", "", "", "error")

    def test_a_row_that_is_too_long_keeps_all_its_cells(self):
        assert b"\nHawija,1,2,error," in answer(b"place,a\nHawija,1,2\n")

    def test_coordinates_that_cannot_be_read_are_told(self):
        layout = Layout({"name": "place", "lat": "y", "lon": "x"})
        found = rows(answer(b'place,y,x\nHawija,NaN,1\nHawija,1,"2,5"\n', layout))
        assert [row["gz_decision"] for row in found] == ["error", "error"]
        assert [row["gz_reason"].split()[0] for row in found] == ["lat", "lon"]

    @pytest.mark.parametrize("above", [0, 1, HEAD])
    @pytest.mark.parametrize("end", [b"", b"\n"])
    def test_bytes_that_are_not_utf8_are_the_rows_own_fault(self, above, end):
        """Wherever the row is, at the top or far down: the row says it, and its bytes are kept."""
        said = answer(b"place,n\n" + b"Baghuz,1\n" * above + b"Haw\xffija,2\nHawija,3\nHawija,\xd8" + end)
        *_, bad, good, last = said.splitlines()
        assert bad.startswith(b"Haw\xffija,2,error,")
        assert good.startswith(b"Hawija,3,match,")
        assert last.startswith(b"Hawija,\xd8,error,")

    def test_a_quote_never_closed_costs_one_row(self):
        """The rows it would swallow are read afresh; what is sent back can be read."""
        body = b'place,n\nHawija,1\n"Baghuz,2\n' + b"Hawija,3\n" * 200_000
        found = rows(answer(body))
        assert len(found) == 200_002
        assert [row["gz_decision"] for row in found[:3]] == ["match", "error", "match"]
        assert found[1]["place"] == "Baghuz,2"
        assert all(row["gz_id"] == "hawija" for row in found[2:])

    def test_nothing_but_opened_quotes_is_read_in_linear_time(self, monkeypatch):
        """Past the patience for reading afresh, lines are read one by one."""
        monkeypatch.setattr(records, "PATIENCE", 1000)
        monkeypatch.setattr(records, "RECORD", 500)
        found = rows(answer(b"place,n\n" + b'a","x\n' * 50_000))
        assert len(found) == 50_000
        assert {row["gz_decision"] for row in found} == {"error"}

    def test_a_name_of_a_hundred_thousand_characters_is_a_row(self):
        found = rows(answer(b'place,n\nHawija,1\n"' + b"a\n" * 50_000 + b'",2\nBaghuz,3\n'))
        assert [row["gz_decision"] for row in found] == ["match", "none", "match"]


class TestRefusals:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"\xef\xbb\xbf",
            b"\n\n  \n",
            "place\nHawija\n".encode("utf-16"),
            "place\nHawija\n".encode("utf-16-le"),
            "place\nHawija\n".encode("utf-16-be"),
            "place\nHawija\n".encode("utf-32"),
            b"\x89PNG\r\n\x1a\n\0\0\0",
            b"PK\x03\x04\x14\0\x06\0",
            b"pl\xe4ce,place\nHawija,1\n",
            b"place," + b"a" * (HEAD + 4) + b"\xff\nMosul,1\n",
            b'"place\nHawija\n',
        ],
    )
    def test_what_is_no_csv_is_unreadable(self, body):
        with pytest.raises(Unreadable):
            answer(body)

    @pytest.mark.parametrize(
        ("layout", "parameter"),
        [
            (Layout({"name": "town"}), "column"),
            (Layout({"name": "place", "country": "land"}), "country_column"),
            (Layout({"name": "place", "lat": "y"}), "lat_column"),
            (Layout({"name": "n"}), "column"),
            (Layout({"name": "place"}, delimiter=";"), "column"),
        ],
    )
    def test_a_column_must_be_there_once(self, layout, parameter):
        with pytest.raises(InvalidInput) as caught:
            answer(b"place,n,n\nHawija,1,2\n", layout)
        assert caught.value.field == parameter

    @pytest.mark.parametrize("delimiter", ["", "ab", '"', "\n", "a", "5", " ", "\0"])
    def test_a_delimiter_is_one_character_that_parts(self, delimiter):
        with pytest.raises(InvalidInput) as caught:
            answer(b"place\nHawija\n", Layout({"name": "place"}, delimiter=delimiter))
        assert caught.value.field == "delimiter"

    def test_headers_twice_do_no_harm_where_nobody_asks_for_them(self):
        assert b",match," in answer(b"place,,\nHawija,1,2\n")

    def test_a_character_cut_by_the_end_of_the_head_is_no_fault(self):
        for shift in range(4):
            body = b"place\n" + b"x" * (HEAD - 8 - shift) + "\n𐎠𐎠𐎠\n".encode()
            assert len(rows(answer(body))) == 2

    def test_a_line_beyond_all_measure_is_refused(self):
        with pytest.raises(LimitExceeded):
            answer(b"place\n" + b"a" * (records.LINE + 1))


class TestHarmless:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
    def test_text_a_spreadsheet_would_run_is_neutralised(self, text):
        assert harmless(text) == "'" + text

    @pytest.mark.parametrize("text", ["", "Hawija", "Deir ez-Zor", "a=b", "5"])
    def test_other_text_is_left_alone(self, text):
        assert harmless(text) == text

    def test_a_record_with_a_formula_for_a_name_is_neutralised_in_every_cell(self):
        (row,) = rows(answer(b"place\nformula\n"))
        assert row["gz_name"] == "'" + FORMULA.name
        assert row["gz_admin1"] == "'" + FORMULA.admin1
        assert row["gz_lon"] == "-43.5"

    def test_appended_text_is_quoted_for_every_usual_delimiter(self):
        """A spreadsheet that expects semicolons must not find the start of a cell inside ours."""
        assert b'"Hawija (settlement, Kirkuk, IQ) 0.99 [hawija]; ' in answer(b"a\tplace\n1\ttwins\n")


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(
    st.lists(st.tuples(CELL, CELL), max_size=8), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"])
)
def test_every_cell_comes_back_as_it_was(table, delimiter, end):
    """Whatever the cells hold, the same cells come back, our own behind them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("place", "note"), *table])
    said = answer(text.getvalue().encode(), Layout({"name": "place"}, delimiter=delimiter))
    back = list(csv.reader(io.StringIO(said.decode(), newline=""), delimiter=delimiter, strict=True))
    assert [tuple(row[:2]) for row in back[1:]] == table
    assert {len(row) for row in back} == {2 + len(APPENDED)}


@given(st.text(st.sampled_from('a",;\n\r\t= |'), max_size=60))
def test_any_text_is_answered_or_refused_and_loses_nothing(text):
    """Broken tables of every sort: each line's own characters are all in the answer."""
    said = answer(b"place,n\n" + text.encode()).decode()
    kept = said.replace('"', "").replace("\n", "").replace("\r", "")
    at = 0
    for character in text.replace('"', "").replace("\n", "").replace("\r", ""):
        at = kept.index(character, at) + 1


LINES = ["Hawija,1\n", '"Baghuz",2\r\n', '"a\nb",3\n', '"open,4\n', "\n", 'x"y,5\n', "7\r", '"z"w,6\n']


@given(st.lists(st.sampled_from(LINES)))
def test_lines_read_together_are_the_records_of_lines_read_one_by_one(parts):
    """Reading many at once is an optimisation; it may not have an opinion."""
    lines = list(records.lines_of(io.BytesIO("".join(parts).encode())))
    found = [
        [(each.raw, each.cells, str(each.error)) for each in records.records(iter(lines), ",", together)]
        for together in (1, 3, 500)
    ]
    assert found[0] == found[1] == found[2]


class Elsewhere:
    """Another process that works jobs, as long as it lives."""

    def __init__(self, many, generation=3, lives=10**6):
        self.many = many
        self.generation = generation
        self.lives = lives
        self.asked = 0

    def __call__(self, job):
        self.asked += 1
        if self.asked > self.lives:
            raise ConnectionResetError
        return lanes.answer(job, lambda: (self.many, self.generation))


class TestLanes:
    BODY = b"place,n\n" + b"".join(
        b"%s %d,%d\n" % (name, row % 4000, row) if row % 3 else b"%s,%d\n" % (name, row)
        for row, name in enumerate([b"Hawija", b"twins", b"Baghuz", b"nobody", b""] * 3000)
    )

    @pytest.mark.parametrize(
        ("generation", "lives", "asked"), [(3, 10**6, True), (2, 10**6, True), (3, 0, True), (3, 2, True)]
    )
    def test_a_table_worked_by_many_is_the_same_as_by_one(self, generation, lives, asked):
        """Whether others answer, are of another generation, or die in the middle."""
        many = ThreeRecords().many
        plain = answer(self.BODY)
        together = lanes.Lanes()
        others = [Elsewhere(many, generation, lives) for _ in range(2)]
        together.join(lambda: others, 3)
        said = tables.normalise(io.BytesIO(self.BODY), PLACE, many, lanes=together, generation=3)
        assert b"".join(said) == plain
        assert any(each.asked for each in others) is asked

    def test_equal_rows_are_worked_once_however_far_apart(self):
        """Unless so many lie between that the answers were forgotten."""
        worked = []

        def many(queries):
            worked.extend(queries)
            return ThreeRecords().many(queries)

        b"".join(tables.normalise(io.BytesIO(b"place\n" + b"Hawija\nBaghuz\n" * 10_000), PLACE, many))
        assert [each.name for each in worked] == ["Hawija", "Baghuz"]

    @pytest.mark.parametrize("width", [1, 3])
    def test_what_is_not_in_memory_any_more_is_in_a_file(self, monkeypatch, width):
        """The same answers; and a row is not worked twice, unless its answer was on its way to the file."""
        plain, worked = answer(self.BODY), []

        def many(queries):
            worked.extend(queries)
            return ThreeRecords().many(queries)

        together = lanes.Lanes()
        together.join(lambda: [Elsewhere(many), Elsewhere(many)], width)
        monkeypatch.setattr(tables, "MEMORY", 100_000)
        said = tables.normalise(io.BytesIO(self.BODY * 2), PLACE, many, lanes=together, generation=3)
        twice = b"".join(said)
        assert twice.startswith(plain)
        assert twice.count(b"\n") == 2 * self.BODY.count(b"\n")
        assert len(worked) == len(set(worked)) or width > 1

    def test_without_room_for_the_file_rows_are_worked_again(self, monkeypatch):
        monkeypatch.setattr(tables, "MEMORY", 1000)
        monkeypatch.setattr(store, "MOST", 0)
        plain = answer(self.BODY)
        monkeypatch.undo()
        assert plain == answer(self.BODY)
