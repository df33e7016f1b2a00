"""The time zones one can choose, as cities in her language, and a first guess."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from flask import request
from wtforms import SelectChoice

from mentorship.rules.marking import N_
from mentorship.web.i18n import gettext, speech

REGIONS: dict[str, str] = {
    "Africa": N_("Africa"),
    "America": N_("The Americas"),
    "Asia": N_("Asia"),
    "Atlantic": N_("Atlantic Ocean"),
    "Australia": N_("Australia"),
    "Europe": N_("Europe"),
    "Indian": N_("Indian Ocean"),
    "Pacific": N_("Pacific Ocean"),
}


def choices(*more: str) -> list[SelectChoice]:
    """UTC, then every city by region; `more` are zones that must be there too."""
    spoken = speech()
    found = [SelectChoice("UTC", gettext("World time (UTC)"), optgroup=gettext("Any place"))]
    for region, label in REGIONS.items():
        heading = gettext(label)
        found += [
            SelectChoice(zone, city, optgroup=heading) for zone, city in _cities(str(spoken.locale), region)
        ]
    known = {choice.value for choice in found}
    return found + [
        SelectChoice(zone, zone, optgroup=gettext("Any place")) for zone in more if zone not in known
    ]


def guessed() -> str:
    """The zone of the country her browser's language names, where that country has but one; else UTC."""
    countries = [code.rpartition("-")[2].upper() for code, _ in request.accept_languages if "-" in code]
    zones = get_global("territory_zones")
    alone = [zones[country][0] for country in countries if len(zones.get(country, ())) == 1]
    return next((str(zone) for zone in alone if zone in available_timezones()), "UTC")


@lru_cache(maxsize=400)
def _cities(locale: str, region: str) -> list[tuple[str, str]]:
    spoken = Locale.parse(locale)
    zones = {zone for some in get_global("territory_zones").values() for zone in some} & available_timezones()
    named = [
        (zone, str(get_timezone_location(zone, locale=spoken, return_city=True)))
        for zone in zones
        if zone.startswith(region + "/")
    ]
    return sorted(named, key=lambda pair: pair[1])
