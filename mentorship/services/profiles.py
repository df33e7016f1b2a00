"""What a person tells about herself: the newcomer's side and the mentor's, kept apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules import words
from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services.keyed import hash_name
from mentorship.store.people import DayPart, Interest, InterestKind, LanguageSkill, Person, WhereEdits
from mentorship.translations.languages import is_known

MOST_LANGUAGES = 20
LONGEST_ABOUT = 2000
LONGEST_WIKI_NAME = 255

TICKED = 2
"""How much she wants to learn, or helps with, what she ticked without saying more (0 to 3)."""

NOT_A_CHOICE = N_("Something sent here is not one of the choices. Please choose again.")
NO_LANGUAGE = N_("Please name at least one language.")
NONE_TICKED = N_("Please tick at least one language for the help itself.")
THREE_NEEDS = N_("Please choose at most %(most)s; the ones that matter most now.")
TOO_LONG = N_("Please keep this under %(most)s characters.")


class Side(StrEnum):
    """Whom the profile is for: what she wants to learn, or what she helps with."""

    NEWCOMER = "newcomer"
    MENTOR = "mentor"


@dataclass(frozen=True, slots=True)
class Language:
    """How well she knows a language, and whether she accepts help (or, a mentor, helps) in it."""

    level: int
    for_help: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileValues:
    """One side of a profile, as given; the other side stays as it is.

    `languages` is code to `Language`, `wikis` pairs of project and language ("" where a project has but one
    wiki), `day_parts` pairs such as ``("weekend", "morning")``.
    """

    side: Side
    languages: Mapping[str, Language]
    needs: Collection[str] = ()
    topics: Collection[str] = ()
    areas: Collection[str] = ()
    wikis: Collection[tuple[str, str]] = ()
    day_parts: Collection[tuple[str, str]] = ()
    hours_change: bool = False
    prefers_writing: bool = False
    about: str = ""
    wiki_name: str = ""


def hold(session: Session, person: Person) -> None:
    """Let nobody else change what is hers by `hold` until this is over; what was read before is read anew."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    session.expire_all()


def save_profile(session: Session, person: Person, profile: ProfileValues, *, key: bytes) -> None:
    """Keep one side of her profile.

    Raises
    ------
    BadInput
        Naming the field; nothing has changed then.
    """
    check_profile(profile)
    _keep_languages(session, person, profile)
    _keep_interests(session, person, profile)
    _keep_wikis(session, person, profile.wikis)
    _keep_day_parts(session, person, profile.day_parts)
    person.hours_change = profile.hours_change
    person.prefers_writing = profile.prefers_writing
    person.about = profile.about
    person.wiki_name = profile.wiki_name or None
    person.wiki_name_hash = hash_name(key, profile.wiki_name) if profile.wiki_name else None
    session.flush()


def check_profile(profile: ProfileValues) -> None:
    """Refuse what cannot be kept, naming the field."""
    _check_languages(profile.languages)
    _check_choices("needs", profile.needs, words.NEEDS)
    _check_choices("topics", profile.topics, words.TOPICS)
    _check_choices("areas", profile.areas, words.AREAS)
    if profile.side is Side.NEWCOMER and len(set(profile.needs)) > words.MOST_NEEDS:
        raise BadInput(THREE_NEEDS, field="needs", most=words.MOST_NEEDS)
    for project, language in profile.wikis:
        _check_wiki(project, language)
    for day, part in profile.day_parts:
        _check_choices("day_parts", [day], words.DAYS)
        _check_choices("day_parts", [part], words.PARTS)
    _check_length("about", profile.about, LONGEST_ABOUT)
    _check_length("wiki_name", profile.wiki_name, LONGEST_WIKI_NAME)


