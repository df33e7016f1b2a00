"""What every template can use: translations, formats, icons, the site's name, links to static files."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from flask import Flask, current_app, request, url_for
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import escape

from mentorship.translations import languages
from mentorship.web import formats
from mentorship.web.controls import control_kind, flat_errors, option_groups
from mentorship.web.i18n import isolated_values, number_text, speech, spoken_languages
from mentorship.web.links import linked
from mentorship.web.navigation import navigation


def init_templating(app: Flask) -> None:
    """Give `app`'s templates their words, filters and globals."""
    app.config.setdefault("SITE_NAME", "Someone to turn to")
    app.config.setdefault("LEAVE_URL", "https://www.wikipedia.org/")
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # set by the extension
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(
        _=_gettext,
        gettext=_gettext,
        ngettext=_ngettext,
        pgettext=_pgettext,
        npgettext=_npgettext,
        static_url=static_url,
        icons=_icons(),
        page_url=page_url,
    )
    environment.filters.update(FILTERS)
    app.context_processor(_on_every_page)


FILTERS = {
    "moment": formats.time_element,
    "moment_text": formats.moment,
    "day": formats.day_element,
    "day_text": formats.day,
    "number": formats.number,
    "listed": formats.listed,
    "language_name": formats.language_name,
    "linked": linked,
    "control_kind": control_kind,
    "option_groups": option_groups,
    "flat_errors": flat_errors,
}


def static_url(filename: str) -> str:
    """Return the address of one of our files, changing with its content so that it may be kept for long."""
    folder = current_app.static_folder
    if folder is None:
        raise LookupError("the application has no folder of static files")
    return url_for("static", filename=filename, v=_digest(Path(folder) / filename))


def page_url(page: int) -> str:
    """Return this page's address with another number of page, the rest of the address kept."""
    return _same_page(page=str(page))


class LanguageLink(NamedTuple):
    name: str
    tag: str
    direction: str
    url: str
    is_here: bool


def language_links() -> list[LanguageLink]:
    """Return this page in each language spoken here; none on a page that answers a form."""
    if request.method not in {"GET", "HEAD"}:
        return []
    return [
        LanguageLink(
            languages.autonym(code),
            languages.html_tag(code),
            languages.direction(code),
            _same_page(uselang=code),
            code == speech().language,
        )
        for code in spoken_languages()
    ]


def _same_page(**changed: str) -> str:
    arguments = request.args.to_dict(flat=False) | {name: [value] for name, value in changed.items()}
    return "?" + "&".join(_pair(name, value) for name, values in arguments.items() for value in values)


def _pair(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"


def alone() -> dict[str, Any]:
    """Return what a page needs at the least: nothing that depends on who is here."""
    return {
        "speech": speech(),
        "site_name": current_app.config["SITE_NAME"],
        "leave_url": current_app.config["LEAVE_URL"],
    }


def _on_every_page() -> dict[str, Any]:
    return alone() | {"language_links": language_links(), "navigation": navigation()}


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@cache
def _icons() -> dict[str, dict[str, Any]]:
    text = (resources.files("mentorship.web") / "icons.json").read_text(encoding="utf-8")
    drawn: dict[str, dict[str, Any]] = json.loads(text)
    return drawn


@pass_context
def _gettext(context: Context, message: str, /, **values: object) -> str:
    return _filled(context, speech().messages.gettext(message), values)


@pass_context
def _ngettext(context: Context, singular: str, plural: str, num: int, /, **values: object) -> str:
    values.setdefault("num", number_text(num))
    return _filled(context, speech().messages.ngettext(singular, plural, num), values)


@pass_context
def _pgettext(context: Context, about: str, message: str, /, **values: object) -> str:
    return _filled(context, speech().messages.pgettext(about, message), values)


@pass_context
def _npgettext(
    context: Context, about: str, singular: str, plural: str, num: int, /, **values: object
) -> str:
    values.setdefault("num", number_text(num))
    return _filled(context, speech().messages.npgettext(about, singular, plural, num), values)


def _filled(context: Context, text: str, values: dict[str, object]) -> str:
    """Fill a translation; where markup is written it is escaped first: a translator's text is only text."""
    if context.eval_ctx.autoescape:
        text = escape(text)
    return text % isolated_values(values)
