"""A PostgreSQL server for the tests: the one that is named, or a throw-away cluster of the system's own programs."""

from gazetteer.services.evaluate.cluster import cluster, programs

__all__ = ["ADVICE", "VARIABLE", "cluster", "programs"]

VARIABLE = "TEST_POSTGRES_URL"
ADVICE = f"no PostgreSQL: install it (apt-get install postgresql) or name a server that may be written to in {VARIABLE}"
