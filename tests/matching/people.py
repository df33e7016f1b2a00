"""Made-up people for the tests, small and various on purpose."""

import random

from mentorship.matching import Mentor, Newcomer, People

LANGUAGES = ["ar", "en", "fr", "ha", "sw"]
NEEDS = ["sources", "photos", "wikidata", "code"]
TOPICS = ["africa", "health", "music"]
AREAS = ["programs", "leadership"]
WIKIS = [("wikipedia", "ha"), ("wikipedia", "fr"), ("commons", "")]


def some(random_, items, most, least, top):
    return {item: random_.randint(least, top) for item in random_.sample(items, random_.randint(0, most))}


def hours(random_):
    return frozenset(random_.sample(range(168), random_.choice([0, 0, 10, 40])))


def newcomer(random_, name, mentor_names=()):
    return Newcomer(
        name,
        some(random_, LANGUAGES, 2, 1, 6) or {"sw": 6},
        some(random_, NEEDS, 3, 1, 3),
        some(random_, TOPICS, 3, 1, 3),
        some(random_, AREAS, 2, 1, 3),
        frozenset(random_.sample(WIKIS, random_.randint(0, 2))),
        hours(random_),
        tuple(random_.sample(list(mentor_names), min(len(mentor_names), random_.choice([0, 0, 1, 2])))),
        random_.choice([0, 0, 3, 80]),
    )


def mentor(random_, name, most_places=3):
    return Mentor(
        name,
        some(random_, LANGUAGES, 3, 1, 6) or {"en": 5},
        some(random_, NEEDS, 4, 0, 10),
        some(random_, TOPICS, 3, 0, 10),
        some(random_, AREAS, 2, 0, 10),
        frozenset(random_.sample(WIKIS, random_.randint(0, 3))),
        hours(random_),
        random_.randint(0, most_places),
    )


def community(seed, newcomers=8, mentors=4, most_places=3) -> People:
    random_ = random.Random(seed)  # the same people every time are wanted
    names = [f"m{number}" for number in range(mentors)]
    everyone = People(
        tuple(newcomer(random_, f"n{number}", names) for number in range(newcomers)),
        tuple(mentor(random_, name, most_places) for name in names),
    )
    barred = {
        (one.id, other.id): random_.choice(["block", "tried", "avoid"])
        for one in everyone.newcomers
        for other in everyone.mentors
        if random_.random() < 0.1
    }
    return People(everyone.newcomers, everyone.mentors, barred)
