"""The keys of a snapshot: what names are filed under, and what their cores are compared by.

Everything that many names share is stored once: 1.3 million names have some 700,000 romanised cores and 150,000
skeletons.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.index.arrays import Arrays, distinct, expand, flatten
from gazetteer.index.named import derived_keys
from gazetteer.index.ngrams import postings_of_trigrams
from gazetteer.index.parallel import spread
from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.index.strings import pack
from gazetteer.matching.keys import Loose, Spelling, deletions, key, loosen, script_bit, spell
from gazetteer.matching.types import Kind, Role
from gazetteer.matching.units import cut

Progress = Callable[[int, int, str], None]  # hears (done, of, step)


class Keyed(NamedTuple):
    """What makes keys of a name and of a core; who files the same again and again may remember."""

    spell: Callable[[str], Spelling] = spell
    loosen: Callable[[str], Loose] = loosen


FRESH = Keyed()


def key_arrays(
    names: Sequence[NameRow],
    entities: Sequence[EntityRow],
    country: NDArray[np.uint16],
    say: Progress,
    keyed: Keyed = FRESH,
) -> Arrays:
    """The keys of all names, each with the names that it stands for."""
    number = {each.row: place for place, each in enumerate(entities)}
    texts = list(dict.fromkeys(each.text for each in names))
    place = {text: index for index, text in enumerate(texts)}
    text_of = np.array([place[each.text] for each in names], dtype=np.int64)
    spellings = list(spread(keyed.spell, texts, lambda done: say(done, len(texts), "spellings")))

    arrays = grouped("derived", *derived_keys(names, entities))
    exact = np.array([each.exact for each in spellings], dtype=np.uint64)[text_of]
    arrays |= grouped("exact", exact, np.arange(len(names), dtype=np.uint32))
    arrays["name_concepts"] = np.array([each.concepts for each in spellings], dtype=np.uint64)[text_of]
    arrays["name_modifiers"] = np.array([each.modifiers for each in spellings], dtype=np.uint64)[text_of]

    arrays["entity_main"] = main_names(names, entities)
    arrays["entity_scripts"] = scripts_of(spellings, text_of, [number[each.row] for each in names], len(entities))

    cores = list(dict.fromkeys(chain.from_iterable(each.cores for each in spellings)))
    arrays |= core_arrays(spellings, text_of, cores, found_loosely(names, entities))
    of_core = np.repeat(np.arange(len(cores)), np.diff(arrays["core_begins"]))
    entity = np.array([number[each.row] for each in names], dtype=np.int64)
    arrays |= country_arrays(of_core, country[entity[arrays["core_name"]]])
    arrays |= loose_arrays(list(spread(keyed.loosen, cores, lambda done: say(done, len(cores), "keys"))))
    return arrays


def main_names(names: Sequence[NameRow], entities: Sequence[EntityRow]) -> NDArray[np.uint32]:
    """The row of the name that each entity goes by; one past the last where it has no such name."""
    row_of = {(each.row, each.text): place for place, each in reversed(list(enumerate(names)))}
    return np.array([row_of.get((each.row, each.name), len(names)) for each in entities], dtype=np.uint32)


def scripts_of(
    spellings: Sequence[Spelling], text_of: NDArray[np.int64], entity: Sequence[int], count: int
) -> NDArray[np.uint64]:
    """The scripts that each entity has a name in, as bits."""
    bit = np.array([script_bit(each.script) for each in spellings], dtype=np.uint64)
    found = np.zeros(count, dtype=np.uint64)
    np.bitwise_or.at(found, np.array(entity, dtype=np.int64), bit[text_of])
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


def found_loosely(names: Sequence[NameRow], entities: Sequence[EntityRow]) -> NDArray[np.bool_]:
    """Which names may be found by what merely resembles them: all but codes of places, which resemble everything."""
    places = {each.row for each in entities if each.kind in (Kind.PLACE, Kind.FACILITY)}
    codes = [each.role == Role.ABBREVIATION and each.row in places for each in names]
    return ~np.array(codes, dtype=bool)


def core_arrays(
    spellings: Sequence[Spelling], text_of: NDArray[np.int64], cores: Sequence[str], loose: NDArray[np.bool_]
) -> Arrays:
    """The distinct cores, their keys, and the names that have each in one of their forms."""
    place = {core: index for index, core in enumerate(cores)}
    begins, core_of = flatten([[place[core] for core in each.cores] for each in spellings])
    posted, taken = expand(begins, text_of)
    core = core_of[taken]
    posted, core = posted[loose[posted]], core[loose[posted]]
    order = np.lexsort((posted, core))
    by_name = np.lexsort((core, posted))
    texts = pack("core_text", cores)
    made = cut(texts["core_text_bytes"], texts["core_text_begins"])
    keys = np.fromiter(map(key, cores), dtype=np.uint64, count=len(cores))
    return {
        "core_begins": np.searchsorted(core[order], np.arange(len(cores) + 1)).astype(np.uint32),
        "core_name": posted[order].astype(np.uint32),
        **grouped("core", keys, np.arange(len(cores), dtype=np.uint32)),
        "name_core_begins": np.searchsorted(posted[by_name], np.arange(len(text_of) + 1)).astype(np.uint32),
        "name_core": core[by_name].astype(np.uint32),
        "core_units": made.units,
        "core_units_begins": made.begins,
        "core_signature": made.signature,
        **texts,
        **postings_of_trigrams(cores),
    }


def country_arrays(core: NDArray[Any], country: NDArray[Any]) -> Arrays:
    """The distinct cores of each country, for the last, exhaustive step."""
    pairs = distinct(country.astype(np.uint64) << np.uint64(32) | core.astype(np.uint64))
    begins = np.searchsorted(pairs >> np.uint64(32), np.arange(int(country.max(initial=0)) + 2)).astype(np.uint32)
    return {"country_begins": begins, "country_core": (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)}


def loose_arrays(loose: Sequence[Loose]) -> Arrays:
    """What cores have in common: skeletons with their deletions, and phonetic codes."""
    skeletons = sorted({each.skeleton for each in loose}, key=key)  # so that a number is a place among the keys
    place = {skeleton: index for index, skeleton in enumerate(skeletons)}
    skeleton = np.array([place[each.skeleton] for each in loose], dtype=np.uint32)
    core = np.arange(len(loose), dtype=np.uint32)
    keys = np.fromiter(map(key, skeletons), dtype=np.uint64, count=len(skeletons))
    shorter = [(key(less), index) for index, each in enumerate(skeletons) for less in deletions(each)]
    codes = np.array([key(each.phonetic) if each.phonetic else 0 for each in loose], dtype=np.uint64)
    arrays: Arrays = {"core_skeleton": skeleton, "core_sound": codes, **pack("skeleton_text", skeletons)}
    arrays |= grouped("skeleton", keys[skeleton], core)
    arrays |= grouped(
        "deletion",
        np.array([each for each, _ in shorter], dtype=np.uint64),
        np.array([index for _, index in shorter], dtype=np.int64),
    )
    heard = codes != 0
    return arrays | grouped("sound", codes[heard], core[heard])
