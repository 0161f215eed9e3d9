"""Language tags: strict for data of ours, forgiving for what sources write."""

import pytest

from gazetteer.importers.languages import is_tag, tag_of


class TestIsTag:
    @pytest.mark.parametrize("tag", ["en", "ckb", "kmr", "ku", "und", "sr-Latn", "zh-TW", "es-419", "be-tarask", "aii"])
    def test_canonical_tags_of_registered_languages(self, tag):
        assert is_tag(tag)

    @pytest.mark.parametrize("tag", ["", "eng", "kur", "EN", "xx", "xxq", "en-us", "en_US", "sr-latn", "english", "e"])
    def test_anything_else_is_none(self, tag):
        """The shortest code, the recommended case: one way to write each language."""
        assert not is_tag(tag)


class TestTagOf:
    @pytest.mark.parametrize(
        ("written", "tag"),
        [
            ("kur", "ku"),
            ("bul", "bg"),
            ("ckb", "ckb"),
            ("zho_tw", "zh-TW"),
            ("PT-br", "pt-BR"),
            ("sr_latn", "sr-Latn"),
            ("bih", "bih"),
            ("x", None),
            ("", None),
            ("english", None),
            ("q1", None),
        ],
    )
    def test_what_sources_write(self, written, tag):
        assert tag_of(written) == tag
