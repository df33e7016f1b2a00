"""The header's links: each persona says which it offers to the person who is here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, request

EXTENSION = "mentorship.navigation"


@dataclass(frozen=True)
class NavItem:
    """One link of the header; with `post` it is a button (signing out changes something)."""

    label: str
    url: str
    post: bool = False

    @property
    def is_here(self) -> bool:
        return request.path == self.url


Provider = Callable[[], Iterable[NavItem]]


def provide_navigation(app: Flask, provider: Provider) -> None:
    """Add the links `provider` returns for the person who is here; it may return none."""
    app.extensions.setdefault(EXTENSION, []).append(provider)


def navigation() -> list[NavItem]:
    providers = cast("list[Provider]", current_app.extensions.get(EXTENSION, []))
    return [item for provider in providers for item in provider()]
