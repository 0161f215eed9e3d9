"""What every problem body must be."""

from werkzeug.test import TestResponse

MEMBERS = {"type", "title", "status", "detail", "code", "request_id"}


def told(response: TestResponse, status: int, field: str | None = None) -> dict:
    """The problem of a response, which must be one of this status, naming this field."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    problem = response.get_json()
    assert set(problem) - {"errors"} == MEMBERS
    assert problem["status"] == status
    assert problem["detail"]
    if field is not None:
        assert field in problem["errors"], problem
    return problem
