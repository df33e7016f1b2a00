"""Her own account: settings, sessions, blocks, erasure."""

from __future__ import annotations

from typing import cast

from flask import Flask, url_for
from flask.blueprints import BlueprintSetupState

from mentorship.web.account import apart, keys, reach, settings
from mentorship.web.account.blueprint import bp
from mentorship.web.i18n import gettext
from mentorship.web.navigation import NavItem, provide_navigation
from mentorship.web.signed_in import is_signed_in

__all__ = ["apart", "bp", "keys", "reach", "settings"]


@bp.record_once
def _offer_links(state: BlueprintSetupState) -> None:
    provide_navigation(cast(Flask, state.app), _links)


def _links() -> list[NavItem]:
    if not is_signed_in():
        return []
    return [
        NavItem(gettext("Account"), url_for("account.show")),
        NavItem(gettext("Something is wrong"), url_for("pages.help")),
        NavItem(gettext("Sign out"), url_for("auth.sign_out"), post=True),
    ]
