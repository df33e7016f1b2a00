"""The fields of a profile, the newcomer's side and the mentor's, and what they become.

A page's form inherits `NewcomerProfile` or `MentorProfile` (and adds what it needs). The page makes it with
`data=profile_data(person, side)`, looks at `wants_more(form)` (a press on “add another …”, no script needed),
validates it, and gives `profile_values(form)` to `services.profiles.save_profile`; a `BadInput` of a service
goes back to its field by `put_on_field`. The templates draw the groups by `macros/profile.html`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask import request
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from mentorship.rules import words
from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services.profiles import (
    LONGEST_ABOUT,
    LONGEST_WIKI_NAME,
    MOST_LANGUAGES,
    Language,
    ProfileValues,
    Side,
)
from mentorship.store.people import InterestKind, Person
from mentorship.web.forms import Checkboxes, PageForm, cleaned
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.language_names import language_code, typed_name

MOST_WIKIS = 20
MORE = "more"
"""The name of the buttons that add a row; their value is the list's name."""

DAY_PARTS = {
    "weekday-morning": N_("Weekday mornings"),
    "weekday-afternoon": N_("Weekday afternoons"),
    "weekday-evening": N_("Weekday evenings"),
    "weekend-morning": N_("Weekend mornings"),
    "weekend-afternoon": N_("Weekend afternoons"),
    "weekend-evening": N_("Weekend evenings"),
}
UNKNOWN_LANGUAGE = N_(
    "One language is not known here. Write it as its speakers do, in English, or as its code, such as “ha”."
)


def choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    """The words of the programme as a field's choices."""
    return [SelectChoice(key, lazy_gettext(label)) for key, label in labels.items()]


def topic_choices() -> list[SelectChoice]:
    groups = words.TOPIC_GROUPS
    return [
        SelectChoice(key, lazy_gettext(label), optgroup=lazy_gettext(groups[group]))
        for key, (group, label) in words.TOPICS.items()
    ]


class Rows(FieldList):
    """A list that grows when its “add another” is pressed; a forged number of a row is passed over."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            number = name[len(prefix) + 1 :].split("-", 1)[0] if name.startswith(f"{prefix}-") else ""
            if number.isascii() and number.isdecimal() and len(number) <= 3:
                yield int(number)

    def grow(self) -> None:
        if len(self.entries) < (self.max_entries or 0):
            self.append_entry({"for_help": True})  # what the other rows begin with


class _TypedLanguage(StringField):
    """A language as she types it; `code` is what it means."""

    @property
    def code(self) -> str | None:
        return language_code(str(self.data or ""))


class LanguageRow(Form):
    """One language: which, how well, and whether for the help itself."""

    name = _TypedLanguage(lazy_gettext("Language"), filters=[cleaned])
    level = SelectField(
        lazy_gettext("How well"),
        choices=[SelectChoice(str(level), lazy_gettext(label)) for level, label in words.LEVELS.items()],
        default="4",
        validate_choice=False,
    )


class NewcomerLanguage(LanguageRow):
    for_help = BooleanField(lazy_gettext("I accept help in it"))


class MentorLanguage(LanguageRow):
    for_help = BooleanField(lazy_gettext("I help in it"))


class WikiRow(Form):
    """One wiki she edits or wants to edit."""

    project = SelectField(
        lazy_gettext("Project"),
        choices=[SelectChoice("", lazy_gettext("Not yet")), *choices(words.PROJECTS)],
        validate_choice=False,
    )
    name = _TypedLanguage(lazy_gettext("Language of the wiki"), filters=[cleaned])


class ProfileForm(PageForm):
    """What both sides share; the two below inherit it; `seen` is a print of what was shown."""

    side: ClassVar[Side]

    seen = HiddenField()
    topics = Checkboxes(lazy_gettext("Topics"), choices=topic_choices(), validate_choice=False)
    areas = Checkboxes(lazy_gettext("Areas"), choices=choices(words.AREAS), validate_choice=False)
    wikis = Rows(
        FormField(WikiRow),
        lazy_gettext("Where you edit, or would like to"),
        min_entries=1,
        max_entries=MOST_WIKIS,
        description=lazy_gettext("Rules differ from wiki to wiki. “Not yet” is a good answer."),
    )
    day_parts = Checkboxes(
        lazy_gettext("When you are usually free"),
        choices=choices(DAY_PARTS),
        validate_choice=False,
        description=lazy_gettext("In your own time. Nobody sees this; only hours in common are counted."),
    )
    hours_change = BooleanField(lazy_gettext("It changes"))
    prefers_writing = BooleanField(lazy_gettext("I prefer writing"))
    about = TextAreaField(lazy_gettext("A few sentences about you"))
    wiki_name = StringField(
        lazy_gettext("Your Wikimedia user name"),
        description=lazy_gettext("Shown to nobody unless you switch it on for a pair."),
    )

    def validate_languages(self, field: FieldList) -> None:
        rows = [row.form for row in field.entries if row.form.name.data]
        if any(row.name.code is None for row in rows):
            raise ValidationError(gettext(UNKNOWN_LANGUAGE))

    def validate_wikis(self, field: FieldList) -> None:
        rows = [row.form for row in field.entries if row.form.project.data]
        if any(row.name.data and row.name.code is None for row in rows):
            raise ValidationError(gettext(UNKNOWN_LANGUAGE))


class NewcomerProfile(ProfileForm):
    side = Side.NEWCOMER

    needs = Checkboxes(
        lazy_gettext("What would you like help with?"),
        choices=choices(words.NEEDS),
        validate_choice=False,
        description=lazy_gettext("At most three: what matters most now. You can change it at any time."),
    )
    languages = Rows(
        FormField(NewcomerLanguage),
        lazy_gettext("Your languages"),
        min_entries=1,
        max_entries=MOST_LANGUAGES,
        description=lazy_gettext("One language you accept help in is enough."),
    )


class MentorProfile(ProfileForm):
    side = Side.MENTOR

    needs = Checkboxes(
        lazy_gettext("What do you help with?"), choices=choices(words.NEEDS), validate_choice=False
    )
    languages = Rows(
        FormField(MentorLanguage),
        lazy_gettext("Your languages"),
        min_entries=1,
        max_entries=MOST_LANGUAGES,
        description=lazy_gettext("One language you help in is enough."),
    )


def wants_more(form: ProfileForm) -> bool:
    """Whether “add another …” was pressed; the row is there then, and nothing is to be saved yet."""
    rows = {"languages": form.languages, "wikis": form.wikis}.get(request.form.get(MORE, ""))
    if rows is not None:
        rows.grow()
    return rows is not None


def put_on_field(form: PageForm, refusal: BadInput) -> None:
    """Show a service's refusal at the field it names; raised again where the form has no such field."""
    if refusal.field not in form:
        raise refusal
    field = form[refusal.field]
    field.errors = [*field.errors, gettext(refusal.sentence, **refusal.values)]


