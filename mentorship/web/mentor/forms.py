"""The forms of the mentor's pages: her offer, and being away."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from mentorship.services.offers import MOST_PLACES
from mentorship.store.cohorts import Cohort
from mentorship.store.offers import Approval, Offer
from mentorship.store.people import Person
from mentorship.web.forms import Checkboxes, PageForm, WrittenForm
from mentorship.web.i18n import lazy_gettext
from mentorship.web.profile_form import MentorProfile, profile_data

LONGEST_STATEMENT = 1000
LONGEST_VOUCHER = 255
LONGEST_WORD = 100


def _at_most(letters: int) -> Length:
    return Length(max=letters, message=lazy_gettext("At most %(most)s characters, please.", most=letters))


class OfferForm(MentorProfile, WrittenForm):
    """The mentor's side of her profile, and what she offers."""

    capacity = IntegerField(
        lazy_gettext("How many newcomers at once"),
        [
            InputRequired(lazy_gettext("Please give a whole number; 0 is one.")),
            NumberRange(
                0,
                MOST_PLACES,
                message=lazy_gettext("A whole number from 0 to %(most)s, please.", most=MOST_PLACES),
            ),
        ],
        description=lazy_gettext("An hour a week for each is usual. You can change it at any time."),
    )
    statement = TextAreaField(
        lazy_gettext("How you help, in a sentence or two"),
        [_at_most(LONGEST_STATEMENT)],
        description=lazy_gettext("Newcomers to whom you are suggested read this."),
    )
    backup = BooleanField(
        lazy_gettext("I can be a second person for a pair"),
        description=lazy_gettext(
            "You would see two names, until the newcomer writes to you or their mentor is away."
        ),
    )
    accepts_rounds = BooleanField(
        lazy_gettext("I accept what a round gives me"),
        description=lazy_gettext("You are still told, and can still say no."),
    )
    cohorts = Checkboxes(lazy_gettext("Where you mentor"), coerce=int, validate_choice=False)
    vouched_by = StringField(
        lazy_gettext("Someone who knows your work"),
        [_at_most(LONGEST_VOUCHER)],
        description=lazy_gettext(
            "A name is enough; only coordinators read it. Work off the wiki counts. "
            "Leave it empty if you do not know whom to name: the coordinator will ask you."
        ),
    )
    agrees_to_conduct = BooleanField(lazy_gettext("I agree to the code of conduct"))

    def offer_places_in(self, cohorts: list[Cohort]) -> None:
        """Let her choose among these cohorts; of one alone there is nothing to choose."""
        self.cohorts.choices = [SelectChoice(cohort.id, cohort.name) for cohort in cohorts]

    def values(self, cohorts: list[Cohort]) -> dict[str, Any]:
        """What the services take as her offer."""
        chosen = set(self.cohorts.data or ())
        return {
            "capacity": self.capacity.data,
            "statement": self.statement.data or "",
            "backup": self.backup.data,
            "accepts_rounds": self.accepts_rounds.data,
            "cohorts": cohorts if len(cohorts) == 1 else [each for each in cohorts if each.id in chosen],
        }


class AwayForm(PageForm):
    """Until which day nobody asks her."""

    until = DateField(
        lazy_gettext("Away until"), [InputRequired(lazy_gettext("Please give the day you are back."))]
    )


class KnownForm(PageForm):
    """The word of a newcomer she knows already."""

    word = StringField(
        lazy_gettext("The word you were given"),
        [InputRequired(lazy_gettext("Please write the word you were given.")), _at_most(LONGEST_WORD)],
    )


def offer_data(person: Person, offer: Offer | None, approval: Approval | None) -> dict[str, Any]:
    """What the offer's page shows before she changes it."""
    data = profile_data(person, OfferForm.side)
    if offer is None:
        return data | {"capacity": 2}
    return data | {
        "capacity": offer.capacity,
        "statement": offer.statement,
        "backup": offer.backup,
        "accepts_rounds": offer.accepts_rounds,
        "cohorts": [row.cohort_id for row in offer.cohorts],
        "vouched_by": approval.vouched_by if approval else "",
        "agrees_to_conduct": approval is not None,
    }
