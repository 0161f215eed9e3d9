"""Fit the model on labelled names: the weights of features, the curves of calibration, the thresholds of decisions.

    python -m training.weights --bench ../shared/bench --snapshot WORLD --nil WORLD_WITHOUT --villages VILLAGES

Cases are known spellings, unseen ones and names of no record, with the country given and without; for either a set
of weights is fitted, but for the features that the labels do not speak of, whose weights are set by hand in the file
and stay. Every case is then judged by a model that has not seen its record (four folds), and those judgements make
the curves and the thresholds. Seeded; some three minutes.
"""

import argparse
import tomllib
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gazetteer.matching import model as learnt
from gazetteer.matching.score import RECIPE
from gazetteer.services.evaluate.rows import NIL, SEEN, UNSEEN
from training.cases import Case, collect
from training.curves import isotonic
from training.logit import Choices, fit, shares, stacked

FITTED = (
    "any_record",
    "same_spelling",
    "query_explained",
    "name_explained",
    "evidence",
    "letters_alike",
    "same_consonants",
    "sounds_alike",
    "main_name",
    "names_agree",
    "plain_reading",
    "unsaid_word",
    "same_article",
    "country_itself",
    "readily_meant_roughly",
    "readily_meant_abroad",
    "well_known",
    "well_known_abroad",
    "first_in_script",
    "inside",
)
PLACED = ("inside",)  # whose labels all come with a country: what is fitted there counts everywhere
FOLDS = 4
# How much each kind of case counts together, in each context: as many names of no record as unseen ones; the world's
# twice those of Syria and Iraq, which are fewer; as many known spellings as unseen ones; villages, which come with
# three contexts, less in each.
TOGETHER = {
    ("cities_world", UNSEEN): 10_000.0,
    ("cities_syiq", UNSEEN): 5_000.0,
    ("nil", NIL): 15_000.0,
    ("cities_world", SEEN): 10_000.0,
    ("cities_syiq", SEEN): 5_000.0,
    ("villages_syiq", UNSEEN): 2_500.0,
}
RANKED = ("villages_syiq",)  # names that all mean something: they speak of the order of candidates alone
JUDGED = ("cities_world", "cities_syiq", "nil")  # what curves and thresholds are made of
PRECISIONS = (0.80, 0.85, 0.90, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)
TARGET = Path(learnt.__file__).parent.parent / "data" / learnt.FILE
HEAD = """\
# The model: what each feature weighs in log-odds, what a share is worth as a probability, and from which score on
# matches are right as often as a precision says. Written by `training/weights.py` on the development split of the
# benchmark. `weight` counts where the country of the query is known, `anywhere` where it is not; a value of `neutral`
# adds nothing. Set by hand, for the labelled names do not speak of them: {by_hand}.
# The curves are knots of (share, score): first candidates known by the very spelling, and those that resemble it.
# The thresholds are (precision, score).
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model that has not seen its record makes of a case: the share of the first candidate, and whether it is
    right."""

    case: Case
    share: float
    right: bool


