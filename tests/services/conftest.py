"""The small gazetteer, open, for tests of what stands on it."""

import pytest

from gazetteer.services.resolve import Resolver
from tests.index.small import snapshot


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Resolver:
    """A resolver over the records of `tests/index/small.py`."""
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "small"))
