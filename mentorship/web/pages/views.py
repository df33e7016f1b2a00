"""The landing page, home, and the pages anyone may read."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("pages", __name__)
