"""A person's words with the addresses in them made into links; all else in them stays text."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

ADDRESS = re.compile(
    r"https?://[^\s<>\"'`\u0000-\u001f\u2028\u2029\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE
)
NOT_AT_THE_END = ".,;:!?)]}*_"
LINK = Markup('<a href="{0}" rel="noreferrer nofollow">{0}</a>')


def linked(words: str) -> Markup:
    """Return `words` as HTML: only http and https addresses become links, which tell nobody where from."""
    parts, end = [], 0
    for found in ADDRESS.finditer(words):
        address = found.group().rstrip(NOT_AT_THE_END)
        parts += [escape(words[end : found.start()]), LINK.format(address)]
        end = found.start() + len(address)
    return Markup("").join([*parts, escape(words[end:])])