def main() -> None:
    """Read the arguments, fit, and write the data file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="the folder of the labelled names")
    parser.add_argument("--snapshot", type=Path, required=True, help="the world")
    parser.add_argument("--nil", type=Path, required=True, help="the same without the records of nil_removed_ids.txt")
    parser.add_argument("--villages", type=Path, required=True, help="Iraq and Syria of the GeoNames dumps")
    parser.add_argument("--output", type=Path, default=TARGET, help="the data file to write (default: the package's)")
    given = parser.parse_args()
    before = tomllib.loads(TARGET.read_text(encoding="utf-8"))["features"]
    everything = collect(given.bench, given.snapshot, given.nil, given.villages)
    cases = [case for case in everything if (case.file, case.part) in TOGETHER]
    weights, judged = {}, []
    for context in learnt.CONTEXTS:
        own = [case for case in cases if case.placed == (context == "placed")]
        weights[context] = fitted(own, before, context)
        judged += [each for each in judge(own, before, context) if each.case.file in JUDGED]
    curves = {group: curve(judged, group) for group in learnt.GROUPS}
    safe = {context: thresholds(judged, curves, context) for context in learnt.CONTEXTS}
    given.output.write_text(written(before, weights, curves, safe), encoding="utf-8")
    print(f"{given.output}: {len(FITTED)} weights fitted on {len(cases):,} cases")


def fitted(cases: Sequence[Case], before: Mapping[str, Mapping[str, float]], context: str) -> np.ndarray:
    """The weights of the fitted features."""
    cases = [each for each in cases if each.file not in RANKED or each.right >= 0]
    values, case = stacked([each.values for each in cases])
    places = [place for place, each in enumerate(RECIPE) if each.name in FITTED]
    right = np.zeros(len(values))
    begins = np.cumsum([0, *(len(each.values) for each in cases)])
    right[[begins[place] + each.right for place, each in enumerate(cases) if each.right >= 0]] = 1.0
    open = np.array([float(each.file not in RANKED) for each in cases])
    added = fixed(values, before, context)
    return fit(Choices(moved(values, before)[:, places], added, case, right, shared(cases), open))


def moved(values: np.ndarray, before: Mapping[str, Mapping[str, float]]) -> np.ndarray:
    """The values less those that add nothing; 0 where there is no evidence."""
    neutral = np.array([before[each.name]["neutral"] for each in RECIPE])
    return np.nan_to_num(values - neutral)


def fixed(values: np.ndarray, before: Mapping[str, Mapping[str, float]], context: str) -> np.ndarray:
    """What the features that are set by hand add."""
    column = "weight" if context == "placed" else "anywhere"
    weights = np.array([0.0 if each.name in FITTED else before[each.name][column] for each in RECIPE])
    return moved(values, before) @ weights


def shared(cases: Sequence[Case]) -> np.ndarray:
    """The weight of each case: those of a file and part count for so much together in each context."""
    counts = Counter((each.file, each.part, each.context) for each in cases)
    return np.array([TOGETHER[each.file, each.part] / counts[each.file, each.part, each.context] for each in cases])


def judge(cases: Sequence[Case], before: Mapping[str, Mapping[str, float]], context: str) -> list[Judged]:
    """Each case that has a candidate, judged by weights fitted without the names of its record."""
    found = []
    places = [place for place, each in enumerate(RECIPE) if each.name in FITTED]
    for fold in range(FOLDS):
        weights = fitted([each for each in cases if fold_of(each) != fold], before, context)
        for each in cases:
            if fold_of(each) == fold and len(each.values):
                utility = moved(each.values, before)[:, places] @ weights + fixed(each.values, before, context)
                share, _ = shares(utility, np.zeros(len(utility), dtype=int), np.ones(1))
                first = int(np.argmax(share))
                found.append(Judged(each, float(share[first]), first == each.right))
    return found


def fold_of(case: Case) -> int:
    """The fold of a case: all names of a record are in one."""
    return zlib.crc32(case.label.encode()) % FOLDS


def group_of(case: Case) -> str:
    """The group of a case, whose curve counts."""
    return ("known" if case.known else "resembling") + ("" if case.placed else "_anywhere")


def curve(judged: Sequence[Judged], group: str) -> list[tuple[float, float]]:
    """The calibration curve of a group."""
    own = [each for each in judged if group_of(each.case) == group]
    weight = shared([each.case for each in judged])
    weight = np.array([one for one, each in zip(weight, judged, strict=True) if group_of(each.case) == group])
    return isotonic(np.array([each.share for each in own]), np.array([float(each.right) for each in own]), weight)


def thresholds(
    judged: Sequence[Judged], curves: Mapping[str, Sequence[tuple[float, float]]], context: str
) -> list[tuple[float, float]]:
    """The score from which on the matches have each precision, over unseen names and names of no record."""
    own = [each for each in judged if each.case.part != SEEN and each.case.placed == (context == "placed")]
    knots = {group: np.array(curve).T for group, curve in curves.items()}
    score = np.array([np.interp(each.share, *knots[group_of(each.case)]) for each in own])
    right = np.array([float(each.right) for each in own])
    weight = shared([each.case for each in own])
    order = np.argsort(-score, kind="stable")
    precision = np.cumsum((weight * right)[order]) / np.cumsum(weight[order])
    reached = [each for each in PRECISIONS if (precision >= each).any()]
    least = [float(score[order][np.flatnonzero(precision >= each)[-1]]) for each in reached]
    return list(zip(reached, (round(each, 4) for each in np.maximum.accumulate(least)), strict=True))


def written(
    before: Mapping[str, Mapping[str, float]],
    weights: Mapping[str, np.ndarray],
    curves: Mapping[str, Sequence[tuple[float, float]]],
    safe: Mapping[str, Sequence[tuple[float, float]]],
) -> str:
    """The data file."""
    places = {each.name: place for place, each in enumerate(each for each in RECIPE if each.name in FITTED)}
    lines = [HEAD.format(by_hand=", ".join(each.name for each in RECIPE if each.name not in FITTED))]
    for each in RECIPE:
        row = before[each.name]
        placed, anywhere = row["weight"], row["anywhere"]
        if each.name in places:
            placed, anywhere = (round(float(weights[context][places[each.name]]), 2) for context in learnt.CONTEXTS)
            anywhere = placed if each.name in PLACED else anywhere
        lines.append(f"[features.{each.name}]\nweight = {placed}\nanywhere = {anywhere}\nneutral = {row['neutral']}\n")
    lines.append("[calibration]\n" + "".join(f"{group} = {knots(curve)}\n" for group, curve in curves.items()))
    lines.append("[thresholds]\n" + "".join(f"{name} = {knots(found)}\n" for name, found in safe.items()))
    return "\n".join(lines)


def knots(pairs: Sequence[tuple[float, float]]) -> str:
    """Pairs of numbers as TOML, one a line."""
    return "[\n" + "".join(f"  [{one}, {other}],\n" for one, other in pairs) + "]"


if __name__ == "__main__":
    main()
