"""The cohort itself: its numbers, its settings, its joining link, its coordinators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import (
    URL,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from mentorship.rules.deadlines import RANGES, Deadlines, deadlines_of
from mentorship.rules.errors import BadInput, Stale
from mentorship.services import cohorts, coordinators, numbers
from mentorship.services.cohorts import Settings
from mentorship.store.cohorts import Cohort
from mentorship.web.coordinator import trend
from mentorship.web.coordinator.blueprint import LARGEST, bp, checked, cohort_of, page
from mentorship.web.coordinator.poster import shared
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.forms import PageForm, WholeNumberField
from mentorship.web.i18n import gettext, lazy_gettext, speech
from mentorship.web.language_names import language_code, typed_name
from mentorship.web.signed_in import me, now

DEADLINES = {
    "ask_reminder_hours": lazy_gettext("Hours until a mentor who was asked is reminded"),
    "ask_due_hours": lazy_gettext("Hours a mentor has to answer"),
    "question_answer_hours": lazy_gettext("Hours a mentor has after her question was answered"),
    "question_due_hours": lazy_gettext("Hours a newcomer has to answer a question"),
    "hello_reminder_days": lazy_gettext("Days until a mentor is reminded to say hello"),
    "hello_told_days": lazy_gettext("Days until you are told that no hello was said"),
    "hello_due_days": lazy_gettext("Days until a pair without a hello is set aside"),
    "check_in_first_days": lazy_gettext("Days after a yes until both are first asked if they are in touch"),
    "check_in_second_days": lazy_gettext("Days after a yes until they are asked again"),
    "check_in_third_days": lazy_gettext("Days after a yes until they are asked a third time"),
    "check_in_every_days": lazy_gettext("Days from one such question to the next, later on"),
    "length_weeks": lazy_gettext("Weeks a mentorship is agreed for"),
    "closing_days": lazy_gettext("Days after the agreed end until it is closed"),
    "hand_over_days": lazy_gettext("Days to agree to another mentor taking over"),
    "lapsed_silence_days": lazy_gettext("Days of silence after which a request is closed"),
    "word_days": lazy_gettext("Days after which who waits hears from you at the latest"),
    "mentor_silence_days": lazy_gettext("Days without a sign of life until a mentor is asked"),
    "mentor_away_days": lazy_gettext("Days without a sign of life until a mentor is set away"),
    "by_hand_days": lazy_gettext("Days you have to look for a mentor by hand"),
    "round_every_days": lazy_gettext("Days from one round to the next"),
    "round_review_days": lazy_gettext("Days before a round on which its draft is made"),
    "approval_days": lazy_gettext("Days an approval holds"),
    "approval_notice_days": lazy_gettext("Days before the end of an approval on which you are told"),
    "coordinator_writes_days": lazy_gettext("Days within which you write to someone nobody has helped yet"),
}


class SettingsForm(PageForm):
    """What a coordinator may set; deadlines are fields of the same name."""

    name = StringField(lazy_gettext("Name"), [DataRequired(), Length(max=120)])
    welcome = TextAreaField(
        lazy_gettext("Welcome"),
        [Length(max=2000)],
        description=lazy_gettext("Whoever opens the joining link reads this."),
    )
    languages = StringField(
        lazy_gettext("Languages"),
        [Length(max=500)],
        description=lazy_gettext("Their names, with commas between."),
    )
    starts_on = DateField(lazy_gettext("First day"), [InputRequired()])
    ends_on = DateField(lazy_gettext("Last day"), [Optional()])
    chat_link = StringField(
        lazy_gettext("Link to a chat"), [Optional(), URL(require_tld=False), Length(max=500)]
    )
    direct_asking = BooleanField(lazy_gettext("Newcomers may ask a suggested mentor directly"))
    next_round_on = DateField(
        lazy_gettext("Next round"),
        [Optional()],
        description=lazy_gettext("Those who wait are told this date."),
    )
    clock_paused_until = DateField(
        lazy_gettext("Pause the clock until"),
        [Optional()],
        description=lazy_gettext("No deadline runs out before this day: for holidays or bad times."),
    )
    version = HiddenField(validators=[InputRequired()])

    def validate_languages(self, field: StringField) -> None:
        unknown = [name for name in _names(field.data) if language_code(name) is None]
        if unknown:
            raise ValidationError(gettext("“%(name)s” is not a language known here.", name=unknown[0]))

    def validate_chat_link(self, field: StringField) -> None:
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(gettext("The link must begin with https://."))

    def validate_version(self, field: HiddenField) -> None:
        if not (field.data.isascii() and field.data.isdigit()) or int(field.data[:12]) > LARGEST:
            raise ValidationError(gettext("Invalid input."))


for _name, _label in DEADLINES.items():
    _low, _high = RANGES.get(_name, (1, 366))
    setattr(SettingsForm, _name, WholeNumberField(_label, [InputRequired(), NumberRange(_low, _high)]))


@bp.get("/<public_id:cohort_id>/numbers")
def numbers_(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    known = numbers.numbers(session, cohort, at=now())
    return page(
        "numbers",
        cohort,
        numbers=known,
        trend=trend.draw(known.quarters, mirrored=speech().direction == "rtl"),
        quarter_names={str(one.quarter): trend.name_of(one.quarter) for one in known.quarters},
        **shared(cohort, known),
    )


@bp.get("/<public_id:cohort_id>/settings")
def settings(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    return _page(cohort, SettingsForm(formdata=None, data=_data(cohort)))


@bp.post("/<public_id:cohort_id>/settings")
def save_settings(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    form = SettingsForm()
    if not form.validate():
        return _page(cohort, form), 422
    try:
        cohorts.change(session, cohort, _settings(form), by=me(), at=now(), seen=int(form.version.data))
    except BadInput as refusal:
        form[refusal.field].errors = [sentence_of(refusal)]
        return _page(cohort, form), 422
    except Stale as stale:
        return _changed(cohort_id, form, stale), 409
    session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for(".settings", cohort_id=cohort_id), 303)


@bp.post("/<public_id:cohort_id>/link")
def renew_link(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    checked(PageForm())
    cohorts.renew_link(session, cohort, by=me(), at=now())
    session.commit()
    flash(gettext("There is a new joining link; the old one leads nowhere now."), "success")
    return redirect(url_for(".settings", cohort_id=cohort_id), 303)


@bp.post("/<public_id:cohort_id>/coordinators/<public_id:person_id>/remove")
def remove_coordinator(cohort_id: str, person_id: str) -> ResponseReturnValue:
    """Another coordinator, or herself; a second click hears the same."""
    cohort = cohort_of(cohort_id)
    checked(PageForm())
    gone = coordinators.remove_coordinator(session, cohort, person_id, by=me(), at=now())
    session.commit()
    flash(gettext("Saved."), "success")
    if gone.id == me().id:
        return redirect(url_for("pages.home"), 303)
    return redirect(url_for(".settings", cohort_id=cohort_id), 303)


def _page(cohort: Cohort, form: SettingsForm, **values: object) -> str:
    link = f"{current_app.config['MENTORSHIP'].BASE_URL}/join/{cohort.joining_token}"
    return page("settings", cohort, form=form, deadlines=list(DEADLINES), joining_link=link, **values)


def _changed(cohort_id: str, form: SettingsForm, stale: Stale) -> str:
    """Her own words stay in the form; beside it stands what somebody else saved meanwhile."""
    session.rollback()
    cohort = cohort_of(cohort_id)
    stored = _data(cohort)
    differing = [
        (field.label.text, _shown(stored[field.name]))
        for field in form
        if field.name in stored
        and field.name != "version"
        and (field.data or None) != (stored[field.name] or None)
    ]
    form.version.data = str(cohort.version)
    form.version.raw_data = [form.version.data]
    return _page(cohort, form, stale=sentence_of(stale), differing=differing)


def _shown(value: object) -> object:
    return gettext("nothing") if value in (None, "", False) else value


def _data(cohort: Cohort) -> dict[str, Any]:
    paused = cohort.clock_paused_until
    return {
        "name": cohort.name,
        "welcome": cohort.welcome,
        "languages": ", ".join(typed_name(code) for code in cohort.languages),
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "chat_link": cohort.chat_link,
        "direct_asking": cohort.direct_asking,
        "next_round_on": cohort.next_round_on,
        "clock_paused_until": paused.date() if paused else None,
        "version": str(cohort.version),
        **asdict(deadlines_of(cohort.settings)),
    }


def _settings(form: SettingsForm) -> Settings:
    codes = [language_code(name) for name in _names(form.languages.data)]
    paused: date | None = form.clock_paused_until.data
    return Settings(
        name=form.name.data,
        welcome=form.welcome.data or "",
        languages=tuple(dict.fromkeys(code for code in codes if code)),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        chat_link=form.chat_link.data or "",
        direct_asking=form.direct_asking.data,
        next_round_on=form.next_round_on.data,
        clock_paused_until=datetime.combine(paused, time(), tzinfo=UTC) if paused else None,
        deadlines={name: form[name].data for name in asdict(Deadlines())},
    )


def _names(typed: str | None) -> Iterator[str]:
    return (name.strip() for name in (typed or "").replace("،", ",").split(",") if name.strip())
