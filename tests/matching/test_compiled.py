"""The cache of compiled loops: it must know every file that has one."""

from importlib.resources import files

from gazetteer.matching.compiled import LOOPS, writable


def test_every_file_with_a_compiled_loop_is_in_the_digest():
    """A loop of a file that the digest does not know would run as it was before the last change."""
    package = files("gazetteer")
    having = {
        f"{folder}/{each.name}"
        for folder in ("text", "matching", "index", "services")
        for each in package.joinpath(folder).iterdir()
        if each.name.endswith(".py") and "\n@compiled\n" in each.read_text(encoding="utf-8")
    }
    assert having == set(LOOPS)


def test_a_folder_under_a_file_cannot_be_written(tmp_path):
    """Not even by root, whom permissions do not stop."""
    (tmp_path / "file").write_text("")
    assert not writable(tmp_path / "file" / "loops")
    assert writable(tmp_path / "loops")
