from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.errors import InvalidInput, LimitExceeded, UnknownCountry
from gazetteer.index.rows import EntityRow, NameRow, ParentRow
from gazetteer.matching.types import Decision, Query, Role
from gazetteer.services.resolve import Resolver, many, one
from tests.index.small import ENTITIES, MOSUL, SPELLINGS, rows, snapshot

MATCH, AMBIGUOUS, NONE = Decision.MATCH, Decision.AMBIGUOUS, Decision.NONE


@pytest.fixture(scope="module")
def resolver(tmp_path_factory):
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "small"))


def answered(resolver, name, **context):
    return one(resolver, Query(name, **context))


COUNTRY = {"hawija": "IQ", "tal-afar": "IQ", "deir": "SY"}


class TestSpellings:
    @pytest.mark.parametrize(
        ("name", "id"),
        [
            ("Hawija", "hawija"),
            ("hawija", "hawija"),
            ("Hawijah", "hawija"),
            ("al-Hawija", "hawija"),
            ("Al Ḩawījah", "hawija"),
            ("الحويجة", "hawija"),
            ("الحويجه", "hawija"),
            ("Хавиджа", "hawija"),
            ("Deir Al Zor", "deir"),
            ("Deir el-Zour", "deir"),
            ("دير الزور", "deir"),
            ("Tal Afar", "tal-afar"),
            ("Tall ʿAfar", "tal-afar"),
            ("ISIS", "isis"),
        ],
    )
    def test_a_spelling_that_nobody_listed_finds_its_record(self, resolver, name, id):
        found = answered(resolver, name, country=COUNTRY.get(id))
        assert found.decision is MATCH, found.reason
        assert found.match.id == id

    def test_tal_afar_is_never_tal_abyad(self, resolver):
        """The words they share are not what tells them apart."""
        for name in ("Tal Afar", "Tel Afar", "Tall Afar", "Telafer", "تلعفر", "Tall ʿAfar"):
            candidates = answered(resolver, name).candidates
            assert candidates[0].id == "tal-afar"
            assert all(each.score < 0.1 for each in candidates if each.id == "tal-abyad")

    def test_old_mosul_is_not_mosul(self, resolver):
        assert answered(resolver, "Old Mosul").match.id == "old-mosul"
        assert answered(resolver, "Mosul").match.id == "mosul"
        assert answered(resolver, "New Mosul").decision is not MATCH

    @pytest.mark.parametrize("name", ["Xqzvbnm", "Hogsmeade", "qqqq", "中文", "12345", "!!!"])
    def test_nonsense_is_none(self, resolver, name):
        found = answered(resolver, name)
        assert found.decision is NONE
        assert found.match is None

    def test_a_former_name_still_resolves(self, resolver):
        found = answered(resolver, "Saddam City", country="IQ")
        assert found.match.id == "sadr"
        assert found.match.matched_name.role == "historical"
        assert "historical" in found.reason


class TestUnits:
    def test_a_name_that_town_and_province_share_means_the_town(self, resolver):
        """The unit is among the candidates."""
        found = answered(resolver, "Deir ez-Zor", country="SY")
        assert found.match.id == "deir"
        assert "deir-p" in [each.id for each in found.candidates]

    @pytest.mark.parametrize("name", ["Deir ez-Zour province", "Deir Al Zor governorate", "محافظة دير الزور"])
    def test_a_word_may_ask_for_the_unit(self, resolver, name):
        assert answered(resolver, name, country="SY").match.id == "deir-p"

    def test_a_type_may_ask_for_the_unit(self, resolver):
        assert answered(resolver, "Deir ez-Zor", type="admin1").match.id == "deir-p"


