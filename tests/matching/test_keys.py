import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.keys import LONGEST_SKELETON, deletions, key, skeleton, spell
from gazetteer.text.tokens import analyse

SAME_SKELETON = [
    ("Hawija", "Hawijah", "al-Hawija", "Al Ḩawījah", "الحويجة", "حەوێجە", "Huwaija"),
    ("Baghuz", "Baghouz", "الباغوز", "Al-Baghuz"),
    ("Deir ez-Zour", "Deir el-Zour", "Deir Al Zor", "Dayr az-Zawr", "دير الزور", "Дейр-эз-Зор"),
    ("Irbil", "Erbil", "Arbil", "أربيل"),
]


class TestSkeleton:
    @pytest.mark.parametrize("spellings", SAME_SKELETON, ids=lambda spellings: spellings[0])
    def test_writers_of_one_name_share_a_skeleton(self, spellings):
        """Vowels, articles and scripts aside, one name has one skeleton."""
        assert len({skeleton(analyse(each).core) for each in spellings}) == 1

    def test_names_of_different_places_differ(self):
        assert skeleton(analyse("Tal Afar").core) != skeleton(analyse("Tal Abyad").core)

    @given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1))
    def test_a_core_never_has_an_empty_skeleton(self, core):
        """An empty key would gather every name that has none."""
        assert skeleton(core)

    @given(st.text("bdfgklmnrstz", max_size=60))
    def test_a_skeleton_is_bounded(self, core):
        assert len(skeleton(core)) <= max(LONGEST_SKELETON, 1)


class TestDeletions:
    def test_each_consonant_is_left_out_once(self):
        assert deletions("drzr") == {"rzr", "dzr", "drr", "drz"}

    def test_a_single_consonant_is_not_deleted(self):
        """The empty deletion would make a neighbour of every other single consonant."""
        assert deletions("h") == set()

    @given(st.text("bdfgk", max_size=LONGEST_SKELETON), st.integers(0, 15))
    def test_one_deletion_is_among_them(self, text, place):
        shorter = text[:place] + text[place + 1 :]
        assert len(text) < 2 or shorter == text or shorter in deletions(text)


def test_keys_do_not_depend_on_the_process():
    """A key is written to disk by one process and searched by another."""
    assert key("hawija") == 0x1C1FEC6CA9D96A10


def test_telling_words_are_bits_of_their_own():
    assert spell("Old Mosul").modifiers != spell("New Mosul").modifiers
    assert spell("Mosul").modifiers == 0
