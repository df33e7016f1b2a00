"""Reading PDFs in tests, and being without the library that makes them."""

import importlib.abc
import os
import re
import sys
import zlib
from contextlib import contextmanager

import pytest

from mentorship.web import paper

MISSING = "Pango is not here. Install it with: apt-get install -y --no-install-recommends libpangoft2-1.0-0"


def needs_pango():
    """Skip where no PDF can be made; in CI that is a failure."""
    if not paper.can_print():
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(MISSING)


def pages_of(content: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", _plain(content)))


def fonts_of(content: bytes) -> str:
    """The names of the fonts a PDF is written with."""
    return b" ".join(re.findall(rb"/FontName\s*/(\S+)", _plain(content))).decode()


def _plain(content: bytes) -> bytes:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    return content + b"".join(_opened(part) for part in streams)


def _opened(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


class _Refuses(importlib.abc.MetaPathFinder):
    def find_spec(self, name, _path=None, _target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0.so.0'")


@contextmanager
def without_pango():
    """As on a machine that has the package, and not the library behind it."""
    refuses = _Refuses()
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "weasyprint"}
    sys.meta_path.insert(0, refuses)
    paper._weasyprint.cache_clear()
    try:
        yield
    finally:
        sys.meta_path.remove(refuses)
        sys.modules.update(kept)
        paper._weasyprint.cache_clear()
