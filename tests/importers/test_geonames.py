"""GeoNames dumps: every row becomes a record or is told with its line; nothing is fatal, nothing is skipped."""

import zipfile
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.importers import geonames
from gazetteer.importers.geonames_names import AlternateNames
from gazetteer.importers.geonames_units import Units
from gazetteer.importers.record import Link, NameRecord, Rejected

HAWIJA = {
    "id": "390188",
    "name": "Al Ḩawījah",
    "ascii": "Al Hawijah",
    "column": "Al Huwayjah,alhwyjt,الحويجة",
    "lat": "35.32592",
    "lon": "43.77267",
    "class": "P",
    "code": "PPLA2",
    "country": "IQ",
    "cc2": "",
    "admin1": "13",
    "admin2": "98705",
    "admin3": "",
    "admin4": "",
    "population": "0",
    "elevation": "",
    "dem": "198",
    "zone": "Asia/Baghdad",
    "date": "2016-06-22",
}
KIRKUK = HAWIJA | {
    "id": "98410",
    "name": "Kirkuk",
    "ascii": "Kirkuk",
    "column": "",
    "class": "A",
    "code": "ADM1",
    "admin2": "",
    "population": "1259561",
}


def line(row, **changes):
    return "\t".join((row | changes).values())


@pytest.fixture
def read(tmp_path):
    """Everything that comes out of these lines, read as files."""

    def records(*dump, alternate_names=(), **units):
        paths = {}
        for name, content in {"dump": dump, "names": alternate_names, **units}.items():
            paths[name] = tmp_path / f"{name}.txt"
            raw = [each if isinstance(each, bytes) else each.encode() for each in content]
            paths[name].write_bytes(b"\n".join([*raw, b""]))
        files = geonames.Files(
            (paths["dump"],), (paths["names"],), paths.get("admin1"), paths.get("admin2"), scratch=tmp_path
        )
        return list(geonames.records(files))

    return records


def texts(record, role=None):
    return [name.text for name in record.names if role in (None, name.role)]


class TestARow:
    def test_becomes_a_record(self, read):
        (hawija,) = read(line(HAWIJA))

        assert (hawija.kind, hawija.type, hawija.country) == ("place", "settlement", "IQ")
        assert (hawija.name, hawija.lat, hawija.lon, hawija.row) == ("Al Ḩawījah", 35.32592, 43.77267, 1)
        assert hawija.identifiers == (("geonames", "390188"),)
        assert hawija.links == (
            Link("within", "geonames_code", "IQ.13.98705"),
            Link("within", "geonames_code", "IQ.13"),
            Link("within", "iso3166", "IQ"),
        )

    def test_no_people_means_unknown(self, read):
        assert [record.population for record in read(line(HAWIJA), line(KIRKUK))] == [None, 1259561]

    def test_machine_made_names_and_ascii_that_says_nothing_new_are_left_out(self, read):
        (hawija,) = read(line(HAWIJA))

        assert texts(hawija) == ["Al Ḩawījah", "Al Huwayjah", "الحويجة"]

    def test_ascii_that_is_another_name_is_kept(self, read):
        (karbala,) = read(line(HAWIJA, name="Karbalāʼ", ascii="Muhafazat Karbala'", column=""))

        assert texts(karbala) == ["Karbalāʼ", "Muhafazat Karbala'"]

    @pytest.mark.parametrize(
        ("feature_class", "code", "kind", "type_"),
        [
            ("S", "CMPRF", "facility", "camp"),
            ("S", "NEWCODE", "facility", "site"),
            ("H", "STM", "place", "river"),
            ("", "", "place", None),
        ],
    )
    def test_kind_and_type_are_those_of_the_feature(self, read, feature_class, code, kind, type_):
        (record,) = read(line(HAWIJA, **{"class": feature_class, "code": code}))

        assert (record.kind, record.type) == (kind, type_)

    def test_no_country_no_unit(self, read):
        """A sea lies in no country; GeoNames' admin1 code 00 means no unit in particular."""
        sea, somewhere = read(line(HAWIJA, country=""), line(HAWIJA, id="7", admin1="00", admin2=""))

        assert (sea.country, sea.links) == (None, ())
        assert somewhere.links == (Link("within", "iso3166", "IQ"),)

    def test_withdrawn_countries_are_known(self, read):
        (antilles,) = read(line(HAWIJA, country="AN"))

        assert antilles.country == "AN"


