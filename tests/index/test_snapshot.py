import numpy as np
import pytest

from gazetteer.errors import BadSnapshot
from gazetteer.index.snapshot import Postings, Snapshot
from tests.index.small import DEIR_PROVINCE, HAWIJA, rows, snapshot


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return snapshot(tmp_path_factory.mktemp("index") / "small")


class TestPostings:
    def test_each_value_says_which_key_found_it(self):
        postings = Postings(np.array([3, 9], dtype=np.uint64), np.array([0, 2, 3]), np.array([7, 8, 5]))
        asked, values = postings.find(np.array([9, 4, 3, 100], dtype=np.uint64))
        assert sorted(zip(asked.tolist(), values.tolist(), strict=True)) == [(0, 5), (2, 7), (2, 8)]

    def test_no_keys_at_all_find_nothing(self):
        empty = Postings(np.zeros(0, np.uint64), np.zeros(1, np.uint32), np.zeros(0, np.uint32))
        assert len(empty.find(np.array([1], dtype=np.uint64))[1]) == 0


class TestEntities:
    def test_entities_are_in_order_of_prior(self, small):
        """Whoever keeps the order of numbers has the likeliest record first."""
        prior = small.entities.prior
        assert (prior[:-1] >= prior[1:]).all()

    def test_a_record_is_found_by_its_id(self, small):
        found = small.entities.find("hawija")
        assert small.entities.name[found] == "Hawija"
        assert small.entities.identifiers(found) == {"geonames": "390188"}

    @pytest.mark.parametrize("unknown", ["", "nobody", "zzzzzzzzzzzzzzzzzzzzzzzz", "حويجة", "hawija\0"])
    def test_an_unknown_id_finds_nothing(self, small, unknown):
        assert small.entities.find(unknown) is None

    def test_a_record_knows_its_first_order_unit(self, small):
        entities = small.entities
        assert entities.name[entities.admin1[entities.find("hawija")]] == "Kirkuk Governorate"
        assert entities.admin1[entities.find("mosul")] == -1


def test_names_of_records_left_out_are_left_out(tmp_path):
    """A snapshot may leave records out on purpose; then nothing of theirs is in it."""
    given = rows()
    left = [each for each in given.entities if each.row not in (HAWIJA, DEIR_PROVINCE)]
    less = snapshot(tmp_path / "less", type(given)(7, left, given.names, given.identifiers, given.parents))
    assert less.entities.find("hawija") is None
    assert "Hawija" not in list(less.names.text)
    assert less.entities.admin1[less.entities.find("deir")] == -1


def test_a_snapshot_whose_keys_others_made_is_refused(tmp_path, monkeypatch):
    """Tables that changed since would look names up under keys that the index does not have, and find nothing."""
    made = snapshot(tmp_path / "made")
    monkeypatch.setattr("gazetteer.index.snapshot.fingerprint", lambda: "another version")
    with pytest.raises(BadSnapshot, match="builds it anew"):
        Snapshot(made.folder)
