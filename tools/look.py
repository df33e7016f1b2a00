"""Take pictures of pages, to look at them: desk, phone, Arabic, dark.

``python -m tools.look http://127.0.0.1:8000/ http://127.0.0.1:8000/join --out /tmp/looks``
Options: ``--cookie session=VALUE`` to be signed in; ``--only desk,phone`` for some of the pictures.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.chromium import DESK, PHONE, started_chromium

LOOKS = {
    "desk": {"viewport": DESK},
    "phone": {"viewport": PHONE},
    "desk-arabic": {"viewport": DESK, "language": "ar"},
    "phone-arabic": {"viewport": PHONE, "language": "ar"},
    "desk-dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark"},
}


def look(addresses: list[str], out: Path, *, only: list[str], cookie: str | None = None) -> list[Path]:
    """Write one picture for each address and look; return where they are."""
    out.mkdir(parents=True, exist_ok=True)
    pictures = []
    with started_chromium() as browser:
        for name in only:
            options = dict(LOOKS[name])
            language = options.pop("language", None)
            context = browser.new_context(**options)
            for address in addresses:
                if cookie:
                    _give(context, cookie, address)
                pictures.append(_picture(context, address, language, out, name))
            context.close()
    return pictures


def _picture(context, address: str, language: str | None, out: Path, look_name: str) -> Path:
    page = context.new_page()
    page.goto(_in_language(address, language))
    stem = re.sub(r"[^a-z0-9]+", "-", urlsplit(address).path.lower()).strip("-") or "first"
    picture = out / f"{stem}.{look_name}.png"
    page.screenshot(path=picture, full_page=True)
    page.close()
    return picture


def _in_language(address: str, language: str | None) -> str:
    if language is None:
        return address
    parts = urlsplit(address)
    query = f"{parts.query}&uselang={language}".lstrip("&")
    return urlunsplit(parts._replace(query=query))


def _give(context, cookie: str, address: str) -> None:
    name, _, value = cookie.partition("=")
    parts = urlsplit(address)
    context.add_cookies([{"name": name, "value": value, "url": f"{parts.scheme}://{parts.netloc}"}])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("addresses", nargs="+", metavar="URL")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default=",".join(LOOKS), help="some of: " + ", ".join(LOOKS))
    parser.add_argument("--cookie", help="NAME=VALUE")
    asked = parser.parse_args()
    for picture in look(asked.addresses, asked.out, only=asked.only.split(","), cookie=asked.cookie):
        print(picture)  # noqa: T201  a command's answer


if __name__ == "__main__":
    main()
