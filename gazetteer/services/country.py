"""Countries as callers write them: a code of ISO 3166-1, or a name in any language."""

from collections.abc import Mapping

import numpy as np

from gazetteer.errors import UnknownCountry
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.keys import key
from gazetteer.services.wording import shown
from gazetteer.text.tokens import analyse


class Countries:
    """The countries of one snapshot, by code and by name."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._records = countries_of(snapshot)
        self._codes = codes_of(snapshot, self._records)
        self._known: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of the country meant; UnknownCountry where it is none, or may be several."""
        if text not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[text] = self._find(text)
        return self._known[text]

    def record(self, code: str) -> int | None:
        """The record of the country with this code of two or three capital letters."""
        number = self._codes.get(code.strip())
        return next((each for each, its in self._records.items() if its == number), None)

    def _find(self, text: str) -> int:
        code = self._codes.get(text.strip().upper())
        if code is not None:
            return code
        numbers = self._named(text)
        if len(numbers) == 1:
            return numbers.pop()
        if numbers:
            codes = ", ".join(sorted(str(self._snapshot.countries[each]) for each in numbers))
            raise UnknownCountry(f"{shown(text)} may be several countries: {codes}", field="country")
        raise UnknownCountry(f"{shown(text)} is neither a country code nor the name of a country", field="country")

    def _named(self, text: str) -> set[int]:
        """The numbers of the countries of this name, as it is spelled or else as it is romanised."""
        names, cores = self._snapshot.names, self._snapshot.cores
        analysis = analyse(text)
        _, spelled = self._snapshot.exact.find(np.array([key(analysis.folded)], dtype=np.uint64))
        found = self._of(names.entity[spelled])
        if found or not analysis.core:
            return found
        _, same = cores.by_key.find(np.array([key(analysis.core)], dtype=np.uint64))
        return {number for core in same for number in self._of(names.entity[cores.names_of(int(core))])}

    def _of(self, entities: np.ndarray) -> set[int]:
        return {self._records[each] for each in entities.tolist() if each in self._records}


REMEMBERED = 10_000  # spellings kept resolved


def countries_of(snapshot: Snapshot) -> Mapping[int, int]:
    """The records that are countries, with the number of their code."""
    if "country" not in snapshot.types:
        return {}
    records = snapshot.entities.of_type(snapshot.types.index("country"))
    return {each: int(snapshot.entities.country[each]) for each in records if snapshot.entities.country[each]}


def codes_of(snapshot: Snapshot, records: Mapping[int, int]) -> dict[str, int]:
    """The numbers of all codes, of two letters and of three."""
    codes = {code: number for number, code in enumerate(snapshot.countries) if code is not None}
    for record, number in records.items():
        alpha3 = snapshot.entities.identifiers(record).get("iso3166_alpha3")
        if alpha3:
            codes[alpha3] = number
    return codes
