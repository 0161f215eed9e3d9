"""Lines of plain and zipped files: what cannot be read is told with its line."""

import zipfile

import pytest

from gazetteer.errors import BadData
from gazetteer.importers import lines
from gazetteer.importers.record import Rejected


@pytest.fixture
def file(tmp_path):
    def write(content, name="XX.txt"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def archive(tmp_path):
    def write(name, **members):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as made:
            for member, text in members.items():
                made.writestr(member.replace("_", ".", 1), text)
        return path

    return write


class TestLines:
    def test_a_byte_order_mark_and_either_end_of_line(self, file):
        assert list(lines.lines(file(b"\xef\xbb\xbfa\r\nb\n\nc"))) == [(1, "a"), (2, "b"), (3, ""), (4, "c")]

    def test_only_a_newline_ends_a_line(self, file):
        """A name may hold a line separator or a vertical tab: the next row must not lose its number."""
        assert list(lines.lines(file("a\u2028b\x0bc\x85d\ne".encode()))) == [(1, "a\u2028b\x0bc\x85d"), (2, "e")]

    def test_bytes_that_are_not_utf_8_spoil_their_line_alone(self, file):
        assert list(lines.lines(file(b"a\nb\xff\nc"))) == [
            (1, "a"),
            Rejected(2, "not UTF-8 at byte 2", "XX.txt"),
            (3, "c"),
        ]

    def test_an_endless_line_is_not_read_into_memory(self, file, monkeypatch):
        monkeypatch.setattr(lines, "LONGEST", 8)
        read = list(lines.lines(file(b"1234567\n" + b"x" * 30 + b"\nshort\n")))

        assert read == [(1, "1234567"), Rejected(2, "longer than 8 bytes", "XX.txt"), (3, "short")]

    def test_a_missing_file_is_bad_data(self, tmp_path):
        with pytest.raises(BadData, match="cannot be read"):
            list(lines.lines(tmp_path / "none.txt"))


class TestZip:
    def test_the_member_that_bears_the_name_is_read(self, archive):
        path = archive("IQ.zip", readme_txt="no", IQ_txt="a\nb", other_txt="no")

        assert list(lines.lines(path)) == [(1, "a"), (2, "b")]

    def test_else_the_only_text(self, archive):
        """alternateNamesV2.zip also holds iso-languagecodes.txt; a renamed download holds what it held."""
        path = archive("download.zip", **{"readme_txt": "no", "iso-languagecodes_txt": "no", "IQ_txt": "a"})

        assert list(lines.lines(path)) == [(1, "a")]

    def test_two_texts_are_one_too_many(self, archive):
        with pytest.raises(BadData, match="holds 2 texts"):
            list(lines.lines(archive("x.zip", a_txt="", b_txt="")))

    def test_a_broken_zip_is_bad_data(self, archive, tmp_path):
        whole = archive("IQ.zip", IQ_txt="a\n" * 10_000).read_bytes()
        broken = tmp_path / "broken.zip"
        broken.write_bytes(whole[:35] + b"\xff\xff" + whole[37:])

        with pytest.raises(BadData, match="cannot be read"):
            list(lines.lines(broken))


class TestRows:
    def test_cells_are_counted_and_nul_is_refused(self, file):
        rows = list(lines.rows(file(b"a\tb\na\nc\td\x00\ne\tf"), columns=2))

        assert rows == [
            (1, ["a", "b"]),
            Rejected(2, "expected 2 columns, found 1", "XX.txt"),
            Rejected(3, "a NUL character", "XX.txt"),
            (4, ["e", "f"]),
        ]
