"""The time zones one can choose, as cities in her language, and a first guess.

A few cities of each region are enough: nobody has to find her own, one with the same time will do.
"""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from flask import request
from wtforms import SelectChoice

from mentorship.rules.marking import N_
from mentorship.web.i18n import gettext, speech

CITIES: dict[str, str] = {
    N_(
        "Africa"
    ): """Africa/Abidjan Africa/Accra Africa/Addis_Ababa Africa/Algiers Africa/Cairo Africa/Casablanca
        Africa/Dakar Africa/Dar_es_Salaam Africa/Johannesburg Africa/Kampala Africa/Khartoum Africa/Kinshasa
        Africa/Lagos Africa/Maputo Africa/Nairobi Africa/Tunis""",
    N_("The Americas"): """America/Anchorage America/Argentina/Buenos_Aires America/Bogota America/Caracas
        America/Chicago America/Denver America/Guatemala America/Halifax America/La_Paz America/Lima
        America/Los_Angeles America/Mexico_City America/Montevideo America/New_York America/Santiago
        America/Santo_Domingo America/Sao_Paulo America/St_Johns""",
    N_("Asia"): """Asia/Almaty Asia/Baghdad Asia/Baku Asia/Bangkok Asia/Beirut Asia/Calcutta Asia/Colombo
        Asia/Dhaka Asia/Dubai Asia/Hong_Kong Asia/Jakarta Asia/Jerusalem Asia/Kabul Asia/Karachi Asia/Katmandu
        Asia/Kuala_Lumpur Asia/Manila Asia/Rangoon Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore
        Asia/Taipei Asia/Tashkent Asia/Tehran Asia/Tokyo""",
    N_(
        "Europe"
    ): """Atlantic/Azores Atlantic/Reykjavik Europe/Athens Europe/Berlin Europe/Istanbul Europe/Kiev
        Europe/Lisbon Europe/London Europe/Madrid Europe/Moscow Europe/Paris Europe/Rome Europe/Stockholm
        Europe/Warsaw""",
    N_("Australia and the Pacific"): """Australia/Adelaide Australia/Brisbane Australia/Perth Australia/Sydney
        Pacific/Auckland Pacific/Fiji Pacific/Honolulu""",
}
"""Region to its zones, under the names Babel knows."""


def choices(*more: str) -> list[SelectChoice]:
    """UTC, then the cities by region; `more` are zones that must be there too."""
    spoken = str(speech().locale)
    found = [SelectChoice("UTC", gettext("World time (UTC)"), optgroup=gettext("Any place"))]
    known = {zone for zones in CITIES.values() for zone in zones.split()}
    found += [
        SelectChoice(zone, _city(zone, spoken), optgroup=gettext("Any place"))
        for zone in more
        if zone not in known | {"UTC"}
    ]
    for region, zones in CITIES.items():
        cities = sorted((_city(zone, spoken), zone) for zone in zones.split())
        found += [SelectChoice(zone, city, optgroup=gettext(region)) for city, zone in cities]
    return found


def guessed() -> str:
    """The zone of the country her browser's language names, where that country has but one; else UTC."""
    countries = [code.rpartition("-")[2].upper() for code, _ in request.accept_languages if "-" in code]
    zones = get_global("territory_zones")
    alone = [zones[country][0] for country in countries if len(zones.get(country, ())) == 1]
    offered = {zone for cities in CITIES.values() for zone in cities.split()} & available_timezones()
    return next((str(zone) for zone in alone if zone in offered), "UTC")


def city_of(zone: tzinfo) -> str:
    """The city by which she chose her time zone, in her language; empty where she has set none."""
    name = getattr(zone, "key", "UTC")
    return "" if name == "UTC" else _city(name, str(speech().locale))


@lru_cache(maxsize=2000)
def _city(zone: str, locale: str) -> str:
    try:
        return str(get_timezone_location(zone, locale=Locale.parse(locale), return_city=True))
    except LookupError:  # a zone no list of ours has
        return zone
