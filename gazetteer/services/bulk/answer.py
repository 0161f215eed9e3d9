"""Bulk answers: batches of queries worked, equal ones once, and said in order.

`ndjson` and `tables` read and write their formats; this is what they, and the JSON body, share.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence, Sized
from typing import Any, Generic, NamedTuple, TypeVar

from gazetteer.errors import GazetteerError, LimitExceeded
from gazetteer.matching.types import Query, Result
from gazetteer.services import answers
from gazetteer.services.bulk.items import key_of, query_or_error
from gazetteer.services.collector import paused_collector
from gazetteer.services.strict_json import dumps

Asked = Query | GazetteerError
Many = Callable[[Sequence[Asked]], Sequence[Result | GazetteerError]]

Key = TypeVar("Key", bound=Hashable)
Text = TypeVar("Text", bound=Sized)

# Candidates printed from one batch at most: 50 of them with explanations are 100 KB a row.
CANDIDATES_AT_ONCE = 1000
# What an entry of the memory takes beside its texts: the objects, the slot.
ENTRY = 600


class Said(NamedTuple, Generic[Text]):
    """What is said of a query: the decision, and the text of the answer."""

    decision: str
    text: Text


class Memory(Generic[Key, Text]):
    """Answers already given, so that equal queries are worked once even far apart; forgets all when full."""

    def __init__(self, work: Callable[[list[Key]], list[Said[Text]]], most: int = 16 * 1024**2) -> None:
        self.work = work
        self.most = most
        self.size = 0
        self.known: dict[Key, Said[Text]] = {}

    def answers(self, keys: Sequence[Key], weight: int) -> list[Said[Text]]:
        """The answer to each key, in order. `weight` is how long the texts were that the keys were read from."""
        if self.size > self.most:
            self.known.clear()
            self.size = 0
        known = self.known
        new = [key for key in dict.fromkeys(keys) if key not in known]
        if new:
            said = self.work(new)
            known.update(zip(new, said, strict=True))
            self.size += weight + sum(len(each.text) + ENTRY for each in said)
        return [known[key] for key in keys]


class Answer:
    """A bulk answer on its way: iterate for its bytes; `summary` counts the decisions given so far."""

    def __init__(self, chunks: Callable[[Counter[str]], Iterator[bytes]]) -> None:
        self.summary: Counter[str] = Counter(match=0, ambiguous=0, none=0, error=0)
        self.chunks = chunks(self.summary)

    def __iter__(self) -> Iterator[bytes]:
        return self.chunks


class Teller:
    """Items in, lines of JSON out, each with its item's key."""

    def __init__(self, many: Many, *, explain: bool = False) -> None:
        self.many = many
        self.explain = explain
        self.memory: Memory[Asked, bytes] = Memory(self.work)

    def work(self, asked: list[Asked]) -> list[Said[bytes]]:
        """The answers without their keys: objects less the opening brace."""
        return [self.said(each) for each in self.many(asked)]

    def said(self, outcome: Result | GazetteerError) -> Said[bytes]:
        """One outcome."""
        if isinstance(outcome, GazetteerError):
            return Said("error", dumps(answers.error(outcome))[1:])
        return Said(outcome.decision.value, dumps(answers.result(outcome, explain=self.explain))[1:])

    def lines(
        self, items: Sequence[object], summary: Counter[str], weight: int = 0, numbers: Sequence[int] = ()
    ) -> list[bytes]:
        """One object for each item, in order; an item that is an error already stays that error.

        `weight` is how long the text was that the items were read from; an error says the number of its line, where
        lines are numbered.
        """
        with paused_collector():
            said = self.memory.answers([query_or_error(item) for item in items], weight)
        summary.update(each.decision for each in said)
        found = [b'{"key":' + dumps(key_of(item)) + b"," + each.text for item, each in zip(items, said, strict=True)]
        for place, number in enumerate(numbers):
            if said[place].decision == "error":
                found[place] = b'{"line":%d,' % number + found[place][1:]
        return found


def batch_of(limit: int) -> int:
    """How many queries to work at a time when `limit` candidates of each are printed."""
    return max(CANDIDATES_AT_ONCE // max(limit, 1), 1)


def normalise(items: Sequence[Any], many: Many, *, limit: int, most: int, explain: bool = False) -> Answer:
    """The JSON bulk answer `{"results": […], "summary": {…}}` to at most `most` items."""
    if len(items) > most:
        raise LimitExceeded(f"{len(items)} items; at most {most} are taken at once", field="items")
    teller = Teller(many, explain=explain)
    size = batch_of(limit)

    def chunks(summary: Counter[str]) -> Iterator[bytes]:
        opening = b'{"results":['
        for start in range(0, len(items), size):
            yield opening + b",".join(teller.lines(items[start : start + size], summary))
            opening = b","
        yield (b"" if items else opening) + b'],"summary":' + dumps(dict(summary)) + b"}"

    return Answer(chunks)
