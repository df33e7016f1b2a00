"""A site with a pair on it."""

import pytest

from tests.web.pairs import Pairs


@pytest.fixture
def pairs(fresh_database, tmp_path):
    pairs = Pairs(fresh_database, tmp_path)
    yield pairs
    pairs.close()
