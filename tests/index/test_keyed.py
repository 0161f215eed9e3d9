"""Keys as columns: piece by piece and by several processes they are what they are one by one."""

from itertools import pairwise

import numpy as np
import pytest

from gazetteer.index import ngrams, parallel
from gazetteer.index.keyed import FRESH, loosened, shortened, spelled
from gazetteer.index.ngrams import postings_of_trigrams
from gazetteer.matching.keys import deletions, key, loosen, script_bit, spell

TEXTS = ["Hawija", "الحويجة", "Tal Abyad", "Tell Abyad", "!", "Qaryat al-Hawija (Iraq)", "Кобани", "Camp 7", "Aa"]


def ignored(_: int) -> None:
    """Nobody watches."""


@pytest.fixture(params=["at once", "in pieces", "by processes"])
def cut(request, monkeypatch) -> None:
    """How the work is cut."""
    if request.param != "at once":
        monkeypatch.setattr(parallel, "PIECE", 2)
    if request.param == "by processes":
        monkeypatch.setattr(parallel, "WORTHWHILE", 1)
        monkeypatch.setattr("os.cpu_count", lambda: 2)


@pytest.mark.usefixtures("cut")
class TestColumns:
    def test_texts_have_the_keys_that_each_has_alone(self):
        """In their order, with their cores."""
        made, cores = spelled(TEXTS, FRESH, ignored)
        alone = [spell(each) for each in TEXTS]
        begins = made.begins.tolist()

        assert made.exact.tolist() == [each.exact for each in alone]
        assert made.concepts.tolist() == [each.concepts for each in alone]
        assert made.modifiers.tolist() == [each.modifiers for each in alone]
        assert made.scripts.tolist() == [script_bit(each.script) for each in alone]
        assert [tuple(cores[number] for number in made.core[begin:end]) for begin, end in pairwise(begins)] == [
            each.cores for each in alone
        ]
        assert len(set(cores)) == len(cores)

    def test_cores_have_the_skeletons_that_each_has_alone(self):
        """Skeletons are numbered in the order of their keys."""
        _, cores = spelled(TEXTS, FRESH, ignored)
        made, skeletons, keys = loosened(cores, FRESH, ignored)
        alone = [loosen(each) for each in cores]

        assert [skeletons[number] for number in made.skeleton] == [each.skeleton for each in alone]
        assert made.sound.tolist() == [key(each.phonetic) if each.phonetic else 0 for each in alone]
        assert keys.tolist() == sorted(key(each) for each in skeletons)

    def test_skeletons_have_the_deletions_that_each_has_alone(self):
        """Each with its skeleton."""
        skeletons = ["hg", "tlbd", "h", "kbn"]
        keys, of = shortened(skeletons, ignored)

        assert {(number, value) for number, value in zip(of.tolist(), keys.tolist(), strict=True)} == {
            (number, key(less)) for number, each in enumerate(skeletons) for less in deletions(each)
        }

    def test_nothing_has_no_keys(self):
        """Columns of nothing are columns."""
        made, cores = spelled([], FRESH, ignored)

        assert (len(made.exact), made.begins.tolist(), cores) == (0, [0], [])
        assert len(shortened([], ignored)[0]) == 0


@pytest.mark.parametrize("block", [1, 3, 1000])
def test_trigrams_are_filed_alike_in_blocks_of_any_size(monkeypatch, block):
    """Each core once under each of its trigrams, in order."""
    cores = ["hawija", "aaaa", "tal abyad", "hawijah", "ab"]
    monkeypatch.setattr(ngrams, "BLOCK", block)
    arrays = postings_of_trigrams(cores)
    found = [
        (code, core)
        for code in np.flatnonzero(np.diff(arrays["trigram_begins"].astype(np.int64)))
        for core in arrays["trigram_core"][arrays["trigram_begins"][code] : arrays["trigram_begins"][code + 1]]
    ]
    owner, codes = ngrams.trigrams(cores)

    assert found == sorted(set(zip(codes.tolist(), owner.tolist(), strict=True)))
