"""Who may be paired with whom: the rules, each with the name under which it refuses."""

from __future__ import annotations

from mentorship.matching.people import Mentor, Newcomer, People

SAME_PERSON = "same_person"
NO_PLACE = "no_place"
NO_SHARED_LANGUAGE = "no_shared_language"


def eligible(newcomer: Newcomer, mentor: Mentor, people: People) -> str | None:
    """The name of the rule that refuses this pair, or None where none does.

    Parameters
    ----------
    newcomer, mentor
        The pair.
    people
        Where its barred pairs stand.

    Returns
    -------
    str or None
        ``"same_person"``, a name from `People.barred`, ``"no_shared_language"``, ``"no_place"``;
        the first that holds, in this order. A full or absent mentor is the last to be named.

    Examples
    --------
    >>> she, her = Newcomer("n", {"ha": 6}), Mentor("m", {"fr": 6}, places=1)
    >>> eligible(she, her, People((she,), (her,)))
    'no_shared_language'
    """
    if newcomer.id == mentor.id:
        return SAME_PERSON
    barred = people.barred.get((newcomer.id, mentor.id))
    if barred is not None:
        return barred
    if newcomer.languages.keys().isdisjoint(mentor.languages):
        return NO_SHARED_LANGUAGE
    return None if mentor.places else NO_PLACE
