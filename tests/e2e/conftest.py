"""Two cohorts, served to a real browser."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.chromium import served
from tests.web.world import World


@pytest.fixture(scope="package")
def apart():
    """Another thread: Flask's own contexts do not end in the one Playwright runs in."""
    with ThreadPoolExecutor(1) as apart:
        yield apart


@pytest.fixture(scope="package")
def living(apart, sqlite_databases, tmp_path_factory):
    """The world of `tests/web/world.py`, and the address it is served at."""
    with sqlite_databases.fresh() as engine:
        world = apart.submit(World, engine, tmp_path_factory.mktemp("living")).result()
        with served(world.app) as base:
            yield world, base
        apart.submit(world.close).result()
