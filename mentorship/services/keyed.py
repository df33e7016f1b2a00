"""Names as keyed hashes: enough to know someone again, useless without the key."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata


def plain_name(name: str) -> str:
    """The one form of a name, however typed: width, case, underscores and invisible letters are even."""
    spaced = unicodedata.normalize("NFKC", name).replace("_", " ")
    seen = "".join(letter for letter in spaced if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFKC", " ".join(seen.split()).casefold())


def hash_name(key: bytes, name: str) -> str:
    """HMAC-SHA256 of the plain form of `name` under `key`, in hexadecimal."""
    return hmac.new(key, plain_name(name).encode(), hashlib.sha256).hexdigest()
