"""The refusals: each says in words, for the person, why an act did not happen."""

from __future__ import annotations

from mentorship.rules.marking import N_


class Refusal(Exception):
    """An act that the programme's rules do not allow; nothing has changed.

    Parameters
    ----------
    sentence
        Plain English, marked for translation with ``N_`` where it is written; may hold named
        placeholders in ``%(name)s`` style.
    values
        What the placeholders stand for.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence % self.values if self.values else self.sentence


class NotAllowed(Refusal):
    """She is a party to this, but the act is not hers."""


class WrongState(Refusal):
    """The act does not fit the state things are in now."""


class Stale(Refusal):
    """Somebody changed the same thing since she opened the page."""


class MentorFull(Refusal):
    """The mentor has no free place."""


class AlreadyOpen(Refusal):
    """She already has an open request or an open mentorship."""


class NotPossible(Refusal):
    """The pair cannot be; the sentence never says why (a block and an avoid stay unnamed)."""


class NotFound(Refusal):
    """There is no such thing, or it is not hers to know of."""


class BadInput(Refusal):
    """What was given cannot be used; `field` names the field, option or row.

    Parameters
    ----------
    sentence, values
        As for `Refusal`.
    field
        The name of the field (a form), option (a command) or row and column (a file).
    """

    def __init__(self, sentence: str, *, field: str = "", **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


class Busy(Refusal):
    """The database was locked for too long; the same act may succeed in a moment."""

    def __init__(self) -> None:
        super().__init__(N_("Too much is happening at once. Nothing is lost: try again in a moment."))


class TooMany(Refusal):
    """A limit on how often something may be done; the sentence says when it may be done again."""
