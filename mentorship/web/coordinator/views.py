"""The coordinator's pages: today, approvals, rounds, numbers."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("coordinator", __name__, url_prefix="/cohorts")
