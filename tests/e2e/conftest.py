"""Two cohorts, served to a real browser."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.chromium import served
from tests.e2e.setting import Journey, Setting
from tests.e2e.someone import People
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


@pytest.fixture
def journey(apart, chromium, sqlite_databases, tmp_path):
    """A cohort whose people can be given a browser each. At the end none may have complained."""
    with sqlite_databases.fresh() as engine, ExitStack() as stack:
        setting = apart.submit(Setting, engine, tmp_path).result()
        with served(setting.app) as base:
            people = People(chromium, stack, base)
            yield Journey(setting, people, apart)
            people.check()
        stack.close()
        apart.submit(setting.close).result()
