"""The words of the programme: what can be ticked, with its English label (translated where shown)."""

from __future__ import annotations

from mentorship.rules.marking import N_

NEEDS: dict[str, str] = {
    "edit-undone": N_("My edit was undone"),
    "article-at-risk": N_("My article may be deleted"),
    "not-daring": N_("I do not dare press publish"),
    "first-article": N_("My first article"),
    "sources": N_("Sources and citing"),
    "notability": N_("Notability"),
    "talk-pages": N_("Talk pages and conflict"),
    "photos": N_("Photos and Commons"),
    "wikidata": N_("Wikidata"),
    "translation": N_("Translation"),
    "templates": N_("Templates and wikitext"),
    "code": N_("Tools, bots and code"),
    "edit-a-thon": N_("An edit-a-thon"),
    "organising": N_("Organising and partners"),
    "grants": N_("Grants and budgets"),
    "communication": N_("Communication"),
    "public-speaking": N_("Public speaking"),
    "governance": N_("Governance and elections"),
}
"""What a newcomer may need help with, at most `MOST_NEEDS`; mentors tick what they help with."""

MOST_NEEDS = 3

AREAS: dict[str, str] = {
    "programs": N_("Programs"),
    "leadership": N_("Leadership"),
    "technical-spaces": N_("Technical spaces"),
}
"""The areas of growth of the three conversations the project began from."""

PROJECTS: dict[str, str] = {
    "wikipedia": N_("Wikipedia"),
    "commons": N_("Wikimedia Commons"),
    "wikidata": N_("Wikidata"),
    "wiktionary": N_("Wiktionary"),
    "wikisource": N_("Wikisource"),
    "wikibooks": N_("Wikibooks"),
    "wikiquote": N_("Wikiquote"),
    "wikivoyage": N_("Wikivoyage"),
    "wikiversity": N_("Wikiversity"),
    "wikinews": N_("Wikinews"),
    "wikispecies": N_("Wikispecies"),
    "wikifunctions": N_("Wikifunctions"),
    "meta": N_("Meta-Wiki"),
    "mediawiki": N_("MediaWiki"),
    "incubator": N_("Wikimedia Incubator"),
}
"""The families of Wikimedia projects; which of them have one wiki a language: see `BY_LANGUAGE`."""

BY_LANGUAGE = frozenset(
    {
        "wikipedia",
        "wiktionary",
        "wikisource",
        "wikibooks",
        "wikiquote",
        "wikivoyage",
        "wikiversity",
        "wikinews",
    }
)

TOPIC_GROUPS: dict[str, str] = {
    "geography": N_("Regions"),
    "culture": N_("Culture"),
    "history-and-society": N_("History and society"),
    "science-technology-and-math": N_("Science, technology and math"),
}

TOPICS: dict[str, tuple[str, str]] = {
    "africa": ("geography", N_("Africa")),
    "asia": ("geography", N_("Asia")),
    "central-america": ("geography", N_("Central America")),
    "north-america": ("geography", N_("North America")),
    "south-america": ("geography", N_("South America")),
    "europe": ("geography", N_("Europe")),
    "oceania": ("geography", N_("Oceania")),
    "architecture": ("culture", N_("Architecture")),
    "art": ("culture", N_("Art")),
    "comics-and-anime": ("culture", N_("Comics and anime")),
    "entertainment": ("culture", N_("Entertainment")),
    "fashion": ("culture", N_("Fashion")),
    "literature": ("culture", N_("Literature")),
    "music": ("culture", N_("Music")),
    "performing-arts": ("culture", N_("Performing arts")),
    "sports": ("culture", N_("Sports")),
    "tv-and-film": ("culture", N_("TV and film")),
    "video-games": ("culture", N_("Video games")),
    "biography": ("history-and-society", N_("Biography (all)")),
    "business-and-economics": ("history-and-society", N_("Business and economics")),
    "education": ("history-and-society", N_("Education")),
    "food-and-drink": ("history-and-society", N_("Food and drink")),
    "history": ("history-and-society", N_("History")),
    "military-and-warfare": ("history-and-society", N_("Military and warfare")),
    "philosophy-and-religion": ("history-and-society", N_("Philosophy and religion")),
    "politics-and-government": ("history-and-society", N_("Politics and government")),
    "society": ("history-and-society", N_("Society")),
    "transportation": ("history-and-society", N_("Transportation")),
    "women": ("history-and-society", N_("Biography (women)")),
    "biology": ("science-technology-and-math", N_("Biology")),
    "chemistry": ("science-technology-and-math", N_("Chemistry")),
    "computers-and-internet": ("science-technology-and-math", N_("Computers and internet")),
    "earth-and-environment": ("science-technology-and-math", N_("Earth and environment")),
    "engineering": ("science-technology-and-math", N_("Engineering")),
    "general-science": ("science-technology-and-math", N_("General science")),
    "mathematics": ("science-technology-and-math", N_("Mathematics")),
    "medicine-and-health": ("science-technology-and-math", N_("Medicine and health")),
    "physics": ("science-technology-and-math", N_("Physics")),
    "technology": ("science-technology-and-math", N_("Technology")),
}
"""The 39 article topics newcomers choose among on Wikipedia: id to (group, label)."""

LEVELS: dict[int, str] = {
    2: N_("I understand simple messages"),
    4: N_("I write with ease"),
    6: N_("first language"),
}
"""How well she knows a language, as offered in forms; kept as Babel levels, where N is 6."""

DAYS: dict[str, str] = {"weekday": N_("Weekdays"), "weekend": N_("Weekends")}
PARTS: dict[str, str] = {"morning": N_("morning"), "afternoon": N_("afternoon"), "evening": N_("evening")}
