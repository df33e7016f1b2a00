"""The languages Wikimedia knows: their own names, their direction, and what is read in their stead."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import cast

BCP_47 = {
    "als": "gsw",
    "bat-smg": "sgs",
    "be-x-old": "be-tarask",
    "cbk-zam": "cbk",
    "de-formal": "de",
    "eml": "egl",
    "es-formal": "es",
    "fiu-vro": "vro",
    "hu-formal": "hu",
    "map-bms": "jv-x-bms",
    "mo": "ro-Cyrl-MD",
    "nl-informal": "nl",
    "nrm": "nrf",
    "roa-rup": "rup",
    "roa-tara": "nap-x-tara",
    "simple": "en-simple",
    "zh-classical": "lzh",
    "zh-min-nan": "nan",
    "zh-yue": "yue",
}
"""Wikimedia's codes that mean something else, or nothing, to a browser."""


def known_languages() -> list[str]:
    """Return the code of every language Wikimedia knows, redirects left out, sorted."""
    return [code for code, row in _languages().items() if len(row) > 1]


def canonical(code: str) -> str:
    """Return `code` as Wikimedia writes it now: lower case, hyphens, redirects followed."""
    code = code.strip().lower().replace("_", "-")
    row = _languages().get(code, [])
    return row[0] if len(row) == 1 else code


def is_known(code: str) -> bool:
    return canonical(code) in _languages()


def autonym(code: str) -> str:
    """Return the language's name in the language itself; an unknown code is its own name."""
    row = _languages().get(canonical(code))
    return row[1] if row else code


def direction(code: str) -> str:
    """Return ``"rtl"`` or ``"ltr"``; of an unknown variant, its main language's."""
    code = canonical(code)
    row = _languages().get(code) or _languages().get(code.partition("-")[0])
    return "rtl" if row and row[0] in _rtl_scripts() else "ltr"


def html_tag(code: str) -> str:
    """Return the tag a browser understands (BCP 47) for one of Wikimedia's codes."""
    return BCP_47.get(code.lower(), canonical(code))


def read_instead(code: str) -> list[str]:
    """Return what she can be shown, best first: `code`, its fallbacks, the language it is a variant of."""
    chain = [canonical(code)]
    chain += _fallbacks().get(chain[0], [])
    chain += [wider.partition("-")[0] for wider in chain]
    return list(dict.fromkeys(chain))


@cache
def _data() -> dict[str, object]:
    text = (resources.files(__package__) / "data" / "languages.json").read_text(encoding="utf-8")
    return cast("dict[str, object]", json.loads(text))


def _languages() -> dict[str, list[str]]:
    return cast("dict[str, list[str]]", _data()["languages"])


def _rtl_scripts() -> list[str]:
    return cast("list[str]", _data()["rtl_scripts"])


@cache
def _fallbacks() -> dict[str, list[str]]:
    text = (resources.files(__package__) / "data" / "fallbacks.json").read_text(encoding="utf-8")
    return cast("dict[str, list[str]]", json.loads(text))
