import numpy as np
import pytest

from gazetteer.errors import BadSnapshot
from gazetteer.index import format

ABOUT = {
    "generation": 3,
    "created": "2026-01-01T00:00:00+00:00",
    "counts": {},
    "keys": "k",
    "lists": {"kinds": ["place"]},
}


@pytest.fixture
def folder(tmp_path):
    arrays = {"long": np.arange(10_000), "empty": np.zeros(0, dtype=np.uint32)}
    format.write(tmp_path / "snapshot", arrays, **ABOUT)
    return tmp_path / "snapshot"


def written(index, generation):
    staged = format.staging(index)
    format.write(staged, {"one": np.arange(3)}, **(ABOUT | {"generation": generation}))
    return format.publish(index, staged, generation)


class TestRead:
    def test_arrays_come_back_as_they_were(self, folder):
        manifest, arrays = format.read(folder)
        assert manifest.generation == 3
        assert arrays["long"].tolist() == list(range(10_000))
        assert len(arrays["empty"]) == 0

    def test_a_missing_folder_is_refused_with_the_command_that_makes_one(self, tmp_path):
        with pytest.raises(BadSnapshot, match="gazetteer index build"):
            format.read(tmp_path / "nothing")

    def test_a_file_cut_off_is_refused_at_opening(self, folder):
        path = folder / "long.npy"
        path.write_bytes(path.read_bytes()[:-8])
        with pytest.raises(BadSnapshot, match="cut off"):
            format.read(folder)

    @pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"body": {}}'])
    def test_a_damaged_manifest_is_refused(self, folder, damage):
        (folder / format.MANIFEST).write_bytes(damage)
        with pytest.raises(BadSnapshot):
            format.read(folder)

    def test_a_manifest_that_was_edited_is_refused(self, folder):
        path = folder / format.MANIFEST
        path.write_bytes(path.read_bytes().replace(b'"generation": 3', b'"generation": 4'))
        with pytest.raises(BadSnapshot, match="damaged"):
            format.read(folder)

    def test_another_format_is_refused(self, folder, monkeypatch):
        monkeypatch.setattr(format, "FORMAT", format.FORMAT + 1)
        with pytest.raises(BadSnapshot, match="build it anew"):
            format.read(folder)


class TestProblems:
    def test_a_sound_snapshot_has_none(self, folder):
        assert format.problems(folder) == []

    def test_one_flipped_bit_is_found(self, folder):
        path = folder / "long.npy"
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
        assert format.problems(folder) == ["long.npy does not have the bytes that were written"]

    def test_each_bad_file_is_named(self, folder):
        (folder / "long.npy").unlink()
        (folder / "empty.npy").write_bytes(b"")
        assert len(format.problems(folder)) == 2


class TestPublish:
    def test_the_newest_becomes_current_and_two_stay(self, tmp_path):
        """Two generations are kept: the one served, and the one before it."""
        for generation in (1, 2, 3):
            written(tmp_path, generation)
        assert (tmp_path / "current").resolve().name == "3"
        assert sorted(each.name for each in tmp_path.iterdir() if each.name[0] != ".") == ["2", "3", "current"]

    def test_a_generation_built_again_does_not_write_over_the_one_in_use(self, tmp_path):
        first, second = written(tmp_path, 5), written(tmp_path, 5)
        assert first != second
        assert first.exists()
        assert (tmp_path / "current").resolve() == second

    def test_a_mapped_snapshot_outlives_its_files(self, tmp_path):
        """A reader goes on with the generation it opened, though its folder has been removed."""
        _, arrays = format.read(written(tmp_path, 1))
        for generation in (2, 3):
            written(tmp_path, generation)
        assert arrays["one"].tolist() == [0, 1, 2]

    def test_an_older_generation_does_not_take_a_newer_ones_place(self, tmp_path):
        """Two builds may overlap: who began first may end last."""
        staged = format.staging(tmp_path)
        format.write(staged, {"one": np.arange(3)}, **(ABOUT | {"generation": 2}))
        newer = written(tmp_path, 4)
        format.publish(tmp_path, staged, 2)
        assert (tmp_path / "current").resolve() == newer

    def test_a_path_that_is_no_folder_is_a_bad_snapshot(self, folder):
        with pytest.raises(BadSnapshot):
            format.read(folder / "long.npy")

    def test_a_generation_built_a_third_time_becomes_current(self, tmp_path):
        """Names of folders that were pruned are free again, and say nothing of which build is the newest."""
        builds = [written(tmp_path, 5) for _ in range(4)]
        assert (tmp_path / "current").resolve() == builds[-1]
        assert all(
            each.name[0] == "." or each == tmp_path / "current" or each in builds[-2:] for each in tmp_path.iterdir()
        )
