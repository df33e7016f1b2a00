"""What one person is shown of another: name, languages, needs or help, topics, areas, her own sentences."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.rules import words
from mentorship.store.people import InterestKind, Person
from mentorship.web.i18n import gettext

LABELS: dict[InterestKind, dict[str, str]] = {
    InterestKind.NEED: words.NEEDS,
    InterestKind.TOPIC: {key: label for key, (_, label) in words.TOPICS.items()},
    InterestKind.AREA: words.AREAS,
}


@dataclass(frozen=True, slots=True)
class Card:
    """A person as a pair's page shows her."""

    languages: list[str]
    needs: list[str]
    topics: list[str]
    areas: list[str]
    about: str


def newcomer_card(person: Person) -> Card:
    """What she would like help with, in which languages."""
    return _card(person, "learns", [each.code for each in person.languages if each.accepts_help_in])


def mentor_card(person: Person, statement: str) -> Card:
    """What she helps with, in which languages; `statement` is how she says she helps."""
    languages = [each.code for each in person.languages if each.helps_in]
    card = _card(person, "helps", languages)
    about = "\n\n".join(text for text in (statement, card.about) if text)
    return Card(card.languages, card.needs, card.topics, card.areas, about)


def _card(person: Person, side: str, languages: list[str]) -> Card:
    return Card(
        languages,
        _ticked(person, InterestKind.NEED, side),
        _ticked(person, InterestKind.TOPIC, side),
        _ticked(person, InterestKind.AREA, side),
        person.about,
    )


def _ticked(person: Person, kind: InterestKind, side: str) -> list[str]:
    labels = LABELS[kind]
    items = {each.item for each in person.interests if each.kind is kind and getattr(each, side)}
    return [gettext(label) for key, label in labels.items() if key in items]
