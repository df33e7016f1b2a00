"""The fingerprint of everything a plan was made from."""

from __future__ import annotations

import hashlib

from mentorship.matching.columns import Columns
from mentorship.matching.people import Choices, Options


def fingerprint(columns: Columns, choices: Choices, options: Options) -> str:
    """SHA-256 of the people, the choices and the options, the same for every order they came in."""
    steady = options.steady
    said = (
        columns.sha256(),
        sorted(choices.locked),
        sorted(choices.forbidden),
        (options.fair, options.waiting),
        (sorted(steady.shown), steady.loss) if steady else None,
    )
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()