class TestABadRow:
    @pytest.mark.parametrize(
        ("bad", "reason"),
        [
            (line(HAWIJA) + "\tmore", "expected 19 columns, found 20"),
            ("", "expected 19 columns, found 1"),
            (line(HAWIJA, id="0"), "geonameid '0' is not a number above nought"),
            (line(HAWIJA, id="-5"), "geonameid '-5' is not"),
            (line(HAWIJA, id="12x"), "geonameid '12x' is not"),
            (line(HAWIJA, id="１２"), "geonameid '１２' is not"),
            (line(HAWIJA, lat="nan"), "latitude 'nan' is not a number"),
            (line(HAWIJA, lat="91"), "latitude 91 is out of range"),
            (line(HAWIJA, lat="1e999"), "latitude 1e999 is out of range"),
            (line(HAWIJA, lon=""), "longitude '' is not a number"),
            (line(HAWIJA, lon="-180.5"), "longitude -180.5 is out of range"),
            (line(HAWIJA, country="ZZ"), "unknown country 'ZZ'"),
            (line(HAWIJA, country="iq"), "unknown country 'iq'"),
            (line(HAWIJA, population="many"), "population 'many' is not a whole number"),
            (line(HAWIJA, population="-1"), "population '-1' is not a whole number"),
            (line(HAWIJA, name=" \u00a0"), "an empty name"),
            (line(HAWIJA, name="x" * 501), "a name of 501 characters"),
            (line(HAWIJA, name="Haw\x00ija"), "a NUL character"),
            (line(HAWIJA, name="Haw\x07ija"), "a control character in the name 'Haw\\x07ija'"),
            (line(HAWIJA).encode()[:12] + b"\xff" + line(HAWIJA).encode()[12:], "not UTF-8 at byte 11"),
            (line(KIRKUK), "geonameid 98410 was there before"),
        ],
    )
    def test_is_told_with_its_line_and_spoils_no_other(self, read, bad, reason):
        first, rejected, last = read(line(KIRKUK), bad, line(HAWIJA))

        assert isinstance(rejected, Rejected)
        assert (rejected.row, rejected.file) == (2, "dump.txt")
        assert rejected.reason.startswith(reason)
        assert (first.name, last.name) == ("Kirkuk", "Al Ḩawījah")

    @settings(deadline=None)
    @given(st.dictionaries(st.sampled_from(sorted(HAWIJA)), st.text(max_size=6)))
    def test_whatever_a_cell_holds_is_a_record_or_a_fault(self, changes):
        """No cell can stop an import."""
        cells = list((HAWIJA | changes).values())

        if geonames.fault_of(cells) is None:
            with AlternateNames() as alternate:
                record = geonames.Reader(alternate, Units()).record(1, cells)
            assert record.name
            assert -90 <= record.lat <= 90


