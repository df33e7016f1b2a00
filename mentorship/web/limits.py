"""How often a password may be tried and an account be made; nothing that protects anyone is limited.

Failures are counted for the sign-in name and for the address they come from. A browser that has signed in to
that name before has a count of its own, so that nobody who types her name can lock her out.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterable

from flask import Flask, Response, after_this_request, current_app, request
from flask_limiter import Limiter
from itsdangerous import BadSignature, URLSafeSerializer
from limits import RateLimitItem, parse

from mentorship.rules.errors import TooMany
from mentorship.rules.marking import N_
from mentorship.services.keyed import hash_name

EXTENSION = "mentorship.limits"
FAILURES = parse("10 per 5 minutes")
SIGN_UPS = parse("5 per 30 minutes")
EXPORTS = parse("3 per day")
WAIT = N_("This was tried many times in a short while. Please wait some minutes and try again.")
KNOWN = "known"
KNOWN_SECONDS = 400 * 86_400

Key = tuple[str, ...]


def init_limits(app: Flask, storage: str) -> None:
    """Count in `storage`: ``memory://``, or the address of a Redis that all processes share."""
    app.extensions[EXTENSION] = Limiter(address, app=app, storage_uri=storage, strategy="moving-window")


def address() -> str:
    """Where the request comes from; of an IPv6 address the network, since one person has all of it."""
    given = request.remote_addr or ""
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return given


def at_sign_in(sign_in_name: str) -> list[Key]:
    """What a failure to sign in with this name is counted for."""
    name = hash_name(_key(), sign_in_name)
    device = _known_device(name)
    return [("device", device)] if device else [("account", name), ("address", address())]


def check(item: RateLimitItem, keys: Iterable[Key]) -> None:
    """Refuse when too much is counted already for one of the `keys`.

    Raises
    ------
    TooMany
        Whoever it was about, in the same words.
    """
    if not all(_limiter().limiter.test(item, *key) for key in keys):
        raise TooMany(WAIT)


def count(item: RateLimitItem, keys: Iterable[Key]) -> None:
    """Count one more for each of the `keys`."""
    for key in keys:
        _limiter().limiter.hit(item, *key)


def remember_device(sign_in_name: str) -> None:
    """Let this browser count for itself from now on, when it signs in with this name."""
    name = hash_name(_key(), sign_in_name)
    if _known_device(name):
        return
    value = _signer().dumps([name, secrets.token_urlsafe(12)])

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            KNOWN,
            value,
            max_age=KNOWN_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
        return response


def _known_device(name: str) -> str:
    try:
        for_name, device = _signer().loads(request.cookies.get(KNOWN, ""))
    except (BadSignature, ValueError, TypeError):
        return ""
    return f"{name}{device}" if for_name == name else ""


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_key(), salt="device")


def _key() -> bytes:
    key: bytes = current_app.config["SECRET_KEY"].encode()
    return key


def _limiter() -> Limiter:
    limiter: Limiter = current_app.extensions[EXTENSION]
    return limiter
