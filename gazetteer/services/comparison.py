"""Comparisons: how a candidate came about, and what puts one ahead of another, in numbers and in words."""

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.explanation import Compared, Difference, Lead
from gazetteer.matching.pairs import Pairs
from gazetteer.matching.score import Scored, explain
from gazetteer.services.records import described
from gazetteer.services.wording import listed

TELLING = 0.05  # log-odds from which a difference is worth a word
MOST = 5  # differences that are listed


def compared(snapshot: Snapshot, pairs: Pairs, scored: Scored, row: int) -> Compared:
    """How the best pair of a row of the scores was compared.

    `share` is what the score was before it was calibrated.
    """
    pair = int(scored.pair[row])
    log_odds = sum(each.weight for each in explain(scored, pair))
    known = bool(pairs.text.exact[pair])
    form, core = spelled(pairs, pair) if known else resembled(snapshot, pairs, pair)
    return Compared(known, form, core, log_odds, float(scored.share[row]))


def spelled(pairs: Pairs, pair: int) -> tuple[str, str]:
    """The forms of a pair of one and the same spelling."""
    cores = pairs.batch.asked[int(pairs.query[pair])].spelling.cores
    return (cores[0], cores[0]) if cores else ("", "")


def resembled(snapshot: Snapshot, pairs: Pairs, pair: int) -> tuple[str, str]:
    """The forms of a pair that were held against each other: the query's, and the stored name's."""
    text = pairs.text
    return text.forms[int(text.form[pair])], snapshot.cores.text[int(text.core[pair])]


Row = tuple[Scored, int]  # a row of some scores


def lead(snapshot: Snapshot, first: Row, second: Row, score: float) -> Lead:
    """What keeps the record of one row behind that of another; `score` is that of the record behind."""
    ahead, behind = (
        {each.feature: each for each in explain(scored, int(scored.pair[at]))} for scored, at in (first, second)
    )
    differences = [
        Difference(name, one.value, behind[name].value, one.weight - behind[name].weight, one.because)
        for name, one in ahead.items()
    ]
    differences.sort(key=lambda each: (-abs(each.weight), each.feature))
    log_odds = sum(each.weight for each in differences)
    entity = int(second[0].entity[second[1]])
    worth = tuple(each for each in differences[:MOST] if abs(each.weight) >= TELLING)
    return Lead(
        id=snapshot.entities.id[entity].decode(),
        name=snapshot.entities.name[entity],
        score=score,
        log_odds=log_odds,
        differences=worth,
        because=sentence(described(snapshot, entity), log_odds, worth),
    )


def sentence(behind: str, log_odds: float, differences: tuple[Difference, ...]) -> str:
    """The differences in words."""
    if not differences:
        return f"nothing tells {behind} from the first: all that is known speaks for both alike"
    held = [told(each) for each in differences if each.weight > 0]
    helped = [told(each) for each in differences if each.weight < 0]
    clauses = [f"{listed(held, 'and')} hold{'s' if len(held) == 1 else ''} it back"] if held else []
    clauses += [f"{listed(helped, 'and')} speak{'s' if len(helped) == 1 else ''} for it"] if helped else []
    return f"{behind} is {log_odds:.1f} behind in log-odds: {', '.join(clauses)}"


def told(difference: Difference) -> str:
    """A feature, what it saw of either, and what that makes."""
    seen = f"{valued(difference.value)} against {valued(difference.other_value)}"
    return f"{difference.feature} ({seen}, {abs(difference.weight):.1f})"


def valued(value: float | None) -> str:
    """A value as a sentence has it."""
    return "nothing known" if value is None else f"{value:.2f}"
