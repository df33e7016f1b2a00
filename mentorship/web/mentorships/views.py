"""The page of a pair, its acts and messages."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("mentorships", __name__, url_prefix="/mentorships")
