"""Calibration: from shares to probabilities that hold, by isotonic regression (Zadrozny & Elkan 2002)."""

import numpy as np

BINS = 24  # knots of a curve at the most
LEAST = 40  # cases of a bin


def isotonic(share: np.ndarray, right: np.ndarray, weight: np.ndarray) -> list[tuple[float, float]]:
    """The knots of a rising curve: mean share and how often it was right, over bins of equal weight.

    Bins that would fall are pooled with their neighbours (pool adjacent violators, Ayer et al. 1955).
    """
    order = np.argsort(share, kind="stable")
    share, right, weight = share[order], right[order], weight[order]
    bins = max(1, min(BINS, len(share) // LEAST))
    bin_of = np.minimum((np.cumsum(weight) - weight / 2) / weight.sum() * bins, bins - 1e-9).astype(int)
    pooled: list[list[float]] = []
    for place in range(bins):
        inside = bin_of == place
        total = float(weight[inside].sum())
        if not total:
            continue
        pooled.append([total, float(share[inside] @ weight[inside]), float(right[inside] @ weight[inside])])
        while len(pooled) > 1 and pooled[-2][2] / pooled[-2][0] >= pooled[-1][2] / pooled[-1][0]:
            last = pooled.pop()
            pooled[-1] = [one + other for one, other in zip(pooled[-1], last, strict=True)]
    knots = [(shared / total, good / total) for total, shared, good in pooled]
    return ends(knots)


def ends(knots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The knots with both ends: nothing is worth nothing, and beyond the last bin the curve stays level."""
    found = [(0.0, 0.0)]
    for share, score in [*knots, (1.0, knots[-1][1])]:
        if round(share, 4) > found[-1][0]:
            found.append((round(share, 4), round(score, 4)))
    return found
