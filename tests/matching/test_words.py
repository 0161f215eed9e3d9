"""Words of names: alike across spellings and scripts, and not across words."""

import pytest

from gazetteer.matching.words import ALIKE, Word, joined, word_alike, words


def only(text: str) -> Word:
    (found,) = words(text)
    return found


class TestWordAlike:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("Shanahan", "Шанахан"),
            ("Soleimani", "Suleymani"),
            ("Esed", "Asad"),
            ("Trump", "ترامب"),
            ("McGurk", "Макгурк"),
            ("Zarqawi", "Zerkavi"),
            ("Golani", "Julani"),
            ("Kadhimi", "Kazemi"),
            ("Votel", "فوتيل"),
            ("Othman", "Osman"),
        ],
    )
    def test_spellings_of_one_word(self, left, right):
        assert word_alike(only(left), only(right)) >= ALIKE

    @pytest.mark.parametrize(
        ("left", "right"), [("Omar", "Amir"), ("Sadr", "Badr"), ("ordu", "رد"), ("Fatimid", "داعش"), ("82", "81")]
    )
    def test_two_words(self, left, right):
        assert word_alike(only(left), only(right)) == 0.0

    def test_it_is_the_same_either_way_round(self):
        assert word_alike(only("Baghdadi"), only("بغدادي")) == word_alike(only("بغدادي"), only("Baghdadi"))

    def test_only_a_spelling_is_itself(self):
        assert word_alike(only("Saleh"), only("Salih")) < word_alike(only("Saleh"), only("saleh")) == 1.0


class TestWords:
    def test_sorani_writes_its_vowels(self):
        assert [each.abjad for each in words("ئەبوبەکر بەغدادی")] == [False, False]
        assert [each.abjad for each in words("أبو بكر")] == [True, True]

    def test_an_initial_is_one_letter(self):
        assert [each.initial for each in words("P. 7 Shanahan")] == [True, False, False]

    def test_words_are_joined(self):
        assert joined(words("Ali Reza")).roman == "alireza"
