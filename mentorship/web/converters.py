"""What may stand in an address: anything else is a 404 before any code of ours sees it."""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from mentorship.rules.lifecycle import Action

PUBLIC_ID = "[A-Za-z0-9_-]{1,64}"


def is_public_id(text: str) -> bool:
    """Whether this may be an id of ours; what else a form brings is not asked of the database."""
    return re.fullmatch(PUBLIC_ID, text) is not None


class PublicIdConverter(BaseConverter):
    """A random id or token as we make them; never a control letter, which PostgreSQL would choke on."""

    regex = PUBLIC_ID


class ActionConverter(BaseConverter):
    """An act of the lifecycle by its name."""

    regex = "[a-z_]{1,32}"

    def to_python(self, value: str) -> Action:
        try:
            return Action(value)
        except ValueError as error:
            raise ValidationError from error


def init_converters(app: Flask) -> None:
    """Make ``<public_id:…>`` and ``<action:…>`` known to the routes of `app`."""
    app.url_map.converters["public_id"] = PublicIdConverter
    app.url_map.converters["action"] = ActionConverter
