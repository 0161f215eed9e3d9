"""The strict loader: broken data of ours stops the program and says where."""

import pytest

from gazetteer.errors import BadData
from gazetteer.text.tables import lexicon, parse_lexicon, parse_table, table


class TestTable:
    def test_comments_and_blank_lines_are_no_rows(self):
        assert parse_table("# why\na\tb\n\n# more\nx\ty\n", "t.tsv") == (("x", "y"),)

    def test_trailing_cells_may_be_left_out(self):
        assert parse_table("a\tb\tc\nx\n", "t.tsv") == (("x", "", ""),)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("a\tb\nx\ty\nx\tz\n", "t.tsv:3: 'x' comes twice"),
            ("a\tb\nx\ty\tz\n", "t.tsv:2: 3 cells"),
            ("a\tb\n\ty\n", "first cell is empty"),
            ("# nothing\n", "no header"),
            ("a\tc\nx\ty\n", "columns are"),
        ],
    )
    def test_what_is_broken_is_refused(self, text, said):
        with pytest.raises(BadData, match=said):
            parse_table(text, "t.tsv", ("a", "b"))

    def test_several_columns_can_be_the_key(self):
        assert len(parse_table("a\tb\nx\ty\nx\tz\n", "t.tsv", keys=2)) == 2

    def test_a_file_that_is_not_there_is_broken_data(self):
        with pytest.raises(BadData, match="cannot be read"):
            table("no-such.tsv")


class TestLexicon:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("[river", "l.toml"),
            ("river = 1", "river is no table"),
            ('[river]\nen = "river"', r"\[river\] en is no list"),
            ('[river]\nen = ["river", ""]', r"\[river\] en is no list"),
            ('[river]\nen = ["river", "river"]', "twice"),
        ],
    )
    def test_what_is_broken_is_refused(self, text, said):
        with pytest.raises(BadData, match=said):
            parse_lexicon(text, "l.toml")

    def test_a_concept_keeps_its_words_by_language(self):
        assert "نهر" in lexicon("lexicon/generics.toml")["river"]["ar"]