class TestAlternateNames:
    def test_bring_language_role_and_dates(self, read):
        (hawija,) = read(
            line(HAWIJA),
            alternate_names=[
                "1\t390188\tar\tالحويجة\t1\t\t\t\t\t",
                "2\t390188\tkur\tHewîce\t\t\t\t\t\t",
                "3\t390188\ten\tOld Town\t\t\t\t1\t19210823\t1936-05",
                "4\t390188\tabbr\tHWJ\t\t\t\t\t\t",
                "5\t390188\t\tHawija\t\t\t1\t\tc. 1900\t",
                "6\t390188\tfr_1793\tVille-Libre\t\t\t\t\t\t",
            ],
        )

        assert hawija.names == (
            NameRecord("Al Ḩawījah", role="preferred"),
            NameRecord("الحويجة", "ar", "official"),
            NameRecord("Hewîce", "ku"),
            NameRecord("Old Town", "en", "historical", "1921-08-23", "1936-05"),
            NameRecord("HWJ", role="abbreviation"),
            NameRecord("Hawija"),
            NameRecord("Ville-Libre", "fr", "historical"),
        )

    def test_a_date_that_is_none_is_left_out(self, read):
        """The name counts; the year 9999 is a date, though one that never comes."""
        (hawija,) = read(
            line(HAWIJA),
            alternate_names=[
                "1\t390188\ten\tA\t\t\t\t\t19820231\t9999",
                "2\t390188\ten\tB\t\t\t\t\t0000\t1982-13",
            ],
        )

        assert hawija.names[1:] == (NameRecord("A", "en", valid_to="9999"), NameRecord("B", "en"))

    def test_the_display_name_is_the_dumps_whatever_is_preferred(self, read):
        """Flags say what is preferred in a language; one name is shown."""
        (hawija,) = read(line(HAWIJA), alternate_names=["1\t390188\ten\tHawijah\t1\t\t\t\t\t"])

        assert hawija.name == "Al Ḩawījah"
        assert texts(hawija, "preferred") == ["Al Ḩawījah"]

    def test_the_column_is_read_only_where_the_file_says_nothing(self, read):
        """It is a copy without languages, cut at commas: "Washington, D.C." is two names there."""
        with_names, without = read(
            line(HAWIJA, column="Washington,D.C."),
            line(HAWIJA, id="7"),
            alternate_names=["1\t390188\ten\tWashington, D.C.\t\t\t\t\t\t"],
        )

        assert texts(with_names) == ["Al Ḩawījah", "Washington, D.C."]
        assert "الحويجة" in texts(without)

    def test_pseudo_languages_are_identifiers_or_nothing(self, read):
        (hawija,) = read(
            line(HAWIJA),
            alternate_names=[
                "1\t390188\twkdt\tQ1590\t\t\t\t\t\t",
                "2\t390188\tlink\thttps://example.org/Hawija\t\t\t\t\t\t",
                "3\t390188\tpost\t36001\t\t\t\t\t\t",
                "4\t390188\tunlc\tIQHWJ\t\t\t\t\t\t",
                "5\t390188\ticao\tORXX\t\t\t\t1\t\t",
            ],
        )

        assert hawija.identifiers == (("geonames", "390188"), ("wikidata", "Q1590"), ("unlocode", "IQHWJ"))
        assert "https://example.org/Hawija" not in texts(hawija)

    def test_an_identifier_of_two_records_is_of_neither(self, read):
        """Loading would make one entity of a city and its airport, which share "BGW"."""
        city, airport = read(
            line(HAWIJA),
            line(HAWIJA, id="7", code="AIRP", **{"class": "S"}),
            alternate_names=[
                f"{row}\t{place}\t{language}\t{value}\t\t\t\t\t\t"
                for place in ("390188", "7")
                for row, (language, value) in enumerate([("iata", "BGW"), ("wkdt", "Q1530")])
            ],
        )

        assert city.identifiers == (("geonames", "390188"),)
        assert NameRecord("BGW", role="abbreviation") in city.names
        assert NameRecord("BGW", role="abbreviation") in airport.names

    @pytest.mark.parametrize(
        ("bad", "reason"),
        [
            ("2\t390188\ten", "expected 10 columns, found 3"),
            ("2\t0\ten\tX\t\t\t\t\t\t", "geonameid '0' is not a number above nought"),
            ("2\t390188\ten\t \t\t\t\t\t\t", "an empty name"),
            ("2\t390188\twkdt\t1590\t\t\t\t\t\t", "'1590' is not written as wikidata writes it"),
            (b"2\t390188\ten\t\xc3\t\t\t\t\t\t", "not UTF-8"),
        ],
    )
    def test_a_bad_row_is_told_with_its_line(self, read, bad, reason):
        good = "1\t390188\ten\tHawija\t\t\t\t\t\t"
        rejected, hawija = read(line(HAWIJA), alternate_names=[good, bad, good])

        assert (rejected.row, rejected.file) == (2, "names.txt")
        assert rejected.reason.startswith(reason)
        assert texts(hawija) == ["Al Ḩawījah", "Hawija"]


