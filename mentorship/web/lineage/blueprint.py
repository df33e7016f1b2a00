"""The pages about help given and received, each person's own."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask, abort, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.datastructures import MultiDict

from mentorship.store.help import Help
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext
from mentorship.web.navigation import NavItem, provide_navigation
from mentorship.web.signed_in import is_signed_in

bp = Blueprint("lineage", __name__)


def name_of_helper(record: Help) -> str:
    """Who helped, for her who was helped: what she typed; a member's name only once both agreed."""
    if record.helper is None:
        return record.helper_name or ""
    if record.helped_agreed_at and record.helper_agreed_at and record.helper.name:
        return record.helper.name
    return gettext("Someone here")


def checked() -> None:
    """An act without fields of its own: the form must be ours."""
    if not PageForm().validate():
        abort(400)


def picked(form: MultiDict[str, str], name: str) -> bool:
    """Whether the button that was pressed says yes."""
    return form.get(name) == "yes"


@bp.record_once
def _offer_links(state: BlueprintSetupState) -> None:
    provide_navigation(cast(Flask, state.app), _links)


def _links() -> list[NavItem]:
    return [NavItem(gettext("Who helped whom"), url_for("lineage.show"))] if is_signed_in() else []