class TestContext:
    def test_homonyms_that_nothing_tells_apart_are_ambiguous(self, resolver):
        found = answered(resolver, "Tripoli")
        assert found.decision is AMBIGUOUS
        assert {"tripoli-ly", "tripoli-lb"} == {each.id for each in found.candidates}
        assert "country or a point would tell them apart" in found.reason

    @pytest.mark.parametrize("country", ["LB", "lb", "Lebanon", "لبنان"])
    def test_a_country_binds_however_it_is_written(self, resolver, country):
        found = answered(resolver, "Tripoli", country=country)
        assert found.match.id == "tripoli-lb"
        assert all(each.country in ("LB", None) for each in found.candidates)

    @pytest.mark.parametrize("country", ["Iraq", "IRQ", "irq", "Ирак", "العراق"])
    def test_a_record_of_no_country_always_may_be(self, resolver, country):
        assert answered(resolver, "Euphrates", country=country).match.id == "euphrates"

    def test_an_unknown_country_is_an_error(self, resolver):
        with pytest.raises(UnknownCountry) as caught:
            answered(resolver, "Tripoli", country="Atlantis")
        assert caught.value.field == "country"

    def test_a_point_tells_homonyms_apart(self, resolver):
        assert answered(resolver, "Tripoli", lat=34.4, lon=35.8).match.id == "tripoli-lb"
        assert answered(resolver, "Tripoli", lat=32.9, lon=13.2).match.id == "tripoli-ly"

    def test_within_is_evidence_and_may_be_written_any_way(self, resolver):
        found = answered(resolver, "Hawija", within="Kirkuk")
        plain = answered(resolver, "Hawija")
        assert found.match.id == "hawija"
        assert found.score >= plain.score

    def test_a_within_that_means_nothing_is_said_and_ignored(self, resolver):
        found = answered(resolver, "Hawija", within="Xqzvbnm")
        assert found.match.id == "hawija"
        assert "ignored" in found.reason

    def test_a_strict_unit_is_looked_through_to_its_last_record(self, resolver, monkeypatch):
        """Without `strict` the likeliest records of a unit do, for all of the country is looked at as well."""
        monkeypatch.setattr("gazetteer.index.pools.THERE", 1)
        assert "hawija" in {
            each.id for each in answered(resolver, "Hauijeh", within="kirkuk-p", strict=True).candidates
        }

    def test_strict_makes_within_bind(self, resolver):
        assert answered(resolver, "Hawija", within="kirkuk-p", strict=True).match.id == "hawija"
        assert answered(resolver, "Mosul", within="kirkuk-p", strict=True).match is None
        with pytest.raises(InvalidInput) as caught:
            answered(resolver, "Hawija", within="Xqzvbnm", strict=True)
        assert caught.value.field == "within"

    def test_an_addition_that_grows_in_normalising_is_no_longer_name(self, resolver):
        """One character may become 18; the caller's name is within its limit all the same."""
        assert answered(resolver, f"Mosul ({'ﷺ' * 50})").candidates[0].id == "mosul"

    def test_kind_binds(self, resolver):
        assert answered(resolver, "ISIS", kind="organisation").match.id == "isis"
        assert answered(resolver, "ISIS", kind="place").decision is NONE


class TestRefusals:
    @pytest.mark.parametrize(
        ("field", "query"),
        [
            ("name", Query("")),
            ("name", Query("  \t")),
            ("name", Query("a\0b")),
            ("name", Query("a\ud800b")),
            ("name", Query("x" * 100_000)),
            ("lat", Query("Mosul", lat=91.0, lon=0.0)),
            ("lat", Query("Mosul", lat=float("nan"), lon=0.0)),
            ("lon", Query("Mosul", lat=0.0, lon=float("inf"))),
            ("lon", Query("Mosul", lat=0.0)),
            ("radius_km", Query("Mosul", radius_km=5.0)),
            ("radius_km", Query("Mosul", lat=0.0, lon=0.0, radius_km=-1.0)),
            ("kind", Query("Mosul", kind="planet")),
            ("type", Query("Mosul", type="planet")),
            ("country", Query("Mosul", country="XX")),
        ],
    )
    def test_what_cannot_be_used_is_refused_by_field(self, resolver, field, query):
        with pytest.raises((InvalidInput, LimitExceeded)) as caught:
            one(resolver, query)
        assert caught.value.field == field

    @pytest.mark.parametrize("limit", [0, 51, -1])
    def test_a_limit_out_of_range_is_refused_not_clamped(self, resolver, limit):
        with pytest.raises(LimitExceeded):
            one(resolver, Query("Mosul"), limit=limit)


NAMES = [text.replace("_", " ") for spellings in SPELLINGS.values() for text in spellings.split()]
ANY_QUERY = st.builds(Query, st.sampled_from(NAMES) | st.text(max_size=40), country=st.sampled_from([None, "IQ", "SY"]))


class TestMany:
    @settings(max_examples=50, deadline=None)
    @given(st.lists(ANY_QUERY, max_size=8))
    def test_bulk_equals_single(self, resolver, queries):
        """A name gets in a batch the very answer that it gets alone, whatever its neighbours."""
        together = many(resolver, queries, limit=5)
        alone = [many(resolver, [each], limit=5)[0] for each in queries]
        assert [str(each) for each in together] == [str(each) for each in alone]

    def test_a_bad_query_answers_for_itself(self, resolver):
        answers = many(resolver, [Query("Mosul"), Query(""), InvalidInput("unreadable"), Query("Kirkuk")])
        assert answers[0].match.id == "mosul"
        assert isinstance(answers[1], InvalidInput)
        assert answers[2].message == "unreadable"
        assert answers[3].match.id == "kirkuk"

    @pytest.mark.parametrize("name", NAMES)
    def test_a_stored_spelling_of_one_record_is_a_match_to_it(self, resolver, name):
        """In its country a known spelling always wins; where several records have it, all of them are candidates."""
        having = {row for row, spellings in SPELLINGS.items() if name.replace(" ", "_") in spellings.split()}
        found = one(resolver, Query(name, country=next(each.country for each in ENTITIES if each.row in having)))
        if len(having) == 1:
            assert found.decision is MATCH, found.reason
        assert found.candidates[0].matched_name.text == name


