"""Who may open which page: one table, one line a route; a route without a line is refused at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.store.engine import begin_reading
from mentorship.web.database import db
from mentorship.web.signed_in import coordinates, is_signed_in, note_presence

TABLE = Path(__file__).parent / "access.yaml"
WHO = ("anyone", "person", "coordinator")
MODES = ("reads", "writes")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    `who` is checked before the view; `relation` says in words what the view itself makes sure of;
    `mode` is how the request's transaction begins.
    """

    who: str
    relation: str
    mode: str


@cache
def read_table() -> Mapping[str, Line]:
    """The table: endpoint to line; read once."""
    lines = yaml.safe_load(TABLE.read_text(encoding="utf-8")) or {}
    return MappingProxyType({endpoint: _line(endpoint, words) for endpoint, words in lines.items()})


def _line(endpoint: str, words: str) -> Line:
    who, relation, mode = (part.strip() for part in words.split("|"))
    if who not in WHO or mode not in MODES:
        raise RuntimeError(f"{TABLE.name}: the line of {endpoint} cannot be understood")
    return Line(who, relation, mode)


def init_access(app: Flask) -> None:
    """Hold every request of `app` to the table."""
    table = read_table()
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    if missing := sorted(endpoints - set(table)):
        raise RuntimeError(f"no line in {TABLE.name} for: {', '.join(missing)}")
    if unused := sorted(set(table) - endpoints):
        raise RuntimeError(f"lines in {TABLE.name} without a route: {', '.join(unused)}")
    app.extensions["access"] = table
    app.before_request(_check)


def line_of(endpoint: str) -> Line:
    """The line of a route of the current application."""
    line: Line = current_app.extensions["access"][endpoint]
    return line


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    line = line_of(request.endpoint)
    if line.mode == "reads" and request.method in ("GET", "HEAD"):
        begin_reading(db.session)
    if line.who == "anyone":
        return None
    if not is_signed_in():
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("auth.sign_in", next=target), 303)
    if line.who == "coordinator" and not coordinates():
        abort(404)
    if request.method == "POST":
        note_presence()
    return None
