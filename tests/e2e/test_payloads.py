"""Whatever people write stays words: markup, templates and script links run on no page that shows them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.chromium import served, watched_page
from tests.web.canaries import CODES, MAY_SEE, furnish, private_texts
from tests.web.visits import pages_for
from tests.web.world import World

pytestmark = pytest.mark.e2e

PAYLOADS = (
    "<script>ran('script')</script>",
    "\"><img src=x onerror=ran('image')>",
    "'><svg onload=ran('drawing')>{{1337*7}}${1337*7}",
    "javascript:ran('link') https://x.example/\"onmouseover=ran('over')",
    "</textarea></title></script><iframe srcdoc='<script>parent.ran(1)</script>'></iframe>",
)
PARTS = ("newcomer", "paired", "asked", "mentor", "member", "coordinator")
FILES = ("/paper", ".csv", ".ics", ".pdf")
"""How addresses of files to keep end; no browser shows them as pages."""
WRITTEN = {name for name, who in MAY_SEE.items() if who} - CODES


def poison(session):
    """Make every text that anyone is shown one of the payloads, each row another."""
    for name in WRITTEN:
        column = private_texts()[name]
        keys = list(column.table.primary_key.columns)
        written = select(*keys).where(column.is_not(None)).order_by(*keys)
        for number, row in enumerate(session.execute(written).all()):
            payload = f"{PAYLOADS[(number + len(name)) % len(PAYLOADS)]} {number}"[: column.type.length]
            where = [key == value for key, value in zip(keys, row, strict=True)]
            session.execute(column.table.update().where(*where).values({column.name: payload}))


def make(engine, folder):
    world = World(engine, folder)
    with world.filling() as session:
        furnish(session, datetime.now(UTC))
        poison(session)
    return world, {part: world.cookies(f"{part} of Spring") for part in PARTS}


@pytest.fixture(scope="module")
def poisoned(apart, sqlite_databases, tmp_path_factory):
    with sqlite_databases.fresh() as engine:
        world, cookies = apart.submit(make, engine, tmp_path_factory.mktemp("poisoned")).result()
        with served(world.app) as base:
            yield world, cookies, base
        apart.submit(world.close).result()


@pytest.mark.parametrize(
    "part", [*PARTS[:2], *(pytest.param(part, marks=pytest.mark.full) for part in PARTS[2:-1]), PARTS[-1]]
)
def test_nothing_anyone_wrote_runs(poisoned, chromium, part):
    """Without the policy that would stop it too: the pages themselves must be right."""
    world, cookies, base = poisoned
    ran, shown = [], 0
    with watched_page(chromium, bypass_csp=True) as page:
        page.context.add_cookies(cookies[part])
        page.expose_function("ran", lambda what: ran.append(what))
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        for path in pages_for(world, "Spring", part):
            if path.startswith("/account/data") or path.endswith(FILES):
                continue
            page.goto(base + path, wait_until="load")
            shown += page.locator("body").inner_text().count("ran(")
            assert page.locator("[href^='javascript:' i], iframe, [onerror], [onload]").count() == 0, path
            assert "9359" not in page.content(), path

    assert shown
    assert not ran
