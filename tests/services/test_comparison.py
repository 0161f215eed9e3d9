"""How a candidate came about, and what keeps the runner-up behind."""

import math

import pytest

from gazetteer.matching.types import Query
from gazetteer.services.dress import MOST
from gazetteer.services.resolve import many, one


def explained(small, name: str, **context):
    """The explained answer."""
    return one(small, Query(name, **context), explain=True)


class TestCompared:
    def test_a_known_spelling_says_so(self, small):
        assert explained(small, "Hawija").candidates[0].compared.known_spelling

    def test_a_resemblance_says_which_forms_were_compared(self, small):
        how = explained(small, "Hawijah", country="IQ").candidates[0].compared
        assert (how.known_spelling, how.form) == (False, "hawijah")
        assert how.core.startswith("h")

    @pytest.mark.parametrize("name", ["Hawijah", "Tripoli", "Deir ez-Zor", "Mosl"])
    def test_the_evidence_adds_up(self, small, name):
        """What an explanation lists is all there is."""
        for each in explained(small, name).candidates:
            assert sum(part.weight for part in each.explanation) == pytest.approx(each.compared.log_odds)

    @pytest.mark.parametrize("name", ["Hawijah", "Tripoli", "Deir ez-Zor", "Mosl"])
    def test_the_log_odds_give_the_share(self, small, name):
        """The share is that of the model, before it is calibrated to be the score."""
        found = [each.compared for each in one(small, Query(name), limit=MOST, explain=True).candidates]
        whole = 1.0 + sum(math.exp(each.log_odds) for each in found)
        assert [each.share for each in found] == pytest.approx([math.exp(each.log_odds) / whole for each in found])


class TestLead:
    def test_what_differs_most_comes_first(self, small):
        found = explained(small, "Deir ez-Zor")
        first, second = found.candidates[:2]
        lead = found.runner_up
        assert lead.id == second.id
        assert lead.log_odds == pytest.approx(first.compared.log_odds - second.compared.log_odds)
        weights = [abs(each.weight) for each in lead.differences]
        assert weights == sorted(weights, reverse=True)
        assert lead.differences[0].feature in lead.because
        assert "Deir ez-Zor Governorate (admin1, SY) is" in lead.because

    def test_a_runner_up_beyond_the_limit_is_told_too(self, small):
        alone = one(small, Query("Deir ez-Zor"), limit=1, explain=True)
        assert alone.runner_up == explained(small, "Deir ez-Zor").runner_up

    def test_without_a_second_candidate_there_is_none(self, small):
        assert explained(small, "Euphrates").runner_up is None

    def test_bulk_explains_as_a_look_up_does(self, small):
        names = ["Deir ez-Zor", "Tripoli", "Hawijah", "!!!"]
        together = many(small, [Query(each) for each in names], limit=5, explain=True)
        assert [str(each) for each in together] == [str(explained(small, each)) for each in names]
