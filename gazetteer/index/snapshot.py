"""An open snapshot: mapped arrays, and the look-ups that they answer."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import orjson

from gazetteer.errors import BadSnapshot
from gazetteer.index import format
from gazetteer.index.arrays import Column, distinct, expand
from gazetteer.index.likeness import best_of_each, compared
from gazetteer.index.search import Forms, Stored
from gazetteer.index.strings import Strings
from gazetteer.matching.alignment import alignment
from gazetteer.matching.asked import ANY, NO_COUNTRY
from gazetteer.matching.keys import fingerprint


@dataclass(frozen=True, slots=True)
class Postings:
    """Sorted keys, and the values that each stands for."""

    key: Column
    begins: Column
    value: Column

    def find(self, keys: Column) -> tuple[Column, Column]:
        """For each value found: the place of its key among `keys`, and the value."""
        hit, at = self.places(keys)
        asked, taken = expand(self.begins, at)
        return hit[asked], self.value[taken]

    def under(self, place: int) -> Column:
        """The values of the key at a place."""
        return self.value[int(self.begins[place]) : int(self.begins[place + 1])]

    def knows(self, key: int) -> bool:
        """Whether one key is among them."""
        place = int(np.searchsorted(self.key, np.uint64(key)))
        return place < len(self.key) and int(self.key[place]) == key

    def known(self, keys: Column) -> Column:
        """Which of `keys` are among them."""
        found = np.zeros(len(keys), dtype=bool)
        found[self.places(keys)[0]] = True
        return found

    def places(self, keys: Column) -> tuple[Column, Column]:
        """For each of `keys` that is known: its place among them, and its place here."""
        if not len(self.key):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        place = np.searchsorted(self.key, keys)
        place[place == len(self.key)] = 0
        hit = np.flatnonzero(self.key[place] == keys)
        return hit, place[hit]


def postings(arrays: dict[str, Column], name: str) -> Postings:
    """The postings of `name` in a mapped snapshot."""
    return Postings(arrays[f"{name}_key"], arrays[f"{name}_key_begins"], arrays[f"{name}_key_value"])


def held(array: Column) -> Column:
    """An array as a mapped one is: in one piece and never written; compiled loops tell the two apart."""
    array = np.ascontiguousarray(array)
    array.flags.writeable = False
    return array


CHOSEN = 64  # bindings of country, kind and type whose cores are kept


class Entities:
    """The records, a row each, by falling prior."""

    def __init__(self, arrays: dict[str, Column]) -> None:
        self.id = arrays["entity_id"]
        self.by_id = arrays["id_order"]
        self.name = Strings(arrays["entity_name_bytes"], arrays["entity_name_begins"])
        self.kind = arrays["entity_kind"]
        self.type = arrays["entity_type"]
        self.country = arrays["entity_country"]
        self.lat = arrays["entity_lat"]
        self.lon = arrays["entity_lon"]
        self.population = arrays["entity_population"]
        self.prior = arrays["entity_prior"]
        self.admin1 = arrays["entity_admin1"]
        self.names = arrays["entity_names"]
        self.scripts = arrays["entity_scripts"]
        self.main = arrays["entity_main"]
        self._identifiers = Strings(arrays["entity_identifiers_bytes"], arrays["entity_identifiers_begins"])
        self.ancestor_begins = arrays["ancestor_begins"]
        self.ancestor = arrays["ancestor"]
        self._member_begins = arrays["member_begins"]
        self._member = arrays["member"]
        self.by_lat = arrays["entity_by_lat"]
        self.lat_sorted = arrays["entity_lat_sorted"]

    def __len__(self) -> int:
        return len(self.id)

    def order(self, entity: Column) -> Column:
        """What records are ordered by: falling prior, then id. Here their numbers are."""
        return np.asarray(entity.astype(np.int64))  # as a view has it: loops are compiled once for both

    def ordered(self, entities: Iterable[int]) -> list[int]:
        """Some records, each once, the likeliest first."""
        found = distinct(np.fromiter(entities, dtype=np.int64))
        return found[np.argsort(self.order(found), kind="stable")].tolist()  # type: ignore[no-any-return]

    def count_names(self, entity: Column) -> Column:
        """How many names each record has."""
        return np.asarray(self.names[entity.astype(np.int64) + 1] - self.names[entity])

    def names_of(self, entity: int) -> Column:
        """The names of a record."""
        return np.arange(int(self.names[entity]), int(self.names[entity + 1]))

    def of_type(self, type: int) -> list[int]:
        """The records of a type, the likeliest first."""
        return np.flatnonzero(self.type == type).tolist()

    def between(self, south: float, north: float) -> Column:
        """The records between two latitudes, from the south."""
        band = np.searchsorted(self.lat_sorted, (south, north))
        return self.by_lat[int(band[0]) : int(band[1])].astype(np.int64)

    def compact(self, entity: Column) -> tuple["Entities", Column]:
        """Records that hold some, and their numbers there: for compiled loops, which read plain arrays. Here, all."""
        return self, entity

    def ancestor_lists(self, entities: Column) -> tuple[Column, Column]:
        """The units that each of some records lies within: where those of each begin, and all of them."""
        owner, taken = expand(self.ancestor_begins, entities)
        return np.searchsorted(owner, np.arange(len(entities) + 1)), self.ancestor[taken]

    def find(self, public_id: str) -> int | None:
        """The number of the record with this public id. numpy's own search would copy all the order first."""
        asked, ids, order = public_id.encode("ascii", "replace"), self.id, self.by_id
        place = bisect_left(range(len(ids)), asked, key=lambda at: bytes(ids[order[at]]))
        if place == len(ids) or bytes(ids[order[place]]).decode() != public_id:
            return None
        return int(order[place])

    def ancestors(self, entity: int) -> Column:
        """The units that a record lies within, nearest first."""
        return self.ancestor[int(self.ancestor_begins[entity]) : int(self.ancestor_begins[entity + 1])]

    def members(self, unit: int) -> Column:
        """The records that lie within a unit, however deep, by falling prior."""
        return self._member[int(self._member_begins[unit]) : int(self._member_begins[unit + 1])]

    def identifiers(self, entity: int) -> dict[str, str]:
        """The preferred identifier of each scheme."""
        return orjson.loads(self._identifiers[entity])  # type: ignore[no-any-return]


