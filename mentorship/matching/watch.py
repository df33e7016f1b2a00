"""Watching a run: time used, progress told, cancelling asked."""

from __future__ import annotations

import copy
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass

from mentorship.matching.errors import BadOptions, Cancelled
from mentorship.matching.plan import Cost


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes
    ----------
    stage
        ``"candidates"``, ``"solve"`` or ``"pricing"``.
    done, of
        Newcomers brought in so far, of all.
    gap
        The proven bound in points, where there is one yet.
    """

    stage: str
    done: int
    of: int
    gap: int | None = None


Tell = Callable[[Progress], None]
Ask = Callable[[], bool]


class Watch:
    """One run's clocks and its caller's wishes.

    Parameters
    ----------
    time_limit
        Wall seconds after which the best plan so far is given, with its proven bound; None = no limit.
    progress
        Called now and then with a `Progress`.
    cancelled
        Asked now and then; when it says yes, `Cancelled` is raised and nothing is left behind.
    """

    def __init__(self, time_limit: float | None, progress: Tell | None, cancelled: Ask | None) -> None:
        if time_limit is not None and not 0 <= time_limit < float("inf"):
            raise BadOptions("the time limit must be a number of seconds from 0 on")
        self._limit = time_limit
        self._progress = progress
        self._cancelled = cancelled
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def quiet(self) -> Watch:
        """The same clocks and wishes for work on the side, whose progress is not the run's."""
        twin = copy.copy(self)
        twin._progress = None
        return twin

    def is_over(self) -> bool:
        """Whether the time limit has passed; raises `Cancelled` if the caller wants no plan any more."""
        self._refuse_cancelled()
        return self._limit is not None and time.perf_counter() - self._wall >= self._limit

    def tell(self, stage: str, done: int, of: int, gap: int | None = None) -> None:
        """Tell the caller how far the run is; raises `Cancelled` as `is_over` does."""
        self._refuse_cancelled()
        if self._progress is not None:
            self._progress(Progress(stage, done, of, gap))

    def _refuse_cancelled(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise Cancelled("the round was cancelled; nothing was changed")

    def cost(self, rounds: int) -> Cost:
        """What the run has cost so far."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        return Cost(
            cpu_s=time.process_time() - self._cpu,
            wall_s=time.perf_counter() - self._wall,
            peak_gib=peak,
            rounds=rounds,
        )
