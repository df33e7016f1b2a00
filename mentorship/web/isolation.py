"""Keeping a name written the other way from turning the sentence round it about."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"


def isolated(value: object, *, rightwards: bool) -> object:
    """Return `value` wrapped in isolates where it holds letters of the other direction.

    Text that runs with the sentence is returned as it is, so that nothing invisible is added to it.
    Markup is left alone: it brings its own ``bdi``.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    against = {"R", "AL"} if rightwards else {"L"}
    if any(unicodedata.bidirectional(letter) in against for letter in value):
        return f"{FIRST_STRONG_ISOLATE}{value}{POP_DIRECTIONAL_ISOLATE}"
    return value
