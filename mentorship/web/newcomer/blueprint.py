"""What every page of a newcomer begins with: her own open request."""

from __future__ import annotations

from flask import Blueprint

from mentorship.rules.errors import NotFound
from mentorship.store.queries import open_request_of
from mentorship.store.requests import Request
from mentorship.web.database import session
from mentorship.web.signed_in import me

bp = Blueprint("newcomer", __name__)


def mine() -> Request:
    """Her open request; addresses here carry no id of one, so nobody else's can be meant."""
    request = open_request_of(session, me())
    if request is None:
        raise NotFound("")
    return request
