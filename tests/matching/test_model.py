"""The weights file: every feature weighed, no weight without a feature, and a broken file refused as a whole."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import BadData
from gazetteer.matching.model import CONTEXTS, FILE, GROUPS, model, parse
from gazetteer.matching.score import RECIPE
from gazetteer.text.tables import read

SHARES = st.lists(st.floats(0, 1), min_size=2, max_size=20).map(sorted)


class TestTheFile:
    def test_every_feature_has_a_weight_and_every_weight_a_feature(self):
        names = [weighted.name for weighted in RECIPE]
        assert len(set(names)) == len(names)
        assert set(model().weights) == set(names)

    @pytest.mark.parametrize("name", [weighted.name for weighted in RECIPE])
    def test_weights_are_numbers_and_neutral_is_a_value(self, name):
        """A value is from 0 to 1; where it is neutral, a feature adds nothing."""
        weight = model().weights[name]
        assert np.isfinite([weight.placed, weight.anywhere]).all()
        assert 0.0 <= weight.neutral <= 1.0

    @pytest.mark.parametrize("group", GROUPS)
    @given(shares=SHARES)
    def test_a_greater_share_is_never_a_lower_score(self, group, shares):
        scores = model().curves[group](np.array(shares))
        assert (np.diff(scores) >= 0).all()
        assert ((scores >= 0) & (scores <= 1)).all()

    @pytest.mark.parametrize("group", GROUPS)
    def test_what_has_no_share_has_no_score(self, group):
        assert model().curves[group](0.0) == 0.0

    @pytest.mark.parametrize("placed", [True, False])
    @given(precisions=SHARES)
    def test_who_wants_more_precision_needs_a_higher_score(self, placed, precisions):
        scores = [model().threshold(each, placed) for each in precisions]
        assert scores == sorted(scores)


def changed(pattern: str, into: str) -> str:
    """The file with one change."""
    text, times = re.subn(pattern, into, read(FILE), count=1, flags=re.DOTALL)
    assert times == 1, pattern
    return text


class TestRefusals:
    def test_the_file_itself_is_read(self):
        assert parse(read(FILE)).weights == model().weights

    @pytest.mark.parametrize(
        ("pattern", "into"),
        [
            (r"\[features\.any_record\]\n", "[features.any_record\n"),
            (r"\[features\.any_record\]\nweight = [-\d.]+", "[features.any_record]"),
            (r"\[features\.any_record\]\nweight = [-\d.]+", "[features.any_record]\nweight = 'much'"),
            (r"\[features\.any_record\]\nweight = [-\d.]+", "[features.any_record]\nweight = [1]"),
            (r"\[calibration\]\n", ""),
            (r"known = \[\n.*?\n\]", ""),
            (r"known = \[\n.*?\n\]", "known = []"),
            (r"known = \[\n.*?\n\]", "known = [[0.0, 0.0], [1.0]]"),
            (r"known = \[\n.*?\n\]", "known = [[0.0, 0.0], [0.5, 0.7], [1.0, 0.6]]"),
            (r"known = \[\n.*?\n\]", "known = [[0.0, 0.0], [0.5, 0.6], [0.5, 0.7]]"),
            (r"known = \[\n.*?\n\]", "known = [[0.0, 0.0], [1.0, 1.1]]"),
            (r"known = \[\n.*?\n\]", "known = [[0.0, -0.1], [1.0, 0.9]]"),
            (r"placed = \[\n.*?\n\]", "placed = [[0.8, 0.7], [0.9, 0.6]]"),
            (r"placed = \[\n.*?\n\]", ""),
            (r"\[thresholds\].*", ""),
        ],
    )
    def test_a_file_that_is_broken_is_refused_as_a_whole(self, pattern, into):
        """A part that is missing, a curve that falls or leaves [0, 1], what is no number."""
        with pytest.raises(BadData, match=re.escape(FILE)):
            parse(changed(pattern, into))

    def test_no_precision_is_promised_in_a_context_that_was_not_measured(self):
        assert set(model().thresholds) == set(CONTEXTS)
