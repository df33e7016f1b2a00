"""Her own account: settings, sessions, blocks, erasure."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("account", __name__, url_prefix="/account")
