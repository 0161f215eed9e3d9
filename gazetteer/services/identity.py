"""Public ids: minted from an entity's identifier of highest rank, so that installations with the same sources agree.

Rank is by scheme, and within a scheme the lower value; it does not depend on what was loaded first.
"""

from base64 import b32encode
from collections.abc import Iterable
from hashlib import blake2b

Key = tuple[str, str]
Rank = tuple[int, str, int, str]

SCHEMES = ("geonames", "wikidata", "pcode", "iso3166", "slug")
PLACES = {scheme: place for place, scheme in enumerate(SCHEMES)}
BYTES = 10  # 80 bits: 16 letters of base 32, no padding


def rank_of(key: Key) -> Rank:
    """The order of identifiers, highest rank first; "9" is before "10"."""
    scheme, value = key
    return PLACES.get(scheme, len(SCHEMES)), scheme, len(value), value


def best(keys: Iterable[Key]) -> Key:
    """The identifier that the public id comes from."""
    return min(keys, key=rank_of)


def written(key: Key) -> str:
    """An identifier in one text: "geonames:390188"."""
    return f"{key[0]}:{key[1]}"


def read(text: str) -> Key:
    """The identifier of that text."""
    scheme, _, value = text.partition(":")
    return scheme, value


def mint(key: Key) -> str:
    """The public id of an entity whose highest identifier this is."""
    digest = blake2b(written(key).encode(), digest_size=BYTES).digest()
    return b32encode(digest).decode("ascii").lower()
