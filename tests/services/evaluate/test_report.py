"""gazetteer.services.evaluate.report."""

import json

import orjson
import pytest

from gazetteer.services.evaluate.asking import ask
from gazetteer.services.evaluate.report import Plan, evaluate
from gazetteer.services.evaluate.rows import labelled
from gazetteer.services.resolve import Resolver
from tests.index import small

ROWS = (
    {"query": "Hawija", "gn_id": 390188, "country": "IQ", "seen": True, "script": "Latn", "lang": "en"},
    {"query": "حەوێجە", "gn_id": 390188, "country": "IQ", "seen": True, "script": "Arab", "lang": "ku"},
    {"query": "Hawijah", "gn_id": 390188, "country": "IQ", "script": "Latn", "lang": "en"},
    {"query": "Raqqa", "gn_id": 172955, "country": "SY", "script": "Latn", "lang": "en"},
)
NIL = (
    {"query": "Zzyzx", "gn_id": 5, "expected": "NIL", "country": "IQ"},
    {"query": "Qwertz", "gn_id": 6, "expected": "NIL", "country": "UA"},
)


@pytest.fixture(scope="module")
def resolver(tmp_path_factory):
    """Over the small gazetteer."""
    return Resolver(small.snapshot(tmp_path_factory.mktemp("snapshot") / "small"))


@pytest.fixture
def files(tmp_path):
    """Labelled names, and names of no record."""
    for name, rows in (("cities", ROWS), ("nil", NIL)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path / "cities.jsonl", tmp_path / "nil.jsonl"


def test_each_part_is_measured_with_each_context(resolver, files):
    """And the decisions over both parts together as well."""
    report = evaluate(resolver, Plan(files[:1], contexts=("none", "country")))

    assert [(each.context, each.part) for each in report.recall] == [
        ("none", "seen"),
        ("none", "unseen"),
        ("country", "seen"),
        ("country", "unseen"),
    ]
    assert [each.part for each in report.decisions] == ["all", "seen", "unseen"] * 2


def test_names_of_no_record_are_mixed_in(resolver, files):
    """Those of the same countries, against the rows whose record is there."""
    report = evaluate(resolver, Plan(files[:1], parts=("unseen",), nil=files[1]))

    (counted,) = report.decisions
    assert (counted.rows, counted.nil, counted.left_out, counted.nil_weight) == (1, 1, 1, 1.0)
    assert counted.nil_accepted.value == 0


def test_a_name_of_no_record_that_was_matched_is_among_the_failures(resolver, files):
    """To be looked at as well; one whose record is there all the same is not."""
    matched = [NIL[0] | {"query": "Mosul"}, NIL[0] | {"query": "Hawija", "gn_id": 390188}]
    files[1].write_text("".join(json.dumps(row) + "\n" for row in matched), "utf-8")
    report = evaluate(resolver, Plan(files[:1], nil=files[1]))

    assert [(each.file, each.query) for each in report.failures] == [("cities", "Raqqa"), ("nil", "Mosul")]


def test_a_sample_is_of_each_part(resolver, files):
    """So that none is crowded out."""
    report = evaluate(resolver, Plan(files[:1], sample=1))

    assert [(each.part, each.rows) for each in report.recall] == [("seen", 1), ("unseen", 1)]


def test_ours_and_a_peer_are_asked_the_same(resolver, files):
    """In one run, with their speed."""
    report = evaluate(resolver, Plan(files[:1], parts=("unseen",), compare=("rapidfuzz",)))

    assert [(each.peer, each.rows) for each in report.peers] == [("gazetteer", 2), ("rapidfuzz", 2)]
    assert report.peers[0].at_1 == report.recall[0].at_1
    assert all(each.rate > 0 for each in report.peers)


def test_json_holds_everything(resolver, files):
    """The breakdowns, the bins and the failures too."""
    report = json.loads(orjson.dumps(evaluate(resolver, Plan(files[:1], by=("script", "language")))))

    assert {"generation", "sample", "recall", "decisions", "calibration", "peers", "failures"} == set(report)
    assert {(each["by"], each["group"]) for each in report["recall"]} == {
        ("all", None),
        ("script", "Latn"),
        ("script", "Arab"),
        ("language", "en"),
        ("language", "ku"),
    }
    assert [each["query"] for each in report["failures"]] == ["Raqqa"]
    assert report["calibration"][0]["bins"]


def test_who_watches_is_told_how_far_it_is(resolver, files):
    """Up to the last row."""
    told = []
    evaluate(resolver, Plan(files[:1]), lambda *said: told.append(said))

    assert told[-1] == (4, 4, "cities (country)")


def test_a_row_that_cannot_be_asked_is_one_that_failed(resolver):
    """An unknown country is refused; its neighbours are answered."""
    refused, answered = ask(resolver, [labelled(ROWS[0] | {"country": "ZZ"}), labelled(ROWS[0])], "country")

    assert (refused.decision, refused.rank) == (None, None)
    assert answered.right
