"""Subdivisions: one record per ISO code, joined to GeoNames' units by id and code."""

from collections import Counter

import pycountry
import pytest

from gazetteer.importers import countries, subdivisions
from gazetteer.importers.record import Link


@pytest.fixture(scope="module")
def records():
    return {dict(record.identifiers)["iso3166"]: record for record in subdivisions.records()}


class TestRecords:
    def test_every_subdivision_of_iso_that_is_no_country(self, records):
        """Puerto Rico is PR and US-PR: one place, one record, the country's."""
        assert records.keys() | countries.twins() == {each.code for each in pycountry.subdivisions}
        assert not records.keys() & countries.twins()

    @pytest.mark.parametrize(
        ("code", "type_", "identifiers", "upper"),
        [
            ("IQ-KI", "admin1", {"geonames": "98410", "geonames_code": "IQ.13"}, ["IQ"]),
            ("IQ-AR", "admin1", {"geonames": "95445", "geonames_code": "IQ.11"}, ["IQ-KR", "IQ"]),
            ("IQ-KR", "region", {}, ["IQ"]),
            ("US-NY", "admin1", {"geonames": "5128638", "geonames_code": "US.NY"}, ["US"]),
            ("ID-JT", "admin1", {"geonames": "1642669", "geonames_code": "ID.07"}, ["ID-JW", "ID"]),
            ("FR-01", "admin2", {}, ["FR-ARA", "FR"]),
        ],
    )
    def test_type_identifiers_and_what_it_lies_within(self, records, code, type_, identifiers, upper):
        record = records[code]

        assert record.type == type_
        assert dict(record.identifiers) == identifiers | {"iso3166": code}
        assert record.links == tuple(Link("within", "iso3166", each) for each in upper)

    def test_no_identifier_is_given_twice(self, records):
        """Two records that share one would be loaded as one entity."""
        given = Counter(each for record in records.values() for each in record.identifiers)

        assert max(given.values()) == 1

    def test_every_parent_is_a_record_or_a_country(self, records):
        codes = {country.alpha_2 for country in pycountry.countries}

        assert {link.value for record in records.values() for link in record.links} <= records.keys() | codes

    def test_units_are_those_of_geonames(self, records, shared):
        """Code and id belong together in GeoNames' own table, and most of that table is reached."""
        lines = (shared / "geonames/admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines()
        table = {line.split("\t")[0]: line.split("\t")[3] for line in lines}
        joined = [dict(record.identifiers) for record in records.values() if len(record.identifiers) > 1]

        assert all(table[each["geonames_code"]] == each["geonames"] for each in joined)
        assert len(joined) > 0.9 * len(table)


class TestSpellings:
    @pytest.mark.parametrize(
        ("written", "names"),
        [
            ("Kirkūk", ["Kirkūk"]),
            ("Catalunya [Cataluña]", ["Catalunya", "Cataluña"]),
            ("Lugo [Lugo]", ["Lugo"]),
            ("Isle of Anglesey [Sir Ynys Môn GB-YNM]", ["Isle of Anglesey", "Sir Ynys Môn"]),
            ("Stockholms län [SE-01]", ["Stockholms län"]),
            ("Amānat al ‘Āşimah [city]", ["Amānat al ‘Āşimah"]),
            ("Bolama / Bijagós", ["Bolama", "Bijagós"]),
            ("Taita/Taveta", ["Taita/Taveta"]),
            ("Sofia (stolitsa)", ["Sofia"]),
            ("Es-Semara (EH-partial)", ["Es-Semara"]),
            ("Aerodrom †", ["Aerodrom"]),
            ("//Karas", ["Karas"]),
            ("Navarra, Comunidad Foral de", ["Comunidad Foral de Navarra", "Navarra"]),
            (
                "Vale of Glamorgan, The [Bro Morgannwg GB-BMG]",
                ["The Vale of Glamorgan", "Vale of Glamorgan", "Bro Morgannwg"],
            ),
            ("Newry, Mourne and Down", ["Newry, Mourne and Down"]),
            ("San Andrés, Providencia y Santa Catalina", ["San Andrés, Providencia y Santa Catalina"]),
        ],
    )
    def test_brackets_slashes_and_inverted_names(self, written, names):
        assert subdivisions.spellings(written) == names

    def test_every_subdivision_has_a_name_without_remarks(self, records):
        assert not [record.name for record in records.values() if set(record.name) & set("[]()†")]
