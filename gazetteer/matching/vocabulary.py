"""The type vocabulary: what sort of thing an entity of a kind is, and which GeoNames features are one.

The table is `gazetteer/data/types.toml`, whose head says what each column means. Reading it is strict: a key that is
not known, a kind that is none, or a feature claimed by two types stops the program, for data of ours is broken then.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from gazetteer.errors import BadData
from gazetteer.matching.types import Kind

FILE = "data/types.toml"
NEEDED = {"kind", "label", "prior"}
ALLOWED = NEEDED | {"features"}
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
FEATURE = re.compile(r"[AHLPRSTUV](\.[A-Z0-9]+)?")


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """One type. `prior` says how readily a bare name means it; `features` are GeoNames codes, a class alone for all."""

    name: str
    kind: Kind
    label: str
    prior: float
    features: tuple[str, ...] = ()


@cache
def types() -> Mapping[str, TypeInfo]:
    """All types by name, in the order of the file."""
    return MappingProxyType(read(files("gazetteer").joinpath(FILE).read_text(encoding="utf-8")))


@cache
def features() -> Mapping[str, str]:
    """The type of each GeoNames feature that the table names, "class.code" or a class alone."""
    return MappingProxyType({feature: each.name for each in types().values() for feature in each.features})


@cache
def inhabited() -> frozenset[str]:
    """The types of towns, of units, and of islands, which are called as the town on them is: P, A and T.ISL."""
    return frozenset(
        each.name for each in types().values() if any(code.startswith(("A", "P", "T.ISL")) for code in each.features)
    )


def type_of_feature(feature_class: str, code: str) -> str | None:
    """The type of a GeoNames feature: by its code, else by its class; None where GeoNames gives no known class."""
    known = features()
    return known.get(f"{feature_class}.{code}") or known.get(feature_class)


def read(text: str) -> dict[str, TypeInfo]:
    """The types of a table in TOML; `BadData` where it is broken."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{FILE}: {error}") from error
    found = {name: type_info(name, row) for name, row in table.items()}
    owners: dict[str, str] = {}
    for each in found.values():
        for feature in each.features:
            if owners.setdefault(feature, each.name) != each.name:
                raise BadData(f"{FILE}: {feature} is both {owners[feature]} and {each.name}")
    return found


def type_info(name: str, row: Any) -> TypeInfo:
    """One row of the table, checked."""
    where = f"{FILE}: [{name}]"
    if not NAME.fullmatch(name) or not isinstance(row, dict):
        raise BadData(f"{where} is no table with a name in lower case and underscores")
    if row.keys() - ALLOWED or NEEDED - row.keys():
        raise BadData(f"{where} needs {sorted(NEEDED)}, may have features, has {sorted(row)}")
    if row["kind"] not in list(Kind):
        raise BadData(f"{where} kind {row['kind']!r} is not one of {', '.join(Kind)}")
    prior, label, listed = row["prior"], row["label"], row.get("features", [])
    if isinstance(prior, bool) or not isinstance(prior, int | float) or not math.isfinite(prior):
        raise BadData(f"{where} prior {prior!r} is not a number")
    if not isinstance(label, str) or not label.strip():
        raise BadData(f"{where} label {label!r} is not a text")
    if not isinstance(listed, list) or not all(isinstance(each, str) and FEATURE.fullmatch(each) for each in listed):
        raise BadData(f"{where} features are not a list of GeoNames codes such as P or P.PPLX")
    if len(set(listed)) != len(listed):
        raise BadData(f"{where} names a feature twice")
    return TypeInfo(name, Kind(row["kind"]), label, float(prior), tuple(listed))
