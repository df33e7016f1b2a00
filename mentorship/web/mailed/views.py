"""The pages that mailed links lead to."""

from __future__ import annotations

from mentorship.web.mailed import asks, check_ins, stopping
from mentorship.web.mailed.blueprint import bp

__all__ = ["asks", "bp", "check_ins", "stopping"]