def _check_languages(languages: Mapping[str, Language]) -> None:
    if not languages:
        raise BadInput(NO_LANGUAGE, field="languages")
    for code, language in languages.items():
        if not is_known(code) or not 1 <= language.level <= 6:
            raise BadInput(NOT_A_CHOICE, field="languages")
    if len(languages) > MOST_LANGUAGES:
        raise BadInput(N_("Please name at most %(most)s languages."), field="languages", most=MOST_LANGUAGES)
    if not any(language.for_help for language in languages.values()):
        raise BadInput(NONE_TICKED, field="languages")


def _check_choices(field: str, given: Collection[str], choices: Collection[str]) -> None:
    if not set(given) <= set(choices):
        raise BadInput(NOT_A_CHOICE, field=field)


def _check_wiki(project: str, language: str) -> None:
    if project not in words.PROJECTS or (language and not is_known(language)):
        raise BadInput(NOT_A_CHOICE, field="wikis")
    if project in words.BY_LANGUAGE and not language:
        raise BadInput(N_("Please say in which language, or choose “Not yet”."), field="wikis")
    if project not in words.BY_LANGUAGE and language:
        raise BadInput(N_("This project has one wiki for all languages."), field="wikis")


def _check_length(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise BadInput(TOO_LONG, field=field, most=most)


def _keep_languages(session: Session, person: Person, profile: ProfileValues) -> None:
    """Languages of the other side stay; one that no side uses goes."""
    kept = {skill.code: skill for skill in person.languages}
    for code, language in profile.languages.items():
        if code not in kept:
            kept[code] = LanguageSkill(code=code, accepts_help_in=False, helps_in=False)
            person.languages.append(kept[code])
        kept[code].level = language.level
        _tick(kept[code], profile.side, for_help=language.for_help)
    for code in set(kept) - set(profile.languages):
        _tick(kept[code], profile.side, for_help=False)
        if not kept[code].accepts_help_in and not kept[code].helps_in:
            person.languages.remove(kept[code])
    session.flush()


def _tick(skill: LanguageSkill, side: Side, *, for_help: bool) -> None:
    if side is Side.NEWCOMER:
        skill.accepts_help_in = for_help
    else:
        skill.helps_in = for_help


def _keep_interests(session: Session, person: Person, profile: ProfileValues) -> None:
    wanted = {(InterestKind.NEED, item) for item in profile.needs}
    wanted |= {(InterestKind.TOPIC, item) for item in profile.topics}
    wanted |= {(InterestKind.AREA, item) for item in profile.areas}
    kept = {(each.kind, each.item): each for each in person.interests}
    for kind, item in wanted - set(kept):
        kept[kind, item] = Interest(kind=kind, item=item, learns=0, helps=0)
        person.interests.append(kept[kind, item])
    for named, interest in kept.items():
        _weigh(interest, profile.side, ticked=named in wanted)
        if not interest.learns and not interest.helps:
            person.interests.remove(interest)
    session.flush()


def _weigh(interest: Interest, side: Side, *, ticked: bool) -> None:
    """What was ticked before keeps how much she said of it."""
    column = "learns" if side is Side.NEWCOMER else "helps"
    before: int = getattr(interest, column)
    setattr(interest, column, (before or TICKED) if ticked else 0)


def _keep_wikis(session: Session, person: Person, wanted: Collection[tuple[str, str]]) -> None:
    kept = {(wiki.project, wiki.language): wiki for wiki in person.places_she_edits}
    for named in set(kept) - set(wanted):
        person.places_she_edits.remove(kept[named])
    for project, language in dict.fromkeys(wanted):
        if (project, language) not in kept:
            person.places_she_edits.append(WhereEdits(project=project, language=language))
    session.flush()


def _keep_day_parts(session: Session, person: Person, wanted: Collection[tuple[str, str]]) -> None:
    kept = {(each.day, each.part): each for each in person.day_parts}
    for named in set(kept) - set(wanted):
        person.day_parts.remove(kept[named])
    for day, part in dict.fromkeys(wanted):
        if (day, part) not in kept:
            person.day_parts.append(DayPart(day=day, part=part))
    session.flush()
