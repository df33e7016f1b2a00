"""The pages that mailed links lead to."""

from __future__ import annotations

from mentorship.web.mailed import answering, asks, check_ins, stopping
from mentorship.web.mailed.blueprint import bp

__all__ = ["answering", "asks", "bp", "check_ins", "stopping"]