def test_an_unrelated_record_does_not_change_a_match(tmp_path):
    """Adding a stranger to the gazetteer leaves every match as it was."""
    stranger = EntityRow(99, "stranger", "place", "settlement", "IQ", "Basra", 30.5, 47.8, 1_300_000, 30)
    more = rows([stranger], [NameRow(99, "Basra", "en", "preferred", None, None, "curated")])
    before, after = Resolver(snapshot(tmp_path / "a")), Resolver(snapshot(tmp_path / "b", more))
    for name in NAMES:
        old, new = one(before, Query(name)), one(after, Query(name))
        assert old.match is None or (new.match is not None and new.match.id == old.match.id)


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    units = [
        EntityRow(90, "unit-0", "place", "admin1", "IQ", "X", None, None, None, 30),
        EntityRow(91, "unit-1", "place", "admin1", "IQ", "Y", None, None, None, 30),
    ]
    towns = [
        EntityRow(94, "twin-x", "place", "settlement", "IQ", "Salman", 33.0, 44.0, None, 30),
        EntityRow(95, "twin-y", "place", "settlement", "IQ", "Salman", 33.2, 44.0, None, 30),
    ]
    spelled = [NameRow(row, "Salman", "en", "preferred", None, None, "curated") for row in (94, 95)]
    dated = [
        NameRow(94, "Old Post", "en", "historical", "1950", "1960", "curated"),
        NameRow(95, "Old Post", "en", "historical", "1990", "2000", "curated"),
    ]
    given = rows([*units, *towns], [*spelled, *dated])
    given = replace(given, parents=[*given.parents, ParentRow(94, 90), ParentRow(95, 91)])
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "twins", given))


class TestHomonyms:
    """Two places of one name: what the caller knows decides between them."""

    def test_nothing_decides(self, twins):
        assert answered(twins, "Salman").decision is AMBIGUOUS

    @pytest.mark.parametrize("unit", ["unit-0", "unit-1"])
    def test_within_decides(self, twins, unit):
        first, second = answered(twins, "Salman", within=unit).candidates[:2]
        assert first.id == {"unit-0": "twin-x", "unit-1": "twin-y"}[unit]
        assert first.score - second.score > 0.9

    @pytest.mark.parametrize(("year", "id"), [(1955, "twin-x"), (1995, "twin-y")])
    def test_a_name_in_use_on_the_day_outranks_one_that_was_not(self, twins, year, id):
        first, second = answered(twins, "Old Post", as_of=date(year, 6, 1)).candidates[:2]
        assert first.id == id
        assert first.score > second.score

    def test_a_strict_point_binds(self, twins):
        """Twenty-two kilometres away is evidence against; outside a strict radius is no candidate at all."""
        near = {"lat": 33.0, "lon": 44.0, "radius_km": 10.0}
        assert [each.id for each in answered(twins, "Salman", **near).candidates[:2]] == ["twin-x", "twin-y"]
        assert [each.id for each in answered(twins, "Salman", strict=True, **near).candidates] == ["twin-x"]

    def test_a_misspelled_river_is_found_in_any_of_its_countries(self, resolver):
        assert answered(resolver, "Euphratis", country="IQ").candidates[0].id == "euphrates"

    def test_a_former_name_counts_less_than_a_current_one(self, resolver):
        explanation = one(resolver, Query("Saddam City"), explain=True).candidates[0].explanation
        assert {each.feature: each.weight for each in explanation}["plain_name"] < 0

    def test_a_point_on_another_continent_stops_a_match(self, resolver):
        """A point is evidence: a district off is common, an ocean off says that another place is meant."""
        assert answered(resolver, "Mosul", lat=36.0, lon=43.5).decision is MATCH
        assert answered(resolver, "Mosul", lat=-20.0, lon=-60.0).decision is not MATCH


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    code = NameRow(MOSUL, "TBD", "und", "abbreviation", None, None, "curated")
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "coded", rows([], [code])))


class TestCodes:
    """An airport's code is three letters that mostly mean something else."""

    def test_a_code_of_a_place_is_no_match_by_itself(self, coded):
        found = answered(coded, "TBD")
        assert found.decision is not MATCH
        assert found.candidates[0].id == "mosul"

    def test_what_merely_resembles_a_code_does_not_find_it(self, coded):
        assert all(each.matched_name.role != Role.ABBREVIATION for each in answered(coded, "Tbod").candidates)


def test_what_a_known_spelling_says_is_taken_from_the_index(resolver):
    """It is not taken apart again, and its telling words count none the less."""
    explanation = one(resolver, Query("Old Mosul", country="IQ"), explain=True).candidates[0].explanation
    assert {each.feature: each.value for each in explanation}["telling_words"] == 1.0
