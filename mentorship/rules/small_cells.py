"""Small cells: what may be counted before others without pointing at fewer than five people."""

from __future__ import annotations

from collections.abc import Mapping

from mentorship.rules.helped import FEWEST_SHOWN


def is_open(count: int) -> bool:
    """Whether a count of people may be shown: nobody, or at least five.

    Examples
    --------
    >>> [is_open(count) for count in (0, 1, 4, 5)]
    [True, False, False, True]
    """
    return count == 0 or count >= FEWEST_SHOWN


def open_parts(total: int, parts: Mapping[str, int]) -> dict[str, int | None]:
    """Of parts that do not overlap, those that may be shown beside their total; None for the others.

    What the shown ones leave of the total is nobody or at least five, so that no closed part is found by
    subtraction: where it would be, the smallest shown part is closed too.

    Parameters
    ----------
    total
        Of which all parts are a part; shown itself where it is open.
    parts
        Name to count, each at least 0, together at most `total`.

    Returns
    -------
    dict
        The same names.

    Examples
    --------
    >>> open_parts(20, {"now": 9, "before": 3})
    {'now': 9, 'before': None}
    >>> open_parts(12, {"now": 9, "before": 3})
    {'now': None, 'before': None}
    >>> open_parts(4, {"now": 0})
    {'now': None}
    """
    shown = {name: count for name, count in parts.items() if is_open(count) and is_open(total)}
    while shown and not is_open(total - sum(shown.values())):
        counted = [name for name in shown if shown[name]] or list(shown)
        del shown[min(counted, key=lambda name: (shown[name], name))]
    return {name: shown.get(name) for name in parts}
