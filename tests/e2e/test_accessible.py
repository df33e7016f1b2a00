"""axe finds nothing serious on any page one can reach: phone and desk, both directions, by day and night."""

from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from mentorship.app import create_app
from mentorship.config import Config
from mentorship.demo import load as demo
from mentorship.demo.personas import PERSONAS
from mentorship.web.database import db
from tests.chromium import DESK, PHONE, axe_violations, is_scrolled_sideways, served, watched_page
from tests.databases import address
from tests.web.world import SECRET

pytestmark = pytest.mark.e2e

LOOKS = list(product([PHONE, DESK], ["en", "ar"], ["light", "dark"]))
NOT_PAGES = {
    "account.data", "cohort.call", "cohort.poster_file", "coordinator.numbers_file",
    "growth.story_on_paper", "static",
}  # fmt: skip
"""What is downloaded."""
OF_ONE_KIND = 2
"""So many pages of one route are looked at."""

CALL = "/cohort/{{cohort_id}}/conversations/{{{}}}"
SAMPLE = [
    ("newcomer", ["/home", "/request", "/request/change"], PHONE, "ar", "dark"),
    ("mentor", ["/mentor", "/mentor/offer"], PHONE, "en", "light"),
    ("paired", ["/mentorships/{mentorship of paired}"], DESK, "ar", "light"),
    ("backup", ["/mentorships/{mentorship of paired}"], PHONE, "ar", "dark"),
    ("member", ["/note/question/hand-over/{hand-over link}", "/note/ask/{ask}"], PHONE, "ar", "dark"),
    ("coordinator", ["/cohorts/{cohort_id}/", "/cohorts/{cohort_id}/rounds/{round_id}"], DESK, "en", "dark"),
    ("coordinator", ["/cohorts/{cohort_id}/people", "/cohorts/{cohort_id}/settings"], PHONE, "ar", "light"),
    (
        "coordinator",
        ["/cohorts/{cohort_id}/numbers", "/cohorts/{cohort_id}/small-steps"],
        PHONE,
        "ar",
        "dark",
    ),
    ("former", ["/lineage", "/helped/people", "/helped/people/{typed help}"], PHONE, "ar", "dark"),
    ("mentor", ["/lineage", "/lineage/names", "/progress"], DESK, "en", "dark"),
    ("paired", ["/progress", "/progress/story", "/cohort/{cohort_id}/poster"], PHONE, "ar", "dark"),
    ("paired", [CALL.format("call"), CALL.format("call before")], PHONE, "en", "dark"),
]


def options(screen, scheme):
    return {"viewport": screen, "color_scheme": scheme, "bypass_csp": True}


def wrong_here(page, path):
    sideways = [f"{path}: wider than the screen"] if is_scrolled_sideways(page) else []
    return sideways + [f"{path}: {found}" for found in axe_violations(page)]


@pytest.mark.parametrize(("part", "paths", "screen", "language", "scheme"), SAMPLE)
def test_a_sample_of_pages_is_accessible(living, chromium, apart, part, paths, screen, language, scheme):
    world, base = living
    cookies = apart.submit(world.cookies, f"{part} of Spring").result()
    with watched_page(chromium, **options(screen, scheme)) as page:
        page.context.add_cookies(cookies)
        for path in paths:
            answer = page.goto(f"{base}{path.format(**world.ids['Spring'])}?uselang={language}")

            assert answer.status == 200
            assert page.locator("html").get_attribute("lang") == language
            assert not wrong_here(page, path)


class Community:
    """The demo community, served; `sign_ins` says how to sign in as those one may look as."""

    def __init__(self, engine, folder):
        config = Config(SECRET_KEY=SECRET, INSTANCE=folder, DATABASE_URL=address(engine))
        demo.load(engine, config, at=datetime.now(UTC))
        self.app = create_app(config)
        blocks = (folder / "demo-sign-in.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]
        told = [[line.rpartition(": ")[2].rpartition(", ") for line in block.split("\n")] for block in blocks]
        self.sign_ins = {who[0]: (name[2], password[2]) for who, name, password in told}

    def endpoint(self, path):
        try:
            return self.app.url_map.bind("localhost").match(path)[0]
        except HTTPException:
            return None

    def close(self):
        with self.app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def community(apart, sqlite_databases, tmp_path_factory):
    with sqlite_databases.fresh() as engine:
        community = apart.submit(Community, engine, Path(tmp_path_factory.mktemp("community"))).result()
        with served(community.app) as base:
            yield community, base
        apart.submit(community.close).result()


def reachable(community, page, base, start, language):
    """Go from page to page by the links, yielding each path as it stands open; not each of one kind."""
    waiting, seen, kinds = list(start), set(), {}
    while waiting:
        path = waiting.pop(0)
        endpoint = community.endpoint(path)
        kinds[endpoint] = kinds.get(endpoint, 0) + 1
        if path in seen or endpoint in {None, *NOT_PAGES} or kinds[endpoint] > OF_ONE_KIND:
            continue
        seen.add(path)
        answer = page.goto(f"{base}{path}?uselang={language}")
        assert answer.status == 200, (path, answer.status)
        yield path
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        waiting += [urlsplit(urldefrag(link)[0]).path for link in links if link.startswith(base)]


@pytest.mark.full
@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
@pytest.mark.parametrize("who", [None, *PERSONAS])
def test_every_page_of_the_community_is_accessible(community, chromium, who, screen, language, scheme):
    programme, base = community
    with watched_page(chromium, **options(screen, scheme)) as page:
        start = ["/", "/help", "/privacy", "/sign-in", "/recover"]
        if who:
            name, password = programme.sign_ins[who]
            page.goto(f"{base}/sign-in")
            page.locator("[name='sign_in_name']").fill(name)
            page.locator("[name='password']").fill(password)
            page.locator("main form button").first.click()
            start = ["/home", "/request", "/mentor", "/mentor/offer", "/helped"]
        looked_at = []

        wrong = [
            found
            for path in reachable(programme, page, base, start, language)
            for found in [looked_at.append(path), *wrong_here(page, path)]
            if found
        ]

        assert len(looked_at) >= len(start) - 1
        assert not wrong, "\n".join(wrong)
