"""A site of one's own, on each kind of database."""

import pytest

from tests.web.living import Site


@pytest.fixture
def site(fresh_database, tmp_path):
    site = Site(fresh_database, tmp_path)
    yield site
    site.close()