def profile_values(form: ProfileForm) -> ProfileValues:
    """One side of a profile out of its validated form."""
    return ProfileValues(
        side=form.side,
        languages=_languages(form),
        needs=form.needs.data or (),
        topics=form.topics.data or (),
        areas=form.areas.data or (),
        wikis=_wikis(form),
        day_parts=[_day_part(value) for value in form.day_parts.data or ()],
        hours_change=form.hours_change.data,
        prefers_writing=form.prefers_writing.data,
        about=form.about.data or "",
        wiki_name=form.wiki_name.data or "",
    )


def profile_data(person: Person, side: Side) -> dict[str, Any]:
    """What the form shows of someone's profile before she changes it."""
    return {
        "languages": _language_data(person, side) or [{"for_help": True}],
        "needs": _ticked(person, InterestKind.NEED, side),
        "topics": _ticked(person, InterestKind.TOPIC, side),
        "areas": _ticked(person, InterestKind.AREA, side),
        "wikis": [
            {"project": wiki.project, "name": typed_name(wiki.language) if wiki.language else ""}
            for wiki in person.places_she_edits
        ],
        "day_parts": [f"{each.day}-{each.part}" for each in person.day_parts],
        "hours_change": person.hours_change,
        "prefers_writing": person.prefers_writing,
        "about": person.about,
        "wiki_name": person.wiki_name or "",
    }


def _languages(form: ProfileForm) -> dict[str, Language]:
    rows = [row.form for row in form.languages.entries if row.form.name.code]
    return {row.name.code: Language(_level(row.level.data), row.for_help.data) for row in rows}


def _level(given: str) -> int:
    """The level chosen; a forged one is out of range, which the service refuses."""
    return int(given) if given in map(str, words.LEVELS) else 0


def _wikis(form: ProfileForm) -> list[tuple[str, str]]:
    rows = [row.form for row in form.wikis.entries if row.form.project.data]
    return [
        (row.project.data, (row.name.code or "") if row.project.data in words.BY_LANGUAGE else "")
        for row in rows
    ]


def _day_part(value: str) -> tuple[str, str]:
    day, _, part = value.partition("-")
    return day, part


def _language_data(person: Person, side: Side) -> list[dict[str, Any]]:
    return [
        {
            "name": typed_name(skill.code),
            "level": str(next(level for level in words.LEVELS if level >= skill.level)),
            "for_help": skill.accepts_help_in if side is Side.NEWCOMER else skill.helps_in,
        }
        for skill in person.languages
    ]


def _ticked(person: Person, kind: InterestKind, side: Side) -> list[str]:
    column = "learns" if side is Side.NEWCOMER else "helps"
    return [each.item for each in person.interests if each.kind is kind and getattr(each, column)]


LONGEST = {"about": LONGEST_ABOUT, "wiki_name": LONGEST_WIKI_NAME}
"""Characters each field takes, for the templates."""
