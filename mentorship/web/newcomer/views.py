"""The newcomer's pages: profile and request, suggestions, waiting."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("newcomer", __name__)
