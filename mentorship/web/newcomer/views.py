"""The newcomer's pages: profile and request, suggestions, waiting."""

from __future__ import annotations

from flask import Blueprint

from mentorship.web.language_names import languages_to_pick

bp = Blueprint("newcomer", __name__)
bp.add_app_template_global(languages_to_pick)
