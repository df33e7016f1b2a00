"""The pages that mailed links lead to."""

from __future__ import annotations

from mentorship.web.mailed import stopping
from mentorship.web.mailed.blueprint import bp

__all__ = ["bp", "stopping"]
