"""What has been translated: one ``CODE.po`` a language, read as it is and kept in memory."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from mentorship.translations.languages import read_instead

SOURCE = "en"
FOLDER = Path(__file__).resolve().parent


class Catalogues:
    """The languages the interface speaks.

    Parameters
    ----------
    folders
        Where ``CODE.po`` files lie; a later folder's file wins over an earlier one's.
    """

    def __init__(self, *folders: Path) -> None:
        self._files = {path.stem: path for folder in folders or (FOLDER,) for path in folder.glob("*.po")}

    def spoken(self) -> list[str]:
        """Return the codes of the languages there is a catalogue for, the source language first."""
        return [SOURCE, *sorted(self._files.keys() - {SOURCE})]

    def best(self, code: str) -> str | None:
        """Return the language spoken here that one who reads `code` reads best, or None for none."""
        spoken = self.spoken()
        return next((wanted for wanted in read_instead(code) if wanted in spoken), None)

    def messages(self, code: str) -> NullTranslations:
        path = self._files.get(code)
        return load(path) if path else NullTranslations()


@cache
def load(path: Path) -> GNUTranslations:
    """Read one catalogue; fuzzy strings are not shown."""
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def locale_for(code: str) -> Locale:
    """Return what formats dates, numbers and lists: Babel's nearest to `code`, else English."""
    for wanted in read_instead(code):
        try:
            return Locale.parse(wanted, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale.parse(SOURCE)
