"""Made-up languages for tests: what is not marked for translation, or trusted as markup, shows at once.

`long`      every letter accented, a third longer, in brackets: what is untranslated stands out
`mirrored`  the same, right to left
`payload`   every string an attack, as if a translator were one: nothing of it may run
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog

from tools.translations import extracted, written

ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "áçéíñóšúýžÁÇÉÍÑÓŠÚÝŽ")
PARTS = re.compile(r"(%\(\w+\)[a-zA-Z]|%%)")
PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"

# Codes Wikimedia knows and nobody translates here: Latin script, Hebrew script, Latin script.
LANGUAGES = {"long": "io", "mirrored": "yi", "payload": "vo"}


def lengthened(text: str) -> str:
    accented = "".join(
        part if PARTS.fullmatch(part) else part.translate(ACCENTED) for part in PARTS.split(text)
    )
    return f"[{accented}{'·' * (len(text) // 3)}]"


def poisoned(text: str) -> str:
    """Return an attack that still holds the string's placeholders."""
    return PAYLOAD + " ".join(part for part in PARTS.findall(text) if part != "%%")


def pseudo(code: str, change: Callable[[str], str]) -> Catalog:
    """Return every string of the source changed, as the catalogue of `code`."""
    catalogue = Catalog(locale=code, charset="utf-8", fuzzy=False)
    for message in extracted():
        if not message.id:
            continue
        if message.pluralizable:
            string = (change(message.id[0]), *[change(message.id[1])] * (catalogue.num_plurals - 1))
        else:
            string = change(message.id)
        catalogue.add(message.id, string, context=message.context)
    return catalogue


def write_pseudo_languages(folder: Path) -> dict[str, str]:
    """Write one catalogue for each made-up language; return {kind: code}."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, code in LANGUAGES.items():
        change = poisoned if kind == "payload" else lengthened
        (folder / f"{code}.po").write_bytes(written(pseudo(code, change)))
    return LANGUAGES
