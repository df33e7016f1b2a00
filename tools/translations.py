"""Collect the strings to translate, bring the catalogues up to date, and say what is missing or spoilt.

``python -m tools.translations update [CODE…]``  write messages.pot and every CODE.po (a new CODE is begun)
``python -m tools.translations check``           fail on a missing or fuzzy string, a lost placeholder, HTML
``python -m tools.translations missing CODE``    print what is still to be translated
``python -m tools.translations pseudo FOLDER``   write made-up languages for tests: see `tools.pseudo`

The source text is English and stands in the code and the templates. A translator's work is ``CODE.po`` alone.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "mentorship" / "translations"
TEMPLATE = FOLDER / "messages.pot"

KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {
    "**.html": {"trimmed": "true", "silent": "false"},
    "**.txt": {"trimmed": "true", "silent": "false"},
}

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]?[\d.]*[a-zA-Z]|%%|%.?")
MARKUP = re.compile(r"<\s*[a-zA-Z/!?]|&#?\w+;")
# Babel numbers the Arabic forms in an order of its own; translators' tools know this one.
PLURAL_FORMS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
}
HEADER = """\
# {language} translation of the interface of Someone to turn to.
# Draft awaiting a speaker's review.
# Its licence is the project's: GPL-3.0-or-later."""


def extracted() -> Catalog:
    """Return every string marked for translation, in order, without line numbers (they only make noise)."""
    catalogue = Catalog(project="Someone to turn to", charset="utf-8")
    for folder in (ROOT / "mentorship", ROOT / "templates"):
        found = extract_from_dir(
            folder,
            METHODS,
            OPTIONS,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for name, _line, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
            place = (folder / name).relative_to(ROOT).as_posix()
            catalogue.add(message, locations=[(place, None)], auto_comments=comments, context=context)
    return catalogue


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def written(catalogue: Catalog) -> bytes:
    """Return the catalogue as a file that changes only where a string does."""
    text = BytesIO()
    write_po(text, catalogue, width=100, omit_header=False, ignore_obsolete=True, include_lineno=False)
    dated = re.compile(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-|Language-Team|Report-).*\n', re.MULTILINE
    )
    return dated.sub(b"", text.getvalue())


def update(codes: list[str]) -> None:
    """Write the template and bring each catalogue up to date with it."""
    template = extracted()
    TEMPLATE.write_bytes(written(template))
    known = [path.stem for path in FOLDER.glob("*.po")]
    for code in sorted({*known, *codes}):
        path = FOLDER / f"{code}.po"
        catalogue = read(path) if path.is_file() else begun(code)
        catalogue.header_comment = HEADER.format(language=code)
        catalogue.fuzzy = False
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        path.write_bytes(written(catalogue))


def begun(code: str) -> Catalog:
    catalogue = Catalog(locale=code.replace("-", "_"), project="Someone to turn to", charset="utf-8")
    if code in PLURAL_FORMS:
        catalogue.mime_headers = [("Plural-Forms", PLURAL_FORMS[code])]
    return catalogue


def complaints() -> list[str]:
    """Return a sentence for everything in the catalogues that must not be shown to a reader."""
    template = extracted()
    wrong = [f"English: {said}" for message in template if message.id for said in wrong_in_source(message)]
    for path in sorted(FOLDER.glob("*.po")):
        wrong += [f"{path.name}: {said}" for said in wrong_in_catalogue(template, read(path))]
    return wrong


def wrong_in_catalogue(template: Catalog, catalogue: Catalog) -> list[str]:
    wrong = []
    for message in template:
        if not message.id:
            continue
        translation = catalogue.get(message.id, message.context)
        if translation is None or not all(_strings(translation)):
            wrong.append(f"missing: {_source(message)!r}")
        elif translation.fuzzy:
            wrong.append(f"fuzzy: {_source(message)!r}")
        else:
            wrong += wrong_in_translation(message, translation, catalogue.num_plurals)
    return wrong


def wrong_in_translation(message: Message, translation: Message, plurals: int) -> list[str]:
    """Compare one translation with its source: the forms, the placeholders, no HTML."""
    wrong = []
    strings = _strings(translation)
    if message.pluralizable and len(strings) != plurals:
        wrong.append(f"{len(strings)} plural forms instead of {plurals}: {_source(message)!r}")
    wanted = placeholders(_source(message))
    for string in strings:
        found = placeholders(string)
        # "one request" need not say its number: a plural form may leave out the number, nothing else.
        spared = {"num"} if message.pluralizable else set()
        if not (wanted - spared <= found <= wanted):
            wrong.append(f"placeholders {sorted(found)} instead of {sorted(wanted)}: {string!r}")
        wrong += wrong_in_text(string)
    return wrong


def wrong_in_source(message: Message) -> list[str]:
    sources = message.id if message.pluralizable else (message.id,)
    return [said for source in sources for said in wrong_in_text(source)]


def wrong_in_text(text: str) -> list[str]:
    wrong = [f"HTML: {text!r}"] if MARKUP.search(text) else []
    if any(found[0] != "%%" and not found[1] for found in PLACEHOLDER.finditer(text)):
        wrong.append(f"a per cent sign that is not written %%: {text!r}")
    return wrong


def placeholders(text: str) -> set[str]:
    return {found[1] for found in PLACEHOLDER.finditer(text) if found[1]}


def missing(code: str) -> list[str]:
    catalogue = read(FOLDER / f"{code}.po")
    return [
        _source(message)
        for message in extracted()
        if message.id
        and ((known := catalogue.get(message.id, message.context)) is None or not all(_strings(known)))
    ]


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string]


def _source(message: Message) -> str:
    """Return the source string; of a plural the form for many, which names every placeholder."""
    return message.id[1] if message.pluralizable else message.id


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update", *codes]:
            update(codes)
            return 0
        case ["check"]:
            said = complaints()
            print("\n".join(said) or "Every catalogue is whole.")  # noqa: T201  a command's answer
            return 1 if said else 0
        case ["missing", code]:
            print("\n".join(missing(code)))  # noqa: T201  a command's answer
            return 0
        case ["pseudo", folder]:
            from tools.pseudo import write_pseudo_languages

            write_pseudo_languages(Path(folder))
            return 0
    print(__doc__, file=sys.stderr)  # noqa: T201  a command's answer
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
