"""A profile: one side saved, the other kept; what is unknown refused by name."""

import pytest

from mentorship.rules.errors import BadInput
from mentorship.services.keyed import hash_name
from mentorship.services.profiles import Language, ProfileValues, Side, save_profile
from tests.factories import a_person

KEY = b"a key of the tests alone"
ENGLISH = {"en": Language(4, for_help=True)}


def save(session, person, side=Side.NEWCOMER, **values):
    save_profile(session, person, ProfileValues(side=side, **{"languages": ENGLISH, **values}), key=KEY)
    session.expire(person)


def interests(person):
    return {(each.kind.value, each.item): (each.learns > 0, each.helps > 0) for each in person.interests}


def languages(person):
    return {each.code: (each.level, each.accepts_help_in, each.helps_in) for each in person.languages}


def test_everything_given_is_kept(session):
    person = a_person(session)

    save(
        session,
        person,
        languages={"ha": Language(6, for_help=True), "en": Language(2, for_help=False)},
        needs=["sources", "wikidata"],
        topics=["women"],
        areas=["leadership"],
        wikis=[("wikipedia", "ha"), ("commons", "")],
        day_parts=[("weekend", "evening")],
        hours_change=True,
        prefers_writing=True,
        about="I began with photographs.",
        wiki_name="Some_Name",
    )

    assert languages(person) == {"ha": (6, True, False), "en": (2, False, False)}
    assert interests(person) == {
        ("need", "sources"): (True, False),
        ("need", "wikidata"): (True, False),
        ("topic", "women"): (True, False),
        ("area", "leadership"): (True, False),
    }
    assert {(wiki.project, wiki.language) for wiki in person.places_she_edits} == {
        ("wikipedia", "ha"),
        ("commons", ""),
    }
    assert [(each.day, each.part) for each in person.day_parts] == [("weekend", "evening")]
    assert (person.hours_change, person.prefers_writing, person.about) == (
        True,
        True,
        "I began with photographs.",
    )
    assert (person.wiki_name, person.wiki_name_hash) == ("Some_Name", hash_name(KEY, "some name"))


def test_saving_one_side_never_erases_the_other(session):
    person = a_person(session)
    mentor_side = {"needs": ["sources", "photos"], "languages": {"fr": Language(6, for_help=True)}}
    save(session, person, Side.MENTOR, **mentor_side)

    save(session, person, Side.NEWCOMER, needs=["sources"], topics=["women"])
    save(session, person, Side.NEWCOMER, needs=["code"])

    assert interests(person) == {
        ("need", "sources"): (False, True),
        ("need", "photos"): (False, True),
        ("need", "code"): (True, False),
    }
    assert languages(person) == {"fr": (6, False, True), "en": (4, True, False)}

    save(session, person, Side.MENTOR, needs=["photos"], languages={"en": Language(4, for_help=True)})

    assert interests(person) == {("need", "photos"): (False, True), ("need", "code"): (True, False)}
    assert languages(person) == {"en": (4, True, True)}


def test_a_mentor_may_help_with_any_number_of_needs(session):
    person = a_person(session)

    save(session, person, Side.MENTOR, needs=["sources", "photos", "code", "grants"])

    assert len(person.interests) == 4


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"languages": {}}, "languages"),
        ({"languages": {"en": Language(4, for_help=False)}}, "languages"),
        ({"languages": {"no-such": Language(4, for_help=True)}}, "languages"),
        ({"languages": {"en": Language(0, for_help=True)}}, "languages"),
        ({"needs": ["sources", "photos", "code", "grants"]}, "needs"),
        ({"needs": ["forged"]}, "needs"),
        ({"topics": ["sources"]}, "topics"),
        ({"areas": [""]}, "areas"),
        ({"wikis": [("wikipedia", "")]}, "wikis"),
        ({"wikis": [("wikipedia", "no-such")]}, "wikis"),
        ({"wikis": [("commons", "en")]}, "wikis"),
        ({"wikis": [("forged", "")]}, "wikis"),
        ({"day_parts": [("weekend", "night")]}, "day_parts"),
        ({"day_parts": [("", "")]}, "day_parts"),
        ({"about": "a" * 2001}, "about"),
        ({"wiki_name": "a" * 256}, "wiki_name"),
    ],
)
def test_what_is_not_offered_is_refused_naming_the_field(session, values, field):
    person = a_person(session)

    with pytest.raises(BadInput) as refusal:
        save(session, person, **values)

    assert refusal.value.field == field
    assert not person.languages
