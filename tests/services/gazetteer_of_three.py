"""A gazetteer you can read: three records found by their exact names, for tests of the doors around it."""

from collections.abc import Sequence

from gazetteer.errors import GazetteerError, InvalidInput
from gazetteer.matching.types import Candidate, Decision, MatchedName, Query, Result


def record(id: str, name: str, country: str, admin1: str, geonames: str) -> Candidate:
    """A town."""
    found = MatchedName(name, "en", "preferred", "test")
    identifiers = {"geonames": geonames}
    return Candidate(
        id, name, "place", "settlement", country, admin1, 35.325, -43.5, None, identifiers, 0.9876543, found
    )


HAWIJA = record("hawija", "Hawija", "IQ", "Kirkuk", "390188")
BAGHUZ = record("baghuz", "Baghuz", "SY", "Deir ez-Zor", "174448")
FORMULA = record("formula", '=HYPERLINK("http://x")', "SY", '+Homs, "old"', "1")

RECORDS = {
    "Hawija": (HAWIJA,),
    "الحويجة": (HAWIJA,),
    "Baghuz": (BAGHUZ,),
    "formula": (FORMULA,),
    "twins": (HAWIJA, BAGHUZ),
}


class ThreeRecords:
    """Answers by exact name, and remembers what it was asked."""

    generation = 7

    def __init__(self) -> None:
        self.asked: list[list[Query | GazetteerError]] = []

    def many(self, queries: Sequence[Query | GazetteerError]) -> list[Result | GazetteerError]:
        """One outcome a query, in order."""
        self.asked.append(list(queries))
        return [query if isinstance(query, GazetteerError) else self.one(query) for query in queries]

    def one(self, query: Query) -> Result | GazetteerError:
        """What the name means; NUL in it is refused, as the real one does."""
        if "\0" in query.name:
            return InvalidInput("the name holds NUL", field="name")
        found = RECORDS.get(query.name.strip(), ())
        decision = (Decision.NONE, Decision.MATCH, Decision.AMBIGUOUS)[len(found)]
        return Result.told(query, decision, self.generation, f"{len(found)} found", found)
