"""The blueprint of the pages that mailed links lead to, and what they say when a link is over."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("mailed", __name__, url_prefix="/note")


def secret() -> bytes:
    """The key under which links are signed."""
    key: bytes = current_app.config["SECRET_KEY"].encode()
    return key


def over() -> ResponseReturnValue:
    """The same page for a link that was used, is too old, was changed, or was never made here."""
    return render_template("mailed/over.html"), 410
