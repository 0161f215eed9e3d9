"""Derived keys: a stored name and the query that means it meet under one."""

import pytest

from gazetteer.matching.derived import filed, sought
from gazetteer.matching.types import Kind
from tests.matching.labelled import Case, cases

MEET = [case for case in cases("people.csv") if case.same != "no"]


class TestPersons:
    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("Shanahan", "Patrick M. Shanahan"),
            ("Shanahan, Pat", "Patrick M. Shanahan"),
            ("العقيد شون رايان", "Sean Ryan"),
            ("Abdi Mazloum", "مظلوم عبدي"),
            ("Saddam Hussein", "Saddam Hussein Abd al-Majid al-Tikriti"),
        ],
    )
    def test_they_meet(self, query, name):
        assert sought(query) & filed(Kind.PERSON, name)

    def test_they_are_few(self):
        assert all(
            len(filed(Kind.PERSON, case.name)) <= 7 and len(sought(case.query, Kind.PERSON)) <= 5 for case in MEET
        )

    def test_nearly_all_of_one_person_meet(self):
        met = [bool(sought(case.query, Kind.PERSON) & filed(Kind.PERSON, case.name)) for case in MEET]
        assert sum(met) / len(met) > 0.95


class TestOrganisations:
    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("SDF", "Syrian Democratic Forces"),
            ("Syrian Democratic Forces", "SDF"),
            ("Suriye Demokratik Güçleri", "قوات سوريا الديمقراطية"),
            ("Counter Terrorism Service", "Iraqi Counterterrorism Service"),
            ("Amaq Ltd", "Amaq"),
            ("Kurdish Peshmerga", "Peshmerga"),
        ],
    )
    def test_they_meet(self, query, name):
        assert sought(query, Kind.ORGANISATION) & filed(Kind.ORGANISATION, name)

    @pytest.mark.parametrize("case", cases("acronyms.csv"), ids=lambda case: f"{case.query} / {case.name}")
    def test_acronyms_meet_their_names(self, case: Case):
        met = bool(sought(case.query) & filed(Kind.ORGANISATION, case.name))
        assert met == (case.same == "yes"), case.why

    def test_operations_are_filed_as_organisations(self):
        assert sought("Op Olive Branch", Kind.OPERATION) & filed(Kind.OPERATION, "Operation Olive Branch")


class TestPlaces:
    def test_they_are_not_filed(self):
        assert filed(Kind.PLACE, "Deir ez-Zor") == frozenset()

    def test_a_query_for_a_place_is_not_looked_up(self):
        assert sought("Deir ez-Zor", Kind.PLACE) == frozenset()
