"""A real browser for tests: Debian's Chromium driven by Playwright, and a server for it to visit."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from werkzeug.serving import make_server

CHROMIUM = Path("/usr/bin/chromium")
MISSING = (
    "Chromium is not here. Install it with: "
    "apt-get install -y --no-install-recommends chromium fonts-noto-core"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@contextmanager
def started_chromium():
    """Yield a running Chromium; raises FileNotFoundError where there is none."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        raise FileNotFoundError(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(app):
    """Serve `app` on a free port for as long as the block runs; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    """One for a file of tests, no longer: while it runs, Flask's contexts cannot end in this thread."""
    if not CHROMIUM.exists():
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(MISSING)
    with started_chromium() as browser:
        yield browser


@pytest.fixture
def chromium_page(chromium) -> Iterator:
    """A fresh page at desk size; it fails the test if the page calls any other site or logs an error."""
    with watched_page(chromium) as page:
        yield page


@contextmanager
def watched_page(chromium, **context_options):
    """Yield a page of a context of its own; afterwards nothing may have been asked of another origin."""
    options = {"viewport": DESK, "bypass_csp": False} | context_options
    context = chromium.new_context(**options)
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield page
    context.close()
    strangers = [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "about:"))]
    assert not strangers, f"the page called others: {strangers}"
    assert not complaints, f"the page complained: {complaints}"


def axe_violations(page) -> list[str]:
    """Run axe on the page as it stands; return its serious and critical findings in words.

    The page's context needs ``bypass_csp=True`` (`watched_page(chromium, bypass_csp=True)`).
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


def is_scrolled_sideways(page) -> bool:
    """Tell whether the page as a whole is wider than the screen."""
    return page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")
