"""Who is in the made-up community: given names only, none of them anybody's."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.rules.words import AREAS, NEEDS, TOPICS


@dataclass(frozen=True, slots=True)
class Someone:
    """A made-up person: her name, her languages with levels, where on the clock she lives."""

    name: str
    languages: tuple[tuple[str, int], ...]
    time_zone: str


ZONES = {
    "en": "Europe/London", "ar": "Africa/Cairo", "fr": "Africa/Abidjan", "es": "America/Bogota",
    "ha": "Africa/Lagos", "sw": "Africa/Nairobi", "hi": "Asia/Kolkata", "ff": "Africa/Dakar",
}  # fmt: skip
"""Eight languages, and where their speakers of this community live."""


def told(lines: str) -> tuple[tuple[str, str], ...]:
    """One person a line: her name, a colon, her languages, the first one first."""
    parts = (line.strip().partition(":") for line in lines.split("\n"))
    return tuple((name, languages.strip()) for name, _, languages in parts if name)


NEWCOMERS = told(
    """
    Zainab: ha en
    Amira: ar
    ليلى: ar
    Lucía: es
    Asha: sw en
    Meera: hi en
    Fatou: fr
    Hadiza: ha
    مريم: ar fr
    Valentina: es
    Neema: sw
    Kavya: hi
    Grace: en
    Aminata: fr ff
    Salma: ar en
    Camila: es en
    Wanjiru: sw en
    Ananya: hi en
    Dior: ff
    Rabi: ha en
    هدى: ar
    Inés: es
    Halima: ha sw
    Pooja: hi
    Chloe: en
    Awa: fr
    نور: ar en
    Marisol: es
    Zuhura: sw
    Divya: hi en
    Abla: fr
    Ruth: en
    Binta: ha
    سارة: ar
    Paloma: es en
    Furaha: sw
    Isha: hi
    Oumou: ff fr
    Ladi: ha en
    Imogen: en
    """
)

MENTORS = (
    ("Maryam", "ha en", 2), ("سلمى", "ar en", 2), ("Rania", "ar fr", 3), ("Beatriz", "es en", 2),
    ("Rehema", "sw en", 2), ("Lakshmi", "hi en", 2), ("Mariama", "fr", 2), ("Eleanor", "en", 3),
    ("Constanza", "es", 2), ("آمال", "ar", 1), ("Aziza", "sw", 1), ("Sunita", "hi", 2), ("Jumai", "ha", 1),
    ("Hélène", "fr en", 2), ("Judith", "en", 2),
)  # fmt: skip
"""Name, languages, places. Nobody helps in Fula yet: what one hears then is part of the demonstration."""

COORDINATORS = (("Naledi", "en fr"), ("هالة", "ar en"))

WORDS = (
    "My first edit was undone and I would like to understand why.",
    "I want to write about the women's market in my town. I do not know where to begin.",
    "Someone says my article is not notable. I have sources, but I am not sure they are good enough.",
    "I take photographs and would like to bring them to Commons.",
    "We plan an edit-a-thon at our school and have never held one.",
    "I read the talk page three times and still do not dare to answer.",
    "",
)

STATEMENTS = (
    "I began with one sentence about my grandmother's village. Small is fine.",
    "I like to look at edits together, slowly.",
    "Write to me in whichever words come. We sort them later.",
    "I have organised many small meetings and a few that nobody came to.",
    "",
)

NEED_IDS, TOPIC_IDS, AREA_IDS = tuple(NEEDS), tuple(TOPICS), tuple(AREAS)
DAY_PARTS = (("weekday", "evening"), ("weekend", "morning"), ("weekend", "afternoon"), ("weekday", "morning"))


def someone(name: str, languages: str) -> Someone:
    """A made-up person; her first language first."""
    codes = languages.split()
    return Someone(name, tuple((code, 6 - 2 * place) for place, code in enumerate(codes)), ZONES[codes[0]])
