"""Names in Chinese characters, read by country."""

import unicodedata

import pytest

from gazetteer.text.han import hanja, head_of_a_name, japanese, kanji, korean
from gazetteer.text.tables import table


class TestKorean:
    @pytest.mark.parametrize(
        ("characters", "read"),
        [("長興", "jangheung"), ("长兴", "jangheung"), ("沃川", "okcheon"), ("槐山", "goesan"), ("固城", "goseong")],
    )
    def test_is_sino_korean_in_any_form_of_the_characters(self, characters, read):
        assert korean(characters) == (read,)

    @pytest.mark.parametrize(
        ("syllable", "said"), [("량", "양"), ("로", "노"), ("녕", "영"), ("나", "나"), ("장", "장")]
    )
    def test_follows_the_law_of_initials(self, syllable, said):
        """梁山 is Yangsan, but 平梁 Pyeongnyang."""
        assert head_of_a_name(syllable) == said

    @pytest.mark.parametrize("characters", ["", "長ヶ", "Seoul", "々"])
    def test_says_nothing_of_what_it_cannot_read(self, characters):
        assert korean(characters) == ()


class TestJapanese:
    @pytest.mark.parametrize(
        ("characters", "read"),
        [
            ("広島", "hiroshima"),
            ("广岛", "hiroshima"),
            ("長濱", "nagahama"),
            ("黒磯", "kuroiso"),
            ("鎌ヶ谷", "kamagaya"),
            ("佐々木", "sasaki"),
            ("小山", "oyama"),
            ("小山", "koyama"),
        ],
    )
    def test_has_the_likeliest_readings(self, characters, read):
        assert read in japanese(characters)

    @pytest.mark.parametrize("characters", ["大小東西南北", "小山", "島"])
    def test_has_two_at_most(self, characters):
        assert 1 <= len(japanese(characters)) <= 2

    @pytest.mark.parametrize("characters", ["", "々", "龘"])
    def test_says_nothing_of_what_it_cannot_read(self, characters):
        assert japanese(characters) == ()


class TestTables:
    def test_a_character_has_one_syllable_in_korea(self):
        rows = table("readings/hanja.tsv", "syllable", "characters", "example")
        characters = "".join(row[1] for row in rows)

        assert len(set(characters)) == len(characters)
        assert all(unicodedata.name(syllable).startswith("HANGUL SYLLABLE") for syllable in hanja().values())

    def test_readings_in_japan_are_letters_and_two_at_most(self):
        for readings in (*kanji()[0].values(), *kanji()[1].values()):
            assert 1 <= len(readings) <= 2
            assert all(each.isascii() and each.isalpha() for each in readings)

    def test_a_character_is_in_one_row_of_variants(self):
        rows = table("readings/variants.tsv", "character", "variants", "example")
        forms = "".join(row[0] + row[1] for row in rows)

        assert len(set(forms)) == len(forms)
