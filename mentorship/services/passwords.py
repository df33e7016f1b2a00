"""Passwords and recovery codes: how they are hashed, checked and made."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 10, 200
"""Letters of a password."""

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters of a recovery code: none that looks like another."""

hasher = PasswordHasher()
"""argon2id at the settings its library holds to be right today; what was kept at others is renewed."""


def hashed(secret: str) -> str:
    """What is kept of a password or a recovery code."""
    return hasher.hash(_bytes(secret))


def is_right(kept: str | None, secret: str) -> bool:
    """Whether `secret` is the one `kept` was made of; takes as long where nothing is kept."""
    try:
        return hasher.verify(kept or _nobodys(hasher), _bytes(secret)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_old(kept: str) -> bool:
    """Whether `kept` was made with weaker settings than today's."""
    return hasher.check_needs_rehash(kept)


def new_code() -> str:
    """A recovery code of about 100 bits, in groups that can be written down."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def plain_code(typed: str) -> str:
    """A recovery code as it was made, however it was typed: case, blanks and dashes do not count."""
    letters = [letter for letter in unicodedata.normalize("NFKC", typed).casefold() if letter.isalnum()]
    return "-".join("".join(letters[start : start + 5]) for start in range(0, len(letters), 5))


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_urlsafe(24))


_nobodys(hasher)  # now: the first who types a name nobody has is not to wait longer for it


def _bytes(secret: str) -> bytes:
    # keyboards write the same letter in different ways
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
