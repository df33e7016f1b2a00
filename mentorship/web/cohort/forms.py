"""The forms of a conversation: hosting it, its takeaways, a sentence to be quoted."""

from __future__ import annotations

from datetime import UTC, datetime

from wtforms import BooleanField, DateTimeLocalField, HiddenField, StringField, TextAreaField
from wtforms.validators import URL, DataRequired, InputRequired, Length, Optional, ValidationError

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services.takeaways import LONGEST
from mentorship.store.conversations import Conversation, Quote
from mentorship.web.fields import at_most
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext, lazy_gettext, speech

YEARS = range(2000, 2200)
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]


class HostForm(PageForm):
    """When it begins, in her own time, and where those who signed up meet."""

    starts_at = DateTimeLocalField(
        lazy_gettext("When it begins"),
        [InputRequired(lazy_gettext("Please give a day and an hour."))],
        format=FORMATS,
    )
    link = StringField(
        lazy_gettext("Link to the call"),
        [Optional(), URL(require_tld=False), at_most(500)],
        description=lazy_gettext("You can add it later. Only those who signed up see it."),
    )
    version = HiddenField()

    def validate_link(self, field: StringField) -> None:
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(gettext("The link must begin with https://."))

    def moment(self) -> datetime:
        """The beginning in UTC; what was typed is in the time zone of her pages."""
        typed: datetime = self.starts_at.data
        if typed.year not in YEARS:
            raise BadInput(N_("Please give a day within the next three months."), field="starts_at")
        return typed.replace(tzinfo=speech().time_zone).astimezone(UTC)

    def seen(self) -> int:
        """The version its page showed."""
        given = self.version.data or ""
        return int(given[:9]) if given.isascii() and given.isdigit() else 0


class WordsForm(PageForm):
    """A takeaway."""

    words = TextAreaField(
        lazy_gettext("What do you take away?"),
        [DataRequired(lazy_gettext("Please write a sentence.")), at_most(LONGEST)],
        description=lazy_gettext("A sentence or two, without names. It is shown without yours."),
    )


class QuoteForm(PageForm):
    """A sentence of her own that may be quoted."""

    words = TextAreaField(
        lazy_gettext("A sentence of yours that may be quoted"),
        [DataRequired(lazy_gettext("Please write a sentence.")), Length(max=LONGEST)],
        id="quote-words",
    )
    with_name = BooleanField(
        lazy_gettext("With my name"),
        description=lazy_gettext("Without this tick nobody learns who said it."),
        id="quote-with-name",
    )


def host_data(conversation: Conversation) -> dict[str, object]:
    """What the form shows before she changes it."""
    return {
        "starts_at": conversation.starts_at.astimezone(speech().time_zone).replace(tzinfo=None),
        "link": conversation.link,
        "version": str(conversation.version),
    }


def quote_data(quote: Quote | None) -> dict[str, object]:
    return {"words": quote.words, "with_name": quote.with_name} if quote else {}