class Names:
    """The spellings, a row each, those of one record together."""

    def __init__(self, arrays: dict[str, Column]) -> None:
        self.text = Strings(arrays["name_text_bytes"], arrays["name_text_begins"])
        self.entity = arrays["name_entity"]
        self.language = arrays["name_language"]
        self.role = arrays["name_role"]
        self.source = arrays["name_source"]
        self.first_day = arrays["name_from"]
        self.last_day = arrays["name_to"]
        self.concepts = arrays["name_concepts"]
        self.modifiers = arrays["name_modifiers"]
        self.core_begins = arrays["name_core_begins"]
        self.core = arrays["name_core"]

    def cores_of(self, names: Column) -> tuple[Column, Column]:
        """The cores of some names: the place of the name of each, and the core."""
        owner, taken = expand(self.core_begins, names)
        return owner, self.core[taken].astype(np.int64)


class Cores:
    """The distinct romanised cores, with the names of each and what they share with others."""

    def __init__(self, arrays: dict[str, Column]) -> None:
        self.text = Strings(arrays["core_text_bytes"], arrays["core_text_begins"])
        self.by_key = postings(arrays, "core")
        self.name_begins = arrays["core_begins"]
        self.name = arrays["core_name"]
        self.skeleton = arrays["core_skeleton"]
        self.skeleton_text = Strings(arrays["skeleton_text_bytes"], arrays["skeleton_text_begins"])
        self.by_skeleton = postings(arrays, "skeleton")
        self.by_deletion = postings(arrays, "deletion")
        self.sound = arrays["core_sound"]
        self.by_sound = postings(arrays, "sound")
        self.trigram_begins = arrays["trigram_begins"]
        self.trigram_core = arrays["trigram_core"]
        self._country_begins = arrays["country_begins"]
        self.country_core = arrays["country_core"]
        self.stored = Stored(
            units=arrays["core_units"],
            units_begins=arrays["core_units_begins"],
            signature=arrays["core_signature"],
            skeleton=arrays["core_skeleton"],
            text=arrays["core_text_bytes"],
            text_begins=arrays["core_text_begins"],
            skeleton_text=arrays["skeleton_text_bytes"],
            skeleton_begins=arrays["skeleton_text_begins"],
        )

    def names_of(self, core: int) -> Column:
        """The names that have a core, whole or less their generic words."""
        return self.name[int(self.name_begins[core]) : int(self.name_begins[core + 1])]

    def names_under(self, cores: Column) -> tuple[Column, Column]:
        """The names that have some cores: the place of the core of each, and the name."""
        owner, taken = expand(self.name_begins, cores)
        return owner, self.name[taken].astype(np.int64)

    def compared(self, forms: Forms, form: Column, core: Column) -> Column:
        """How each pair of a form and a core compares, as columns (`gazetteer.index.likeness`)."""
        return np.asarray(compared(self.stored, forms, form, core, alignment().odds))

    def best_of_each(self, forms: Forms, form: Column, begins: Column, cores: Column) -> Column:
        """For each form how much the best of its cores has in common with it."""
        return np.asarray(best_of_each(self.stored, forms, form, begins, cores, alignment().odds))

    def common(self, codes: Column) -> Column:
        """How many cores have each of some trigrams."""
        return np.asarray(self.trigram_begins[codes + 1].astype(np.int64) - self.trigram_begins[codes])

    def country_ranges(self, countries: Column) -> tuple[Column, Column]:
        """Where the cores of all names of each country begin and end in `country_core`; 0 is for records of none."""
        begins = self._country_begins.astype(np.int64)
        return begins[np.minimum(countries, len(begins) - 1)], begins[np.minimum(countries + 1, len(begins) - 1)]


