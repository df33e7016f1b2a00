"""The forms of a round: what counts how much, and which plan is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange

from mentorship.rules.errors import BadInput
from mentorship.services import round_policy
from mentorship.web.coordinator.blueprint import VersionForm
from mentorship.web.errors import sentence_of
from mentorship.web.forms import PageForm, WholeNumberField
from mentorship.web.i18n import lazy_gettext

SHARES = {
    "needs": lazy_gettext("What is needed"),
    "topics": lazy_gettext("Topics"),
    "language": lazy_gettext("Language"),
    "where": lazy_gettext("Where they edit"),
    "when": lazy_gettext("When they are free"),
    "areas": lazy_gettext("Areas of growth"),
}
PLANS = {
    "0": lazy_gettext("The best fit in all"),
    "2": lazy_gettext("Lift those who fit least"),
    "4": lazy_gettext("Lift those who fit least, more strongly"),
}


def _share(name: str) -> WholeNumberField:
    return _number(SHARES[name], round_policy.MOST_SHARE, round_policy.SHARES[name])


def _number(label: object, most: int, usual: int) -> WholeNumberField:
    return WholeNumberField(label, [InputRequired(), NumberRange(0, most)], default=usual)


class PolicyForm(PageForm):
    """How a round is to weigh things; the usual is filled in."""

    needs = _share("needs")
    topics = _share("topics")
    language = _share("language")
    where = _share("where")
    when = _share("when")
    areas = _share("areas")
    fair = SelectField(
        lazy_gettext("Which plan"),
        choices=[SelectChoice(power, words) for power, words in PLANS.items()],
        default="0",
    )
    waiting = _number(lazy_gettext("Points for each week of waiting"), round_policy.MOST_WAITING, 0)
    steady = _number(
        lazy_gettext("Points a new draft may lose so that pairs you have seen stay"),
        round_policy.MOST_STEADY,
        0,
    )
    minutes = _number(
        lazy_gettext("Minutes it may take"),
        round_policy.MOST_LIMIT_S // 60,
        round_policy.USUAL_LIMIT_S // 60,
    )

    def shares(self) -> dict[str, int]:
        return {name: self[name].data for name in SHARES}

    def options(self) -> dict[str, int]:
        """What else the service takes, in its own units."""
        return {
            "fair": int(self.fair.data),
            "waiting": self.waiting.data,
            "steady": self.steady.data,
            "limit_s": self.minutes.data * 60,
        }

    def refuse(self, refusal: BadInput) -> None:
        """Show what the service refused at the field it belongs to."""
        field = self[refusal.field if refusal.field in self else "needs"]
        field.errors = [*field.errors, sentence_of(refusal)]


class WeighForm(PolicyForm, VersionForm):
    """The same for a draft that is computed again."""


def as_typed(policy: Mapping[str, Any]) -> dict[str, Any]:
    """The policy of a round as the fields of its form."""
    kept = round_policy.policy_of(None, None, before=policy)
    return {
        **kept["shares"],
        **kept["options"],
        "fair": str(kept["options"]["fair"]),
        "minutes": kept["limit_s"] // 60,
    }
