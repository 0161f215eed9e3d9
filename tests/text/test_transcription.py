"""Names from abroad in Chinese characters."""

import pytest

from gazetteer.text.romanise import romanise


class TestReadTranscribed:
    @pytest.mark.parametrize(
        ("name", "roman"),
        [("大马士革", "damashige"), ("卡尔巴拉", "karbara"), ("斯塔夫羅韋", "stavrowe"), ("基納", "kina")],
    )
    def test_reads_the_sounds_that_characters_were_chosen_for(self, name, roman):
        """A word with one character that writes no foreign sound keeps its Mandarin reading."""
        assert romanise(name) == roman

    @pytest.mark.parametrize(("name", "roman"), [("北京", "beijing"), ("南京", "nanjing"), ("馬", "ma")])
    def test_leaves_the_names_of_china_to_mandarin(self, name, roman):
        """So is a single character, which transcribes nothing."""
        assert romanise(name) == roman