class Snapshot:
    """One generation, open for reading. Arrays are mapped, so that processes share their pages.

    Numbers of entities, names and cores are places in the arrays and mean nothing outside this generation.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder; BadSnapshot where it is missing, damaged, or made by a version that keys names otherwise."""
        self.folder = folder.resolve()
        self.manifest, arrays = format.read(self.folder)
        if self.manifest.keys != fingerprint():
            raise BadSnapshot(f"{self.folder} was built by another version: `gazetteer index build` builds it anew")
        self._hold(arrays, self.manifest.lists, self.manifest.generation)

    @classmethod
    def of(cls, arrays: dict[str, Column], lists: dict[str, list[Any]], generation: int) -> Self:
        """A snapshot in memory, of arrays as they would be written."""
        made = cls.__new__(cls)
        made._hold({name: held(array) for name, array in arrays.items()}, lists, generation)
        return made

    def _hold(self, arrays: dict[str, Column], lists: dict[str, list[Any]], generation: int) -> None:
        self.generation = generation
        self.entities = Entities(arrays)
        self.names = Names(arrays)
        self.cores = Cores(arrays)
        self.exact = postings(arrays, "exact")
        self.derived = postings(arrays, "derived")
        self.lists = lists
        self.kinds: Sequence[str] = lists["kinds"]
        self.roles: Sequence[str] = lists["roles"]
        self.types: Sequence[str | None] = lists["types"]
        self.countries: Sequence[str | None] = lists["countries"]
        self.languages: Sequence[str | None] = lists["languages"]
        self.sources: Sequence[str] = lists["sources"]
        self.country_number = {code: place for place, code in enumerate(self.countries)}
        self.chosen = lru_cache(maxsize=CHOSEN)(self._choose)

    @property
    def size(self) -> tuple[int, int, int]:
        """How many records, names and cores there are."""
        return len(self.entities), len(self.names.entity), len(self.cores.text)

    def cores_of(self, entities: Column) -> Column:
        """The cores of all names of some records, each once, in order."""
        _, names = expand(self.entities.names, entities)
        _, taken = expand(self.names.core_begins, names)
        return distinct(self.names.core[taken])

    def cores_of_main(self, entities: Column) -> tuple[Column, Column]:
        """The cores of the main name of each record: where those of each begin, and all of them."""
        begins = self.names.core_begins
        main = np.minimum(self.entities.main[entities].astype(np.int64), len(begins) - 1)
        first = begins[main].astype(np.int64)
        last = begins[np.minimum(main + 1, len(begins) - 1)].astype(np.int64)
        ends = np.concatenate(([0], np.cumsum(last - first)))
        within = np.arange(int(ends[-1])) - np.repeat(ends[:-1], last - first)
        return ends, self.names.core[np.repeat(first, last - first) + within].astype(np.int64)

    def _choose(self, country: int, kind: int, type: int) -> Column:
        """The cores of all names of the records of a country, or of none, that have a kind and a type; ANY for each."""
        entities = self.entities
        stays = (kind == ANY) | (entities.kind == kind)
        stays &= (type == ANY) | (entities.type == type)
        stays &= (country == ANY) | (entities.country == country) | (entities.country == NO_COUNTRY)
        return self.cores_of(np.flatnonzero(stays))
