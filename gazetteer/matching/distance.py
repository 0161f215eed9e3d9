"""Distances on the sphere."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

EARTH_KM = 6371.0088  # mean radius (IUGG)


def kilometres(lat: Any, lon: Any, other_lat: Any, other_lon: Any) -> NDArray[Any]:
    """Great-circle distance between points in degrees (haversine); NaN where a coordinate is unknown."""
    lat, lon, other_lat, other_lon = (np.radians(each) for each in (lat, lon, other_lat, other_lon))
    half = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))
