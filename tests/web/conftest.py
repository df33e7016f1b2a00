"""The sample site, to try the foundations on by themselves."""

import pytest

from tests.browser import Browser
from tests.web.sample.site import make_site
from tests.web.world import World


@pytest.fixture
def site():
    return make_site(TESTING=True)


@pytest.fixture
def visitor(site):
    return Browser(site)


@pytest.fixture(scope="session")
def world(sqlite_databases, tmp_path_factory):
    """Two cohorts with somebody in every part; whoever changes anything calls `world.put_back()`."""
    with sqlite_databases.fresh() as engine:
        world = World(engine, tmp_path_factory.mktemp("world"))
        yield world
        world.close()