class TestUnits:
    ADMIN1 = ("IQ.13\tKirkūk\tKirkuk\t98410", "IQ.19\tHalabja Governorate\tHalabja Governorate\t12218240")
    ADMIN2 = ("IQ.13.98705\tHawija District\tHawija District\t98705", "US.CA.001\tAlameda\tAlameda\t5322745")

    def test_a_unit_and_its_row_are_one_record(self, read):
        """Its code is the file's, its names are both's."""
        kirkuk = read(line(KIRKUK, admin1="", name="At Ta'mim"), admin1=self.ADMIN1)[0]

        assert kirkuk.identifiers == (("geonames", "98410"), ("geonames_code", "IQ.13"))
        assert kirkuk.type == "admin1"
        assert kirkuk.links == (Link("within", "iso3166", "IQ"),)
        assert texts(kirkuk) == ["At Ta'mim", "Kirkūk"]

    def test_units_without_a_row_come_for_countries_that_had_one(self, read):
        records = read(line(HAWIJA), admin1=self.ADMIN1, admin2=self.ADMIN2)

        assert [record.name for record in records] == [
            "Al Ḩawījah",
            "Kirkūk",
            "Halabja Governorate",
            "Hawija District",
        ]
        district = records[-1]
        assert (district.type, district.lat) == ("admin2", None)
        assert district.links == (Link("within", "geonames_code", "IQ.13"), Link("within", "iso3166", "IQ"))

    def test_without_the_files_codes_come_from_the_rows(self, read):
        """The first row with a code has it: two that share one would be loaded as one entity."""
        kirkuk, again = read(line(KIRKUK), line(KIRKUK, id="7"))

        assert kirkuk.identifiers == (("geonames", "98410"), ("geonames_code", "IQ.13"))
        assert again.identifiers == (("geonames", "7"),)

    @pytest.mark.parametrize(
        ("bad", "reason"),
        [
            ("IQ\tIraq\tIraq\t99237", "code 'IQ' is not a country's and 1 more"),
            ("IQ.13.1\tX\tX\t5", "code 'IQ.13.1' is not a country's and 1 more"),
            ("ZZ.13\tX\tX\t5", "unknown country 'ZZ'"),
            ("IQ.13\tX\tX\t5", "code IQ.13 or geonameid 5 was there before"),
            ("IQ.14\tX\tX\t0", "geonameid '0' is not"),
            ("IQ.14\t\tX\t5", "an empty name"),
        ],
    )
    def test_a_bad_unit_is_told_with_its_line(self, read, bad, reason):
        rejected = read(line(HAWIJA), admin1=(*self.ADMIN1, bad))[0]

        assert (rejected.row, rejected.file) == (3, "admin1.txt")
        assert rejected.reason.startswith(reason)


class TestFiles:
    def test_a_zipped_dump_reads_as_the_plain_one(self, tmp_path):
        plain, zipped = tmp_path / "IQ.txt", tmp_path / "IQ.zip"
        plain.write_text(line(HAWIJA) + "\n" + line(KIRKUK) + "\n", encoding="utf-8")
        with zipfile.ZipFile(zipped, "w") as archive:
            archive.write(plain, "IQ.txt")
            archive.writestr("readme.txt", "")

        assert list(geonames.records(geonames.Files((zipped,)))) == list(geonames.records(geonames.Files((plain,))))

    def test_a_row_in_two_dumps_is_read_once(self, tmp_path):
        """Twice the same id, with other values, would be written anew at every import."""
        path = tmp_path / "IQ.txt"
        path.write_text(line(HAWIJA), encoding="utf-8")
        first, second = geonames.records(geonames.Files((path, path)))

        assert first.name == "Al Ḩawījah"
        assert second == Rejected(1, "geonameid 390188 was there before", "IQ.txt")

    def test_nothing_is_left_on_disk(self, tmp_path):
        path = tmp_path / "IQ.txt"
        path.write_text(line(HAWIJA), encoding="utf-8")
        records = geonames.records(geonames.Files((path,), scratch=tmp_path))
        next(records)
        records.close()

        assert [each.name for each in tmp_path.iterdir()] == ["IQ.txt"]

    def test_ids_are_known_however_large(self):
        ids = geonames.Ids()

        for number in ("1", "8", "12218240", "99999999999", "134217728", "134217735"):
            assert ids.add(number)
            assert not ids.add(number)
            assert number in ids
        assert "9" not in ids


def test_iraq_and_syria_are_read_whole(shared):
    """33,167 rows, of which one has the id nought, and 31 alternate names of that one."""
    folder = shared / "geonames"
    files = geonames.Files(
        tuple(folder / f"{code}.txt" for code in ("IQ", "SY")),
        tuple(folder / f"alternateNamesV2/{code}.txt" for code in ("IQ", "SY")),
        folder / "admin1CodesASCII.txt",
        folder / "admin2Codes.txt",
    )
    read = list(geonames.records(files))
    records = [record for record in read if not isinstance(record, Rejected)]

    assert Counter((each.file, each.reason) for each in read if isinstance(each, Rejected)) == {
        ("SY.txt", "geonameid '0' is not a number above nought"): 32
    }
    assert Counter(record.type for record in records) == {
        "settlement": 33127,
        "admin2": 183,
        "admin1": 33,
        "neighbourhood": 2,
    }
    assert sum(len(record.names) for record in records) > 140_000
