"""Documents as PDF: Arabic too, nothing fetched, and a site without Pango that runs all the same."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from mentorship.web import paper
from tests.paper import fonts_of, needs_pango, pages_of, without_pango

ARABIC = '<!DOCTYPE html><html lang="ar" dir="rtl"><title>شكر</title><p class="sheet">شكرا لك'


@pytest.fixture
def in_app(world):
    needs_pango()
    with world.app.app_context():
        yield


def test_a_document_becomes_one_page_with_a_font_that_holds_its_letters(in_app):
    content = paper.pdf(ARABIC)

    assert content.startswith(b"%PDF-")
    assert pages_of(content) == 1
    assert "Arabic" in fonts_of(content)


def test_a_long_document_becomes_several_pages_and_a_larger_sheet_fewer(in_app):
    long = ARABIC + "<p>سطر</p>" * 80

    assert pages_of(paper.pdf(long)) > pages_of(paper.pdf(long, size="A3"))


def test_a_document_fetches_nothing_whatever_stands_in_it(in_app, tmp_path):
    asked = []

    class Witness(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Witness) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        secret = tmp_path / "secret.txt"
        secret.write_text("kept")
        html = (
            f'<img src="{address}/a.png"><link rel="stylesheet" href="{address}/b.css">'
            f'<style>@import "{address}/c.css"; p {{ background: url({address}/d.png) }}</style>'
            f'<p>x</p><a rel="attachment" href="{secret.as_uri()}">y</a>'
        )
        content = paper.pdf(html)
        server.shutdown()

    assert content.startswith(b"%PDF-")
    assert asked == []
    assert b"EmbeddedFile" not in content


def test_without_pango_there_is_no_pdf_and_no_failure(world):
    with world.app.app_context(), without_pango():
        assert not paper.can_print()
        assert paper.pdf(ARABIC) is None


def test_starting_the_service_does_not_load_what_draws_pdfs():
    program = "import mentorship.app, mentorship.web.paper, sys; print('weasyprint' in sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "False"
