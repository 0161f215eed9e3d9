"""Queries on the small gazetteer: every name that it has, names that nobody listed, and nonsense."""

from dataclasses import asdict
from typing import Any

from hypothesis import strategies as st

from gazetteer.matching.types import Query
from tests.index.small import names

STORED = list(dict.fromkeys(each.text for each in names()))
OTHERS = [
    *(
        "Hawijah",
        "Al Ḩawījah",
        "Хавиджа",
        "Hewîce",
        "ハウィージャ",
        "Deir el-Zour",
        "Дейр-эз-Зор",
        "Deir Al Zor province",
    ),
    *("Tel Afer", "Tall Abyadh", "Mosul, Iraq", "Мосул (Ирак)", "Musul", "Kerkuk Gov.", "ISIS militants", "I.S.I.S."),
    *("New Mosul", "Tripolis", "Trablus", "Nahr al-Furat", "Frat", "Xqzvbnm", "中文", "12345", "!!!"),
]
CONTEXTS: list[dict[str, Any]] = [
    {},
    {"country": "IQ"},
    {"country": "SY"},
    {"within": "Kirkuk"},
    {"lat": 34.4, "lon": 35.8},
    {"lat": 36.0, "lon": 43.0, "radius_km": 100.0},
    {"kind": "place"},
    {"type": "admin1"},
]
ASKED = [Query(name, **context) for name in (*STORED, *OTHERS) for context in CONTEXTS]

ANY_NAME = st.sampled_from((*STORED, *OTHERS)) | st.text(max_size=30)
ANY_QUERY = st.builds(lambda name, context: Query(name, **context), ANY_NAME, st.sampled_from(CONTEXTS))


def said(answer: object) -> str:
    """Everything that an answer says, to the last digit."""
    return repr(asdict(answer)) if hasattr(answer, "__dataclass_fields__") else repr(answer)  # type: ignore[call-overload]
