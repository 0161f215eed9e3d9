"""The small installation of the doors' tests, to be served."""

from tests.api.conftest import data

__all__ = ["data"]
