"""Normalising is idempotent: what has been normalised stays as it is, whatever it was made of."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.matching.keys import spell
from gazetteer.text.normalise import fold, normalise, separate, unmark
from gazetteer.text.romanise import construct, romanise
from gazetteer.text.tokens import analyse

ANY_TEXT = st.text(st.characters(), max_size=40)  # surrogates and unassigned code points too
NAME_TEXT = st.text(
    st.sampled_from("aleznrsh dAÎşıİßč'-,()/ءئأال حويجةهی\u200cـ городъ ез 市県バダヴ서울시ไทยกรุง½ﷺ"), max_size=30
)


class TestEachStep:
    """Of a text that went through it once, each step makes nothing else."""

    @pytest.mark.parametrize("step", [normalise, fold, separate, unmark, romanise], ids=lambda step: step.__name__)
    @given(text=ANY_TEXT | NAME_TEXT)
    @example(text="İΐŉ")
    @example(text="ﷺ ½")
    @example(text="ئئب ء")
    @example(text="a\u200d\u0301 \ud800")
    def test_is_idempotent(self, step, text):
        once = step(text)

        assert step(once) == once

    @given(ANY_TEXT | NAME_TEXT)
    def test_one_step_undoes_no_other(self, text):
        """A folded text is normalised and separated; a romanised one is all of it."""
        folded, roman = fold(text), " ".join(romanise(fold(text)).split())

        assert normalise(folded) == separate(folded) == folded
        assert fold(roman) == romanise(roman) == roman

    @given(ANY_TEXT | NAME_TEXT)
    @example("خربة الجوز الكبيرة")
    @example("طيبه الامام")
    def test_a_teh_marbuta_is_read_before_another_word_once(self, text):
        assert construct(construct(text)) == construct(text)


class TestTheWhole:
    @given(ANY_TEXT | NAME_TEXT)
    @example("Qarah, Syria")
    def test_the_key_of_a_spelling_is_that_of_its_folded_form(self, text):
        """A name that the index knows is found however often it has been normalised on its way."""
        folded = fold(text)

        assert not folded or spell(folded).exact == spell(normalise(text)).exact == spell(text).exact

    @given(ANY_TEXT | NAME_TEXT)
    def test_what_a_name_was_read_as_reads_as_itself(self, text):
        """Letters and words of the romanised whole are those of a name that was written so."""
        roman = analyse(text).roman

        assert analyse(roman).folded == analyse(roman).roman == roman
