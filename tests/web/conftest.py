"""The sample site, to try the foundations on by themselves."""

import pytest

from tests.browser import Browser
from tests.web.sample.site import make_site


@pytest.fixture
def site():
    return make_site(TESTING=True)


@pytest.fixture
def visitor(site):
    return Browser(site)
