"""Names of organisations and operations: their terms, and what the comparison says of labelled pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import BadData
from gazetteer.matching.organisation_terms import Sort, sort_of_class, terms
from gazetteer.matching.organisations import organisation_alike
from tests.matching.labelled import Case, cases

SAME, OTHER = 0.75, 0.65  # what every pair that is one organisation's reaches, and none that is not


def said(text: str) -> list[str]:
    return [min(term.concepts, default=term.word.roman) for term in terms(text)]


class TestTerms:
    @pytest.mark.parametrize(
        "text",
        [
            "Syrian Democratic Forces",
            "قوات سوريا الديمقراطية",
            "Hêzên Sûriya Demokratîk",
            "Сирийские демократические силы",
            "Forces démocratiques syriennes",
        ],
    )
    def test_translations_say_the_same(self, text):
        assert sorted(said(text)) == ["democratic", "forces", "syria"]

    @pytest.mark.parametrize("text", ["counterterrorism", "Counter-Terrorism", "مكافحة الإرهاب", "terörle mücadele"])
    def test_a_phrase_is_one_term(self, text):
        assert said(text) == ["counter_terrorism"]

    def test_what_ties_words_says_nothing(self):
        assert said("Government of the Republic of Iraq") == ["government", "republic", "iraq"]
        assert said("parti de l'union") == ["party", "union"]
        assert said("العراق والشام") == ["iraq", "sham"]

    @pytest.mark.parametrize(("text", "number"), [("82nd", "82"), ("82", "82"), ("Fourth", "4"), ("الرابعة", "4")])
    def test_ordinals_are_numbers(self, text, number):
        (term,) = terms(text)
        assert term.sort is Sort.NUMBER
        assert term.concepts == {number}

    @pytest.mark.parametrize("text", ["S.D.F.", "S D F", "SDF"])
    def test_letters_with_points_are_one_word(self, text):
        assert said(text) == ["sdf"]

    def test_a_class_that_is_none_stops_the_program(self):
        with pytest.raises(BadData, match="forces"):
            sort_of_class("forces", ["shape"])


class TestOrganisationAlike:
    @pytest.mark.parametrize("case", cases("organisations.csv"), ids=lambda case: f"{case.query} / {case.name}")
    def test_labelled_pairs(self, case: Case):
        """One organisation's names reach what no two organisations' do."""
        value = organisation_alike(case.query, case.name)
        assert value is not None
        if case.same == "yes":
            assert value > SAME, case.why
        elif case.same == "no":
            assert value < OTHER, case.why
        else:
            assert 0.5 <= value <= 0.85, case.why

    def test_it_says_nothing_without_a_word(self):
        assert organisation_alike("…", "NATO") is None

    def test_another_order_is_a_little_less(self):
        """The Syrian Free Army is another than the Free Syrian Army; most turned names are translations."""
        value = organisation_alike("Free Syrian Army", "Syrian Free Army")
        assert value is not None
        assert 0.9 < value < 1.0

    @given(st.text(max_size=40), st.text(max_size=40))
    def test_any_texts_have_a_value_either_way_round(self, left, right):
        value = organisation_alike(left, right)
        assert value is None or 0.0 <= value <= 1.0
        assert value == organisation_alike(right, left)
