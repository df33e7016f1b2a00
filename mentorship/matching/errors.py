"""What can go wrong in matching, each with a sentence in plain words."""

from __future__ import annotations


class MatchingError(Exception):
    """Anything that the matching core refuses; ``str(error)`` is one sentence for a person.

    Parameters
    ----------
    sentence
        Plain English, naming the place where it went wrong.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadPeople(MatchingError):
    """A person, or what is said of one, cannot be used (an unknown id, a level out of range …)."""


class BadFile(MatchingError):
    """An instance or a plan file cannot be read."""


class BadOptions(MatchingError):
    """Shares or options cannot be used."""


class ImpossibleChoice(MatchingError):
    """A lock goes against a rule, against a forbidden pair, or beyond a mentor's places."""


class UnknownPerson(MatchingError):
    """The id belongs to nobody in this round."""


class NotProved(MatchingError):
    """A plan that does not hold what it promises; the sentence says the first thing found."""


class Cancelled(MatchingError):
    """The caller cancelled; nothing is left behind."""
