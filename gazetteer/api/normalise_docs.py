"""How `POST /v1/normalise` is documented: three bodies, three answers."""

from typing import Any

from gazetteer.api.answer_schemas import BulkAnswerSchema
from gazetteer.api.replies import JSON
from gazetteer.api.schemas import BulkDocSchema, CsvSchema
from gazetteer.services.outcome import APPENDED

NDJSON = "application/x-ndjson"
CSV = "text/csv"

ITEMS = '{"key": 1, "name": "Hawijah", "country": "IQ"}\n{"key": 2, "name": "دير الزور"}\n'
TABLE = "place,country\nHawijah,IQ\nدير الزور,SY\n"

LINES = "One item a line: the same object as in the JSON body's `items`. Blank lines are passed over."
RESULTS = "One result a line, in the order of the items: the same object as in the JSON answer's `results`."
CELLS = (
    "A table in UTF-8 with a header line; `column` names the column of the names. The delimiter is found out among "
    "comma, semicolon, tab and bar."
)
APPENDS = (
    f"The same table, every cell as it came, with the columns {', '.join(APPENDED)} appended. Text that a spreadsheet "
    "would run as a formula is preceded by an apostrophe."
)
PARAMETERS = {
    "limit": (
        "NDJSON: candidates of each to list at most.",
        {"type": "integer", "minimum": 1, "maximum": 50, "default": 1},
    ),
    "explain": ("NDJSON: say what each piece of evidence added.", {"type": "boolean", "default": False}),
}


def text(description: str, example: str) -> dict[str, Any]:
    """A body that is text."""
    return {"schema": {"type": "string", "description": description}, "example": example}


DOCUMENTED: dict[str, Any] = {
    "parameters": [
        {"in": "query", "schema": CsvSchema(partial=True)},
        *(
            {"in": "query", "name": name, "description": description, "schema": schema}
            for name, (description, schema) in PARAMETERS.items()
        ),
    ],
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": BulkDocSchema,
                "example": {"items": [{"key": 1, "name": "Hawijah", "country": "IQ"}], "limit": 1, "explain": False},
            },
            NDJSON: text(LINES, ITEMS),
            CSV: text(CELLS, TABLE),
        },
    },
    "responses": {
        "200": {
            "description": "OK",
            "content": {
                JSON: {"schema": BulkAnswerSchema},
                NDJSON: {"schema": {"type": "string", "description": RESULTS}},
                CSV: {"schema": {"type": "string", "description": APPENDS}},
            },
        }
    },
}
