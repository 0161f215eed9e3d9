"""Explaining a record of the caller's choice."""

import pytest

from gazetteer.errors import InvalidInput, LimitExceeded, Merged, NotFound
from gazetteer.index.rows import EntityRow
from gazetteer.matching.types import Query
from gazetteer.services.explain import one
from gazetteer.services.resolve import Resolver
from gazetteer.services.resolve import one as look_up
from tests.index.small import rows, snapshot


def why(small, name: str, id: str, **context):
    """The explanation."""
    return one(small, Query(name, **context), id)


class TestAmong:
    """A record that is a candidate is explained as a look-up has it."""

    def test_the_match(self, small):
        found = why(small, "Hawijah", "hawija", country="IQ")
        assert found.rank == 1
        assert "is the match" in found.verdict
        assert found.candidate.explanation

    @pytest.mark.parametrize("name", ["Deir ez-Zor", "Tripoli", "Kirkuk"])
    def test_rank_and_score_are_those_of_the_look_up(self, small, name):
        for rank, each in enumerate(look_up(small, Query(name), limit=50, explain=True).candidates, start=1):
            found = why(small, name, each.id)
            assert (found.rank, found.candidate) == (rank, each)
            assert found.excluded == ()

    def test_what_comes_second_says_what_it_is_behind(self, small):
        found = why(small, "Deir ez-Zor", "deir-p")
        assert found.rank == 2
        assert "candidate 2, behind Deir ez-Zor (settlement" in found.verdict
        assert found.lead.id == "deir-p"

    def test_the_first_of_an_ambiguous_query_is_not_sure(self, small):
        first = look_up(small, Query("Tripoli")).candidates[0]
        assert "not sure enough" in why(small, "Tripoli", first.id).verdict


class TestOutside:
    """A record that is no candidate is compared all the same."""

    def test_what_binds_is_said(self, small):
        found = why(small, "Tal Abyad", "tal-abyad", country="IQ")
        assert found.rank is None
        assert found.excluded == ("it is in SY, not in IQ",)
        assert "it is in SY, not in IQ" in found.verdict
        assert found.candidate.matched_name.text == "Tal Abyad"
        assert found.candidate.compared.known_spelling

    def test_that_others_bear_the_name_is_said(self, small):
        found = why(small, "Mosul", "tal-abyad")
        assert (found.rank, found.excluded) == (None, ())
        assert "others bear this very name" in found.verdict
        assert found.candidate.score < 0.01

    def test_that_nothing_was_close_is_said(self, small):
        found = why(small, "Hogsmeade", "isis")
        assert "none of its names is close enough" in found.verdict
        assert found.candidate.explanation

    def test_the_answer_is_what_a_look_up_says(self, small):
        """The record brought in does not change it."""
        found, plain = why(small, "Mosul", "tal-abyad"), look_up(small, Query("Mosul"), limit=1, explain=True)
        assert found.answer == plain

    @pytest.mark.parametrize("name", ["!!!", "\u202e"])
    def test_a_name_that_nothing_can_be_compared_with(self, small, name):
        found = why(small, name, "mosul")
        assert found.candidate is None
        assert "could be compared with" in found.verdict

    def test_a_record_without_names(self, tmp_path):
        nameless = EntityRow(99, "nameless", "place", "settlement", "IQ", "Nameless", None, None, None, 30)
        resolver = Resolver(snapshot(tmp_path / "index", rows([nameless])))
        assert why(resolver, "Mosul", "nameless").candidate is None


def held(id: str) -> object:
    """A database that knows two ids more than the snapshot."""
    if id == "merged":
        raise Merged("merged was merged into hawija", survivor="hawija")
    if id != "newer":
        raise NotFound(f"no record has the id {id!r}", field="id")
    return id


class TestRefusals:
    @pytest.mark.parametrize("id", ["nobody", "HAWIJA", "hawija ", "a" * 300, "é"])
    def test_an_unknown_id_is_not_found(self, small, id):
        for database in (None, held):
            with pytest.raises(NotFound) as caught:
                one(small, Query("Hawija"), id, database)
            assert caught.value.field == "entity"

    def test_a_merged_id_leads_to_its_survivor(self, small):
        with pytest.raises(Merged) as caught:
            one(small, Query("Hawija"), "merged", held)
        assert caught.value.survivor == "hawija"

    def test_a_record_newer_than_the_snapshot_says_so(self, small):
        with pytest.raises(NotFound, match="newer than the snapshot"):
            one(small, Query("Hawija"), "newer", held)

    @pytest.mark.parametrize("id", ["", "  ", "a\0b", "\ud800", "a" * 301])
    def test_what_can_be_no_id_is_refused(self, small, id):
        with pytest.raises((InvalidInput, LimitExceeded)) as caught:
            why(small, "Hawija", id)
        assert caught.value.field == "entity"

    @pytest.mark.parametrize("query", [Query(""), Query("Mosul", country="XX"), Query("Mosul", lat=1.0)])
    def test_a_query_that_cannot_be_used_is_refused_first(self, small, query):
        """Whatever the id."""
        for id in ("hawija", "nobody"):
            with pytest.raises(InvalidInput):
                one(small, query, id)
