"""The newcomer's forms: profile and request on one page, words to a mentor, words to a coordinator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField

from mentorship.rules.errors import NotFound
from mentorship.rules.marking import N_
from mentorship.services.profiles import Side
from mentorship.store.people import Person
from mentorship.store.requests import Request, Shown
from mentorship.web.converters import is_public_id
from mentorship.web.forms import PageForm, WrittenForm
from mentorship.web.i18n import lazy_gettext
from mentorship.web.profile_form import NewcomerProfile, profile_data

RANKS = {"1": N_("First wish"), "2": N_("Second wish"), "3": N_("Third wish")}
WISH = "wish-"


class RequestForm(NewcomerProfile, WrittenForm):
    """Her profile and her request, on one page; mentors who are asked read her words and her sentences."""

    words = TextAreaField(
        lazy_gettext("In your own words"),
        description=lazy_gettext("What happened, or what you would like to do. Mentors you ask read this."),
    )
    happened_link = StringField(
        lazy_gettext("Link to what happened"),
        description=lazy_gettext(
            "Mentors see it only after a yes; your coordinators may see it. It may show your user name."
        ),
    )


class WordsForm(WrittenForm):
    """A message to the coordinators."""

    words = TextAreaField(lazy_gettext("Your message"))


class AskForm(WrittenForm):
    """Her words to one mentor."""

    words = TextAreaField(
        lazy_gettext("Your words to this mentor"),
        description=lazy_gettext("You may change this, or leave it as it is."),
    )


class SeenForm(PageForm):
    """An act on what the page showed: the version she saw."""

    version = HiddenField()

    @property
    def seen(self) -> int | None:
        """The version, where the page sent one; a forged one is as good as an old one."""
        given = self.version.data or ""
        if not given:
            return None
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def request_data(person: Person, request: Request | None) -> dict[str, Any]:
    """What the one page shows before she writes anything."""
    told = {"words": request.words, "happened_link": request.happened_link} if request else {}
    return profile_data(person, Side.NEWCOMER) | told


def wish_form(shown: Iterable[Shown]) -> PageForm:
    """A form with one field for each mentor she was shown; `wish_field` says its name."""
    fields = {wish_field(each): _wish_field(each) for each in shown}
    kind = type("WishForm", (PageForm,), fields)
    form: PageForm = kind(data={wish_field(each): str(each.wish_rank or "") for each in shown})
    return form


def wish_field(shown: Shown) -> str:
    return WISH + shown.mentor.public_id


def wishes_sent(sent: Iterable[tuple[str, str]]) -> dict[str, int | None]:
    """The wishes of a sent form; a rank that is none of ours is refused like an unknown mentor."""
    ranks = {name.removeprefix(WISH): rank for name, rank in sent if name.startswith(WISH)}
    if not set(ranks.values()) <= {"", *RANKS} or not all(map(is_public_id, ranks)):
        raise NotFound("")
    return {public_id: int(rank) if rank else None for public_id, rank in ranks.items()}


def _wish_field(shown: Shown) -> SelectField:
    return SelectField(
        lazy_gettext("Your wish: %(name)s", name=shown.mentor.name),
        choices=[
            SelectChoice("", lazy_gettext("No wish")),
            *(SelectChoice(rank, lazy_gettext(label)) for rank, label in RANKS.items()),
        ],
    )
