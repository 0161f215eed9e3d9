"""The keys of a snapshot: what names are filed under, and what their cores are compared by.

Everything that many names share is stored once: 1.3 million names have some 700,000 romanised cores and 150,000
skeletons.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.index.arrays import Arrays, distinct, expand
from gazetteer.index.keyed import FRESH, Keyed, Spelled, loosened, numbered, shortened, spelled
from gazetteer.index.named import derived_keys
from gazetteer.index.ngrams import postings_of_trigrams
from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.index.strings import pack
from gazetteer.matching.keys import key
from gazetteer.matching.types import Kind, Role
from gazetteer.matching.units import cut

Progress = Callable[[int, int, str], None]  # hears (done, of, step)

ABBREVIATION = list(Role).index(Role.ABBREVIATION)
PLACES = [list(Kind).index(each) for each in (Kind.PLACE, Kind.FACILITY)]


class Texts(NamedTuple):
    """The distinct texts of names, and which of them each name has."""

    texts: list[str]
    of: NDArray[np.int64]


def texts_of(names: Sequence[NameRow]) -> Texts:
    """The texts of names; these, and no name any more, are what keys are made of."""
    number: dict[str, int] = {}
    of = numbered([each.text for each in names], number).astype(np.int64)
    return Texts(list(number), of)


def row_arrays(names: Sequence[NameRow], entities: Sequence[EntityRow], entity: NDArray[Any]) -> Arrays:
    """What is made of names and records as a whole, not of the names' texts alone."""
    return {
        **grouped("derived", *derived_keys(names, entities)),
        "entity_main": main_names(names, entities, entity),
    }


def key_arrays(texts: Texts, arrays: Arrays, say: Progress, keyed: Keyed = FRESH) -> Arrays:
    """The keys of all names, each with the names that it stands for; `arrays` has the columns of names and records."""
    count = len(texts.texts)
    made, cores = spelled(texts.texts, keyed, lambda done: say(done, count, "spellings"))
    texts.texts.clear()  # they take more memory than all that is made of them
    entity = arrays["name_entity"].astype(np.int64)
    filed = grouped("exact", made.exact[texts.of], np.arange(len(entity), dtype=np.uint32))
    filed["name_concepts"] = made.concepts[texts.of]
    filed["name_modifiers"] = made.modifiers[texts.of]
    filed["entity_scripts"] = scripts_of(made.scripts[texts.of], entity, len(arrays["entity_kind"]))
    loose = ~((arrays["name_role"] == ABBREVIATION) & np.isin(arrays["entity_kind"], PLACES)[entity])
    filed |= core_arrays(made, texts.of, cores, loose)
    of_core = np.repeat(np.arange(len(cores)), np.diff(filed["core_begins"]))
    filed |= country_arrays(of_core, arrays["entity_country"][entity[filed["core_name"]]])
    return filed | loose_arrays(cores, say, keyed)


def main_names(names: Sequence[NameRow], entities: Sequence[EntityRow], entity: NDArray[Any]) -> NDArray[np.uint32]:
    """The row of the name that each entity goes by; one past the last where it has no such name."""
    found = np.full(len(entities), len(names), dtype=np.uint32)
    for place, (name, number) in enumerate(zip(names, entity.tolist(), strict=True)):
        if name.text == entities[number].name:
            found[number] = place  # of an entity no two names are spelled alike
    return found


def scripts_of(scripts: NDArray[np.uint64], entity: NDArray[np.int64], count: int) -> NDArray[np.uint64]:
    """The scripts that each entity has a name in, as bits."""
    found = np.zeros(count, dtype=np.uint64)
    np.bitwise_or.at(found, entity, scripts)
    return found


def grouped(name: str, keys: NDArray[Any], values: NDArray[Any]) -> Arrays:
    """Postings: the distinct keys in order, where the values of each begin, and the values in order."""
    order = np.lexsort((values, keys))
    ordered = keys[order]
    known = distinct(ordered)
    return {
        f"{name}_key": known,
        f"{name}_key_begins": np.append(np.searchsorted(ordered, known), len(keys)).astype(np.uint32),
        f"{name}_key_value": values[order].astype(np.uint32),
    }


def core_arrays(made: Spelled, text_of: NDArray[np.int64], cores: Sequence[str], loose: NDArray[np.bool_]) -> Arrays:
    """The distinct cores, their keys, and the names that have each in one of their forms.

    Names are found by what merely resembles them where they are `loose`: all but codes of places, which resemble
    everything.
    """
    posted, taken = expand(made.begins, text_of)
    core = made.core[taken]
    posted, core = posted[loose[posted]], core[loose[posted]]
    order = np.lexsort((posted, core))
    by_name = np.lexsort((core, posted))
    texts = pack("core_text", cores)
    units = cut(texts["core_text_bytes"], texts["core_text_begins"])
    keys = np.fromiter(map(key, cores), dtype=np.uint64, count=len(cores))
    return {
        "core_begins": np.searchsorted(core[order], np.arange(len(cores) + 1)).astype(np.uint32),
        "core_name": posted[order].astype(np.uint32),
        **grouped("core", keys, np.arange(len(cores), dtype=np.uint32)),
        "name_core_begins": np.searchsorted(posted[by_name], np.arange(len(text_of) + 1)).astype(np.uint32),
        "name_core": core[by_name].astype(np.uint32),
        "core_units": units.units,
        "core_units_begins": units.begins,
        "core_signature": units.signature,
        **texts,
        **postings_of_trigrams(cores),
    }


def country_arrays(core: NDArray[Any], country: NDArray[Any]) -> Arrays:
    """The distinct cores of each country, for the last, exhaustive step."""
    pairs = distinct(country.astype(np.uint64) << np.uint64(32) | core.astype(np.uint64))
    begins = np.searchsorted(pairs >> np.uint64(32), np.arange(int(country.max(initial=0)) + 2)).astype(np.uint32)
    return {"country_begins": begins, "country_core": (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)}


def loose_arrays(cores: Sequence[str], say: Progress, keyed: Keyed) -> Arrays:
    """What cores have in common: skeletons with their deletions, and phonetic codes."""
    made, skeletons, keys = loosened(cores, keyed, lambda done: say(done, len(cores), "keys"))
    shorter, of = shortened(skeletons, lambda done: say(done, len(skeletons), "deletions"))
    core = np.arange(len(cores), dtype=np.uint32)
    heard = made.sound != 0
    return {
        "core_skeleton": made.skeleton.astype(np.uint32),
        "core_sound": made.sound,
        **pack("skeleton_text", skeletons),
        **grouped("skeleton", keys[made.skeleton], core),
        **grouped("deletion", shorter, of),
        **grouped("sound", made.sound[heard], core[heard]),
    }
