"""What `make bench` measures and writes down: the names asked, the gazetteers made up, the page."""

import json

import pytest

from benchmarks import adversarial, page
from benchmarks.beside import OURS
from benchmarks.measure import Figure, private
from benchmarks.peers import BULK, CDIST, ONE_BY_ONE, opened, trigram_table
from benchmarks.synthetic import World
from gazetteer.index.build import build
from gazetteer.matching.types import Query
from gazetteer.services.evaluate.inventory import Named
from tests.index import small

NAMES = [Named(0, "IQ", "hawija"), Named(1, "SY", "hawijah"), Named(2, "IQ", "kirkuk"), Named(2, None, "karkuk")]


@pytest.fixture(scope="module")
def world() -> World:
    """The small gazetteer."""
    return World(small.rows())


class TestSynthetic:
    @pytest.mark.parametrize("size", [5, 18, 60])
    def test_a_gazetteer_has_the_size_asked_for_and_is_the_same_every_time(self, world, size):
        """Fewer records than there are, all, or more."""
        made = [world.of(size, [small.HAWIJA]) for _ in range(2)]
        entities, names, parents = (
            [list(getattr(each, what)) for each in made] for what in ("entities", "names", "parents")
        )

        assert len(entities[0]) == len({each.row for each in entities[0]}) == len({e.id for e in entities[0]}) == size
        assert (entities[0], names[0], parents[0]) == (entities[1], names[1], parents[1])
        assert small.HAWIJA in {each.row for each in entities[0]}
        assert {each.row for each in names[0]} <= {each.row for each in entities[0]}

    def test_it_can_be_built(self, world, tmp_path):
        """Through the builder that everybody uses."""
        assert build(world.of(60, []), tmp_path / "built").counts["entities"] == 60


class TestAdversarial:
    def test_queries_are_distinct_and_the_same_every_time(self, tmp_path):
        """As many as are asked for, of every sort, none longer than allowed."""
        snapshot = small.snapshot(tmp_path / "built")
        found = adversarial.queries(snapshot, 200)

        assert found == adversarial.queries(snapshot, 200)
        assert len(set(found)) == 200
        assert max(len(each.name) for each in found) == adversarial.LONGEST


class TestPeers:
    @pytest.mark.parametrize("peer", ["rapidfuzz cdist", "rapidfuzz extractOne", "SQLite FTS5"])
    def test_the_best_record_is_found_in_the_country_or_anywhere(self, peer):
        """Of equals the first; none where the country has no name."""
        queries = [Query("Hawijah", country="IQ"), Query("Hawijah"), Query("Kirkūk"), Query("Hawijah", country="TR")]
        with opened(peer, NAMES, None) as opened_peer:
            assert opened_peer.best(queries) == [0, 1, 2, None]

    def test_what_has_no_trigram_is_not_found(self):
        """Nor does it trip over quotes."""
        with trigram_table(NAMES) as table:
            assert table.best([Query("ha"), Query('ki"rkuk')]) == [None, 2]


class TestPage:
    def test_a_figure_stands_beside_what_is_wanted(self):
        """What falls short says by how much."""
        assert page.judged(Figure("rate", 30_000, "names/s", least=60_000))[1:] == (
            *("≥ 60,000 names/s", "30,000 names/s", "short: 50% of it"),
        )
        assert page.judged(Figure("worst", 500, "ms", most=250))[-1] == "over: 2.0 times"
        assert page.judged(Figure("worst", 31.25, "ms", most=250))[1:] == ("≤ 250 ms", "31.2 ms", "yes")

    def test_ours_is_so_many_times_as_fast_as_a_peer(self, tmp_path):
        """With the quality of both, and a dash where a peer has no such way."""

        def reached(who, how, rate, at_1):
            label = {"part": "unseen", "context": "none", "rows": 9}
            return {"who": who, "how": how, **label, "rate": rate, "at_1": at_1}

        beside = [
            *(reached(OURS, how, 1000, 0.7) for how in (ONE_BY_ONE, BULK)),
            reached(CDIST, BULK, 10, 0.4),
        ]
        (tmp_path / "beside.json").write_text(json.dumps(beside))
        said = page.block(tmp_path)

        assert f"| unseen | none | {BULK} | 9 | 1,000/s, 0.700 | **100 ×** (10/s, 0.400) | – |" in said
        assert f"| unseen | none | {ONE_BY_ONE} | 9 | 1,000/s, 0.700 | – | – | – | – |" in said
        assert "| against rapidfuzz cdist, bulk, unseen, whole world: rate | ≥ 50 times | 100 times | yes |" in said

    def test_growth_is_told_for_ten_times_the_entities(self):
        """Whatever lies between two sizes."""
        sizes = [{"entities": 100, "microseconds": {"seen": 1}}, {"entities": 10_000, "microseconds": {"seen": 4}}]
        (figure,) = page.grown(sizes)

        assert figure.value == pytest.approx(2.0)
        assert figure.most == 1.3

    def test_what_was_not_measured_is_said_to_be_so(self, tmp_path):
        """No table stays behind from an earlier run."""
        assert page.block(tmp_path).count("Not measured in this run.") == 5

    def test_the_page_has_its_markers(self):
        """Without them nothing could be written down."""
        assert page.replaced(page.PAGE.read_text("utf-8"), "x").count(page.BEGIN) == 1


def test_a_process_has_memory_to_itself():
    """As the kernel counts it."""
    assert private() > 1
