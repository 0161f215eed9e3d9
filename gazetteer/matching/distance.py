"""Distances on the sphere."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

EARTH_KM = 6371.0088  # mean radius (IUGG)


def kilometres(lat: Any, lon: Any, other_lat: Any, other_lon: Any) -> NDArray[Any]:
    """Great-circle distance between points in degrees (haversine); NaN where a coordinate is unknown."""
    lat, lon, other_lat, other_lon = (np.radians(each) for each in (lat, lon, other_lat, other_lon))
    half = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def apart(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The same for one pair of points, without the cost of arrays."""
    lat, lon, other_lat, other_lon = map(math.radians, (lat, lon, other_lat, other_lon))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))
