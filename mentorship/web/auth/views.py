"""Joining, signing in and out, recovery."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("auth", __name__)
