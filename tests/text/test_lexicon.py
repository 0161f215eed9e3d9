"""The lexicons: every word has one role."""

import pytest

from gazetteer.errors import BadData
from gazetteer.text.lexicon import WordRole, build, load
from gazetteer.text.normalise import fold

ARTICLES = {"free": {"ar": ["al"]}, "assimilated": {}, "links": {}}
GLUED = {"articles": {}, "refused": {}, "heads": {}, "tails": {}, "last": {}}


class TestBuild:
    def test_a_word_of_two_roles_is_refused(self):
        with pytest.raises(BadData, match="'Al' is both article and generic word river"):
            build(ARTICLES, GLUED, {"river": {"en": ["Al"]}}, {})

    def test_a_word_of_two_concepts_is_refused(self):
        with pytest.raises(BadData, match="both generic word river and discriminating word old"):
            build(ARTICLES, GLUED, {"river": {"en": ["x"]}}, {"old": {"en": ["X"]}})

    def test_the_types_of_a_concept_are_no_words(self):
        assert "river" not in build(ARTICLES, GLUED, {"stream": {"types": ["river"], "en": ["x"]}}, {}).words

    def test_a_list_that_is_not_known_is_refused(self):
        with pytest.raises(BadData, match="the lists are"):
            build({**ARTICLES, "sun": {}}, GLUED, {}, {})

    def test_a_tail_must_be_a_generic_word(self):
        with pytest.raises(BadData, match="no generic word"):
            build(ARTICLES, {**GLUED, "tails": {"ja": ["県"]}}, {}, {})


class TestLoad:
    @pytest.mark.parametrize(
        "word", ["tal", "tall", "tell", "deir", "dayr", "khirbat", "abu", "umm", "bab", "kafr", "ras"]
    )
    def test_parts_of_names_have_no_role(self, word):
        """Tal Afar is not Tal Abyad: what both share is no generic word."""
        assert word not in load().words

    @pytest.mark.parametrize("word", ["old", "القديمة", "eski", "старый", "upper", "فوقاني"])
    def test_words_that_tell_places_apart_are_no_generic_words(self, word):
        assert load().words[fold(word.removeprefix("ال"))].role is WordRole.MODIFIER
