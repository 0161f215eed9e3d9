"""One question has one answer: hash seed, process, batch and the order of rows have no say in it."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.index import format
from gazetteer.matching.types import Query
from gazetteer.services import resolve
from gazetteer.services.resolve import Resolver, many
from tests.index.small import rows, snapshot
from tests.properties.asked import ANY_QUERY, ASKED, said
from tests.properties.fresh import report

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "small"))


@pytest.fixture(scope="module")
def alone(resolver: Resolver) -> dict[Query, str]:
    """What each query is answered by itself."""
    return {each: said(many(resolver, [each], limit=5)[0]) for each in ASKED}


def in_blocks(resolver: Resolver, queries: Sequence[Query], size: int) -> dict[Query, str]:
    """The answers, asked for some at a time."""
    found: dict[Query, str] = {}
    for begin in range(0, len(queries), size):
        block = queries[begin : begin + size]
        found |= zip(block, map(said, many(resolver, block, limit=5)), strict=True)
    return found


class TestProcesses:
    def test_hash_seed_and_process_have_no_say(self, tmp_path):
        """Built and asked here and in processes of other seeds, files and answers are the same to the byte."""
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.properties.fresh", str(tmp_path / seed)],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            )
            for seed in ("0", "31337")
        ]
        here = list(report(tmp_path / "here"))
        there = [each.communicate(timeout=100)[0].splitlines() for each in started]
        assert len(here) > len(ASKED)
        assert there == [here, here]


class TestBatches:
    @pytest.mark.parametrize("size", [7, len(ASKED)])
    def test_the_size_of_a_batch_has_no_say(self, resolver, alone, size):
        assert in_blocks(resolver, ASKED, size) == alone

    @pytest.mark.parametrize("size", [7, len(ASKED)])
    def test_the_order_of_a_batch_has_no_say(self, resolver, alone, size):
        shuffled = random.Random(7).sample(ASKED, len(ASKED))
        assert in_blocks(resolver, shuffled, size) == alone

    def test_how_many_are_worked_at_once_has_no_say(self, resolver, alone, monkeypatch):
        monkeypatch.setattr(resolve, "BLOCK", 3)
        assert in_blocks(resolver, ASKED, len(ASKED)) == alone

    @settings(max_examples=40, deadline=None)
    @given(st.lists(ANY_QUERY, max_size=8), st.randoms(use_true_random=False))
    def test_any_queries_in_any_order(self, resolver, queries, chance):
        """A name gets in a batch the very answer that it gets alone, whatever its neighbours; also a second time."""
        shuffled = chance.sample(queries, len(queries))
        alone = {each: said(many(resolver, [each], limit=5)[0]) for each in queries}
        assert in_blocks(resolver, [*queries, *shuffled], 100) == alone

    def test_every_answer_stands_where_its_query_does(self, resolver, alone):
        twice = [*ASKED[:20], *reversed(ASKED[:20])]
        assert [said(each) for each in many(resolver, twice, limit=5)] == [alone[each] for each in twice]


class TestRows:
    @pytest.mark.parametrize("seed", [1, 2])
    def test_the_order_in_which_rows_are_read_has_no_say(self, resolver, tmp_path, seed):
        """A database gives its rows in any order: the files of the snapshot are the same to the byte."""
        given, chance = rows(), random.Random(seed)
        mixed = replace(
            given, **{part: chance.sample(list(getattr(given, part)), len(getattr(given, part))) for part in PARTS}
        )
        built = snapshot(tmp_path / "mixed", mixed)
        before, after = (format.Manifest.read(each.folder) for each in (resolver.snapshot, built))
        assert (after.files, after.lists) == (before.files, before.lists)


PARTS = ("entities", "names", "identifiers", "parents")
