"""Pages on paper: a document of ours as PDF, by WeasyPrint where Pango is there to draw letters."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from flask import Response, current_app

from mentorship.rules.marking import N_

NO_PDF = N_(
    "A PDF cannot be made on this site, because the text library Pango is missing. This page can be printed."
)
"""What a page says instead of a link to a PDF, where `can_print` is false."""

SHEET = "paper.css"
SIZES = {
    "A4": "@page { size: A4 }",
    "A3": "@page { size: A3 }",
    "A4 landscape": "@page { size: A4 landscape }",
}

Size = Literal["A4", "A3", "A4 landscape"]


def can_print() -> bool:
    """Whether PDFs can be made here; a page says so in one sentence where they cannot."""
    return _weasyprint() is not None


def pdf(html: str, *, size: Size = "A4") -> bytes | None:
    """`html`, a whole document (a template that extends ``paper.html``), as PDF; None where Pango is missing.

    Looks like ``static/paper.css``. Nothing else is read: no picture, no sheet, from no address or file.
    """
    return one_sheet([html], size=size)


def one_sheet(documents: Iterable[str], *, size: Size = "A4") -> bytes | None:
    """As `pdf`, the first of these documents that fits on one sheet, or the last, however long it is."""
    weasyprint = _weasyprint()
    if weasyprint is None:
        return None
    drawn = None
    for html in documents:
        drawn = _drawn(weasyprint, html, size)
        if len(drawn.pages) == 1:
            break
    content: bytes | None = drawn.write_pdf() if drawn else None
    return content


def _drawn(weasyprint: Any, html: str, size: Size) -> Any:
    fetcher = _nothing_from_outside(weasyprint)
    folder = Path(current_app.static_folder or "")
    sheets = [
        weasyprint.CSS(string=text, url_fetcher=fetcher)
        for text in ((folder / SHEET).read_text(encoding="utf-8"), SIZES[size])
    ]
    return weasyprint.HTML(string=html, url_fetcher=fetcher).render(stylesheets=sheets)


def as_file(content: bytes, name: str) -> Response:
    """An answer that is saved as ``name.pdf``; `name` is plain and neutral, as others may see the folder."""
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


@cache
def _weasyprint() -> ModuleType | None:
    """WeasyPrint, loaded when first needed: it is slow to load, and without Pango it cannot be."""
    try:
        import weasyprint
    except OSError:
        return None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # its warnings quote the document
    loaded: ModuleType = weasyprint
    return loaded


def _nothing_from_outside(weasyprint: Any) -> Any:
    """What answers every address a document names with a refusal, so that no words can make it fetch."""

    class Nothing(weasyprint.urls.URLFetcher):
        def fetch(self, url: str, headers: object = None) -> None:  # noqa: ARG002  the base's signature
            raise ValueError("a document brings everything it needs")

    return Nothing()
