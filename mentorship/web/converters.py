"""What may stand in an address: anything else is a 404 before any code of ours sees it."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter


class PublicIdConverter(BaseConverter):
    """A random id or token as we make them; never a control letter, which PostgreSQL would choke on."""

    regex = "[A-Za-z0-9_-]{1,64}"


def init_converters(app: Flask) -> None:
    """Make ``<public_id:…>`` known to the routes of `app`."""
    app.url_map.converters["public_id"] = PublicIdConverter
