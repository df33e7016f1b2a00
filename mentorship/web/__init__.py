"""HTTP: the pages, their forms, and who may open them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask

from mentorship.web.errors import init_errors
from mentorship.web.headers import init_headers
from mentorship.web.i18n import Reader, init_i18n
from mentorship.web.templating import init_templating

__all__ = ["Reader", "init_web"]


def init_web(
    app: Flask,
    *,
    reader: Callable[[], Reader | None] = lambda: None,
    undo: Callable[[], None] = lambda: None,
    catalogues: tuple[Path, ...] = (),
) -> None:
    """Give `app` what every page stands on: languages, templates' words, calm errors, headers.

    Parameters
    ----------
    reader
        Says what the signed-in person has set (her language, her time zone).
    undo
        Rolls back the unit of work when an act is refused or breaks.
    catalogues
        More folders of ``CODE.po`` files.
    """
    init_i18n(app, reader=reader, folders=catalogues)
    init_templating(app)
    init_errors(app, undo=undo)
    init_headers(app)
