"""The headers of every answer, whatever its status, and redirects that never leave the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, redirect
from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from werkzeug.wrappers import Response

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow",
}
BEHIND_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
NOT_KEPT = "no-store"
KEPT_FOR_LONG = "public, max-age=31536000, immutable"


def init_headers(app: Flask) -> None:
    """Wrap `app` so that no answer leaves without the headers, not even one made outside of Flask.

    Call it after anything else that wraps ``app.wsgi_app`` and answers by itself.
    """
    static = (app.static_url_path or "/static") + "/"
    app.wsgi_app = HeaderMiddleware(app.wsgi_app, static)  # type: ignore[method-assign]  # Flask's own way


class HeaderMiddleware:
    """Adds the headers outside of everything that may answer."""

    def __init__(self, application: WSGIApplication, static: str) -> None:
        self._application = application
        self._static = static

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_static = environ.get("PATH_INFO", "").startswith(self._static)
        versioned = is_static and environ.get("QUERY_STRING", "").startswith("v=")

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            complete = Headers(headers)
            for name, value in ALWAYS.items():
                complete.set(name, value)
            if environ.get("wsgi.url_scheme") == "https":
                complete.update(BEHIND_TLS)
            if not is_static or status[0] not in "23":
                complete.set("Cache-Control", NOT_KEPT)
            elif versioned:
                complete.set("Cache-Control", KEPT_FOR_LONG)
            return start_response(status, list(complete), *rest)  # type: ignore[arg-type]

        return self._application(environ, start)  # type: ignore[arg-type]


def is_path_of_ours(address: str | None) -> bool:
    """Tell whether `address` is a path on this site, and nothing a browser could read as another's.

    It begins with ``/`` and then neither ``/`` nor a backslash; browsers drop tabs and line breaks before
    they read an address, so none may stand in it.
    """
    if not address or address[0] != "/" or address[1:2] == "/":
        return False
    return not any(ord(letter) <= 32 or ord(letter) == 127 or letter == "\\" for letter in address)


def redirect_back(address: str | None, otherwise: str) -> Response:
    """Send her on to `address` if it is a path of ours, else to `otherwise`."""
    return redirect(address if address and is_path_of_ours(address) else otherwise, 303)
