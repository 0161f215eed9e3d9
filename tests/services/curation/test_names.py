"""Editing names: an editor's word stands against what loads say."""

import pytest

from gazetteer.errors import Conflict, InvalidInput, NotFound
from gazetteer.importers.record import NameRecord
from gazetteer.services import entities
from gazetteer.services.curation.names import Which, add_name, change_name, retire_name
from gazetteer.services.feed import since
from tests.services.curation.editing import BY, HAWIJA, loaded


@pytest.fixture
def filled(sessions):
    loaded(sessions)
    return sessions


def names(sessions):
    found = entities.get(sessions, HAWIJA).names
    return {(each.text, each.language, each.role, each.source) for each in found}


class TestAdd:
    def test_the_name_is_there(self, filled):
        edited = add_name(filled, HAWIJA, NameRecord("Hawiga", "en", "misspelling", "1990", "2003"), BY)

        assert ("Hawiga", "en", "misspelling", "edits") in names(filled)
        assert entities.get(filled, HAWIJA).changed.generation == edited.generation

    def test_it_may_be_credited_to_a_source(self, filled):
        add_name(filled, HAWIJA, NameRecord("Hawiga", source="geonames"), BY)

        assert ("Hawiga", None, "variant", "geonames") in names(filled)

    def test_no_load_takes_it_away(self, filled):
        add_name(filled, HAWIJA, NameRecord("Hawiga", source="geonames"), BY)
        loaded(filled)

        assert ("Hawiga", None, "variant", "geonames") in names(filled)

    def test_a_name_that_is_there_is_a_conflict(self, filled):
        with pytest.raises(Conflict) as caught:
            add_name(filled, HAWIJA, NameRecord("Hawijah", "en"), BY)
        assert caught.value.field == "name"

    @pytest.mark.parametrize(
        ("name", "field"),
        [
            (NameRecord(""), "name"),
            (NameRecord("a\nb"), "name"),
            (NameRecord("x" * 301), "name"),
            (NameRecord("x", "english"), "language"),
            (NameRecord("x", role="alias"), "role"),
            (NameRecord("x", valid_to="2020-13"), "valid_to"),
            (NameRecord("x", source="nobody"), "source"),
        ],
    )
    def test_what_cannot_be_names_its_field(self, filled, name, field):
        with pytest.raises(InvalidInput) as caught:
            add_name(filled, HAWIJA, name, BY)
        assert caught.value.field == field


class TestChange:
    def test_what_a_load_said_is_struck_out_for_good(self, filled):
        change_name(filled, HAWIJA, Which("Hawijah"), {"text": "Hawiyah", "role": "misspelling"}, BY)
        loaded(filled)

        assert {each[:3] for each in names(filled) if each[1] == "en"} == {("Hawiyah", "en", "misspelling")}

    def test_dates_alone_may_change(self, filled):
        change_name(filled, HAWIJA, Which("Hawijah"), {"valid_from": "1990"}, BY)
        change_name(filled, HAWIJA, Which("Hawijah"), {"valid_from": "1991"}, BY)

        found = [each for each in entities.get(filled, HAWIJA).names if each.text == "Hawijah"]
        assert [each.valid_from for each in found] == ["1991"]

    def test_what_is_so_already_writes_nothing(self, filled):
        assert not change_name(filled, HAWIJA, Which("Hawijah"), {"role": "variant"}, BY).changed

    def test_the_name_it_goes_by_is_changed_with_the_record(self, filled):
        with pytest.raises(Conflict, match="goes by"):
            change_name(filled, HAWIJA, Which("Hawija"), {"text": "Hawiya"}, BY)

    def test_a_field_that_is_none_is_named(self, filled):
        with pytest.raises(InvalidInput) as caught:
            change_name(filled, HAWIJA, Which("Hawijah"), {"script": "Latn"}, BY)
        assert caught.value.field == "script"


class TestRetire:
    def test_no_load_brings_it_back(self, filled):
        retire_name(filled, HAWIJA, Which("الحويجة"), BY)
        loaded(filled)

        assert "الحويجة" not in {each[0] for each in names(filled)}

    def test_an_editor_may(self, filled):
        retire_name(filled, HAWIJA, Which("Hawijah"), BY)
        add_name(filled, HAWIJA, NameRecord("Hawijah", "en"), BY)

        assert ("Hawijah", "en", "variant", "edits") in names(filled)

    def test_the_history_tells_which(self, filled):
        edited = retire_name(filled, HAWIJA, Which("Hawijah"), BY)

        (entry,) = since(filled, edited.generation - 1).entries
        assert (entry.action, entry.before["name"]["text"]) == ("retire name", "Hawijah")

    def test_the_name_it_goes_by_stays(self, filled):
        with pytest.raises(Conflict, match="goes by"):
            retire_name(filled, HAWIJA, Which("Hawija"), BY)

    def test_a_name_that_it_has_not_is_not_found(self, filled):
        with pytest.raises(NotFound):
            retire_name(filled, HAWIJA, Which("Hawijah", "fr"), BY)

    def test_a_text_of_two_names_needs_its_language(self, filled):
        add_name(filled, HAWIJA, NameRecord("Hawijah", "fr"), BY)
        with pytest.raises(Conflict, match="say language and role"):
            retire_name(filled, HAWIJA, Which("Hawijah"), BY)
        retire_name(filled, HAWIJA, Which("Hawijah", "fr"), BY)

        assert ("Hawijah", "en", "variant", "geonames") in names(filled)
