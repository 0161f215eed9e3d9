"""Rewriting: vowels that are said but not written, and signs that are not written where they are said."""

import pytest

from gazetteer.errors import BadData
from gazetteer.text.rewrites import REWRITTEN, compiled, passes_of, rewrite
from gazetteer.text.romanise import romanise


class TestRewrite:
    @pytest.mark.parametrize(
        ("name", "roman"),
        [
            ("दमिश्क", "damishk"),
            ("कदुकली", "kadukli"),
            ("सना", "sana"),
            ("म", "ma"),
            ("দামেস্ক", "damesk"),
            ("హమా", "hama"),
            ("ಕಟ್", "kat"),
            ("ငပလီ", "ngabali"),
            ("ယင်း", "yin"),
        ],
    )
    def test_writes_the_vowel_that_a_bare_consonant_is_said_with(self, name, roman):
        """Hindi and Bengali do not say it at the end of a word, Hindi not between two syllables either."""
        assert romanise(name) == roman

    @pytest.mark.parametrize(
        ("name", "roman"),
        [
            ("โคราช", "khorach"),
            ("เลย", "loei"),
            ("เมือง", "mueang"),
            ("สุรินทร์", "surin"),
            ("คอร์ฟู", "khorfu"),
            ("ໂນນສັງ", "nonsang"),
        ],
    )
    def test_puts_thai_vowels_behind_their_consonant(self, name, roman):
        """A letter under the cancelling sign is silent where Thai words have it, read where only foreign ones do."""
        assert romanise(name) == roman

    def test_leaves_a_script_without_passes_alone(self):
        assert rewrite("دمشق", "Arab") == "دمشق"

    def test_names_a_class_that_the_script_does_not_have(self):
        """A pattern is data: what is wrong with it is said with the pattern."""
        with pytest.raises(BadData, match="<vowels>"):
            compiled("<vowels>", {"consonant": "[ก-ฮ]"})

    def test_every_pass_compiles(self):
        """Not only those of the names that tests have."""
        assert all(passes_of(script) for script in REWRITTEN)
