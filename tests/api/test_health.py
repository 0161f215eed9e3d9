"""`/healthz` and `/readyz`."""

from gazetteer.factory import create_app
from gazetteer.settings import Settings
from tests.api.problems import told


def test_alive(client):
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_ready_when_all_is_there(client):
    assert client.get("/readyz").get_json() == {"status": "ready", "generation": 7}


def test_an_empty_installation_is_alive_but_not_ready(tmp_path):
    """It starts, says what is missing, and refuses no more than it must."""
    client = create_app(Settings(data=tmp_path)).test_client()
    assert client.get("/healthz").status_code == 200
    problem = told(client.get("/readyz"), 503, "snapshot")
    assert "database" in problem["errors"]
    told(client.get("/v1/lookup?name=Hawija"), 503)
    told(client.post("/v1/normalise", json={"items": [{"name": "Hawija"}]}), 503)


def test_a_database_that_cannot_be_reached_is_said_without_its_address(data):
    url = "postgresql+psycopg://user:secret@127.0.0.1:1/gazetteer"
    client = create_app(Settings(data=data, database_url=url)).test_client()
    problem = told(client.get("/readyz"), 503, "database")
    assert "secret" not in str(problem)
    assert client.get("/v1/lookup?name=Hawija").status_code == 200
