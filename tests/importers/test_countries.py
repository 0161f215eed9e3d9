"""Countries: every code, the plain English name first, names in every language, no code for a name."""

from collections import Counter

import pycountry
import pytest

from gazetteer.importers import countries


@pytest.fixture(scope="module")
def records():
    return {record.country: record for record in countries.records()}


def spellings(record, language=None):
    return {name.text for name in record.names if language in (None, name.language)}


class TestRecords:
    def test_every_country_of_iso_and_kosovo(self, records):
        assert records.keys() == {country.alpha_2 for country in pycountry.countries} | {"XK"}
        assert {(record.kind, record.type) for record in records.values()} == {("place", "country")}

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("SY", "Syria"),
            ("IQ", "Iraq"),
            ("US", "United States"),
            ("MM", "Myanmar"),
            ("PS", "Palestine"),
            ("XK", "Kosovo"),
        ],
    )
    def test_the_display_name_is_the_plain_english_one(self, records, code, name):
        assert records[code].name == name
        assert [each.text for each in records[code].names if each.role == "preferred"] == [name]

    @pytest.mark.parametrize(
        ("code", "language", "text"),
        [
            ("SY", "ar", "سوريا"),
            ("SY", "ckb", "سووریا"),
            ("IQ", "ru", "Ирак"),
            ("IQ", "ku", "Îraq"),
            ("US", "en", "U.S."),
            ("GB", "en", "UK"),
            ("AE", "en", "UAE"),
            ("MM", "en", "Burma"),
            ("MM", "ru", "Бирма"),
            ("HK", "ca", "Hong Kong"),
            ("IR", "en", "Islamic Republic of Iran"),
            ("PS", "en", "State of Palestine"),
            ("SH", "en", "Saint Helena, Ascension and Tristan da Cunha"),
        ],
    )
    def test_names_in_many_languages(self, records, code, language, text):
        assert text in spellings(records[code], language)

    def test_codes_are_identifiers_and_no_names(self, records):
        """IS, IT and SO are words: a code is a name only where it is in common use."""
        assert ("iso3166", "IS") in records["IS"].identifiers
        assert ("iso3166_alpha3", "ISL") in records["IS"].identifiers
        for code in ("IS", "IT", "SO", "IQ"):
            assert not spellings(records[code]) & {code, pycountry.countries.get(alpha_2=code).alpha_3}

    def test_geonames_ids(self, records):
        assert records["IQ"].identifiers[0] == ("geonames", "99237")
        assert all(record.identifiers[0][0] == "geonames" for record in records.values())

    def test_a_dependency_has_both_its_codes(self, records):
        codes = [value for scheme, value in records["PR"].identifiers if scheme == "iso3166"]

        assert codes == ["PR", "US-PR"]

    def test_a_text_of_many_languages_is_stored_for_three(self, records):
        """Languages official in the country come first."""
        languages = [name.language for name in records["IR"].names if name.text == "Iran"]

        assert len(languages) == 3
        assert "en" in languages
        assert {name.language for name in records["IQ"].names if name.text == "العراق"} >= {"ar"}

    def test_each_text_of_a_language_once(self, records):
        for record in records.values():
            assert max(Counter((name.text, name.language) for name in record.names).values()) == 1

    def test_not_more_names_than_are_worth_it(self, records):
        assert 30_000 < sum(len(record.names) for record in records.values()) < 60_000


class TestUpright:
    def test_only_inverted_names_are_turned(self):
        assert countries.upright("Iran, Islamic Republic of") == "Islamic Republic of Iran"
        assert countries.upright("Congo, The Democratic Republic of the") == "The Democratic Republic of the Congo"
        assert countries.upright("Virgin Islands, U.S.") == "U.S. Virgin Islands"
        assert countries.upright("Bonaire, Sint Eustatius and Saba") == "Bonaire, Sint Eustatius and Saba"
