"""A part of a table to be worked: distinct rows in, the text to append to each out; by this process or another."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import orjson

from gazetteer.errors import GazetteerError
from gazetteer.services.bulk.answer import Asked, Many
from gazetteer.services.bulk.cells import appended, outcome_cells
from gazetteer.services.bulk.items import from_cells
from gazetteer.services.collector import paused_collector
from gazetteer.services.outcome import decision_of

# What a row asks: the cells its query is made of.
Cells = tuple[str, ...]


class Told(NamedTuple):
    """What is told of a row: the decision, and the text that is appended."""

    decision: str
    text: str


@dataclass(frozen=True, slots=True)
class Job:
    """Rows that ask different things. `columns` are the fields that their cells are; `generation` is to answer."""

    columns: Sequence[str]
    defaults: Mapping[str, str]
    delimiter: str
    generation: int
    asked: Sequence[Cells]

    def work(self, many: Many) -> list[Told]:
        """The answers."""
        with paused_collector():
            answers = many([self.query(cells) for cells in self.asked])
            return [told(each, self.delimiter) for each in answers]

    def query(self, cells: Cells) -> Asked:
        """The query of a row, or why it has none."""
        own = {asked: cell for asked, cell in zip(self.columns, cells, strict=True) if asked == "name" or cell.strip()}
        try:
            return from_cells({**self.defaults, **own})
        except GazetteerError as error:
            return error

    def dump(self) -> bytes:
        """The job, to be sent to another process."""
        return orjson.dumps(asdict(self))

    @classmethod
    def load(cls, data: bytes) -> "Job":
        """The job that another process sent."""
        return cls(**orjson.loads(data))


def told(answer: object, delimiter: str) -> Told:
    """What is told of a row that has this answer."""
    return Told(decision_of(answer), appended(outcome_cells(answer), delimiter))  # type: ignore[arg-type]


def dumped(answers: Sequence[Told]) -> bytes:
    """Answers, to be sent back."""
    return orjson.dumps([tuple(each) for each in answers])


def loaded(data: bytes) -> list[Told]:
    """Answers that another process sent."""
    return [Told(*each) for each in orjson.loads(data)]
