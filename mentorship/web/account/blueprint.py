"""The blueprint of the account's pages."""

from __future__ import annotations

from flask import Blueprint, current_app

bp = Blueprint("account", __name__, url_prefix="/account")


def secret() -> bytes:
    """The key of this installation's keyed hashes and signed links."""
    key: bytes = current_app.config["SECRET_KEY"].encode()
    return key
