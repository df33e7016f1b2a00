"""The pages of one's own growth; addresses carry no id of a person, each is about oneself."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("growth", __name__, url_prefix="/progress")
