"""One page of profile and request: little is required, nothing typed is lost, odd input gets a sentence."""

import pytest
from sqlalchemy import select

from mentorship.rules.errors import NotFound
from mentorship.store.people import LanguageSkill
from mentorship.store.requests import Request
from mentorship.web.newcomer.forms import wishes_sent

SAVE = "Save and ask for a mentor"
ODD = {
    "nul": "a\x00b",
    "surrogate": "a\ud800b",
    "override": "\u202ethis runs backwards\u202c",
    "digits": "9" * 5000,
    "long": "a" * 60_000,
    "markup": "<script>alert(1)</script>",
}
TEXTS = ["words", "happened_link", "about", "wiki_name", "languages-0-name", "wikis-0-name"]
CHOICES = ["languages-0-level", "needs", "topics", "areas", "day_parts", "wikis-0-project"]


def sent(field, value):
    """What a browser would send of a filled page, with one field changed."""
    data = {
        "words": "My words are still here.",
        "needs": ["sources"],
        "languages-0-name": "English",
        "languages-0-level": "4",
        "languages-0-for_help": "y",
        "wikis-0-project": "wikipedia",
        "wikis-0-name": "English",
    }
    return {**data, field: value}


def post(browser, data, path="/request"):
    if browser.page is None or "csrf_token" not in browser.page.form().filled({}):
        browser.get(path)
    token = browser.page.form().filled({})["csrf_token"]
    encoded = {
        name: [
            each.encode("utf-8", "surrogatepass") for each in ([value] if isinstance(value, str) else value)
        ]
        for name, value in data.items()
    }
    return browser.post(path, {"csrf_token": token, **encoded})


def test_one_language_and_one_need_are_enough(programme, newcomer):
    newcomer.get("/request")

    page = newcomer.submit({"languages-0-name": "hausa", "needs": ["Sources and citing"]}, button=SAVE)

    assert (page.status, page.path, page.heading) == (200, "/request", "My request")
    with programme.work() as session:
        skill = session.scalars(select(LanguageSkill)).one()
        assert (skill.code, skill.accepts_help_in, skill.helps_in) == ("ha", True, False)


def test_one_language_and_one_sentence_are_enough(programme, newcomer):
    newcomer.get("/request")

    newcomer.submit({"languages-0-name": "Hausa", "words": "I would like to begin."}, button=SAVE)

    assert programme.request().words == "I would like to begin."


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "languages"),
        ({"languages-0-name": "English"}, "needs"),
        ({"needs": ["Wikidata"]}, "languages"),
        ({"languages-0-name": "Klingonese", "needs": ["Wikidata"]}, "languages"),
        ({"languages-0-name": "English", "languages-0-for_help": False, "words": "x"}, "languages"),
        (
            {
                "languages-0-name": "English",
                "needs": ["Wikidata", "Sources and citing", "Notability", "Translation"],
            },
            "needs",
        ),
        ({"languages-0-name": "en", "words": "x", "happened_link": "javascript:alert(1)"}, "happened_link"),
        ({"languages-0-name": "en", "words": "x", "happened_link": "//evil.example"}, "happened_link"),
        ({"languages-0-name": "en", "words": "x", "wikis-0-project": "Wikipedia"}, "wikis"),
        ({"languages-0-name": "en", "words": "x" * 2001}, "words"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_nothing_typed_is_lost(programme, newcomer, fields, wrong):
    newcomer.get("/request")

    page = newcomer.submit({"about": "I began with photographs.", **fields}, button=SAVE)

    assert page.status == 422
    assert list(page.errors) == [wrong]
    shown = page.form(SAVE).filled({})
    assert shown["about"] == ["I began with photographs."]
    assert [
        shown.get(name) for name in fields if isinstance(fields[name], str) and "project" not in name
    ] == [[value] for name, value in fields.items() if isinstance(value, str) and "project" not in name]
    assert programme.request() is None


def test_another_language_can_be_added_without_losing_anything_or_any_script(programme, newcomer):
    newcomer.get("/request")
    typed = {"languages-0-name": "Hausa", "languages-0-level": "first language", "words": "My words."}

    page = newcomer.submit(typed, button="Add another language")
    page = newcomer.submit({"languages-1-name": "English"}, button="Add another wiki")
    shown = page.form(SAVE).filled({})

    assert page.status == 200
    assert not page.errors
    assert shown["languages-0-name"] == ["Hausa"]
    assert shown["languages-0-level"] == ["6"]
    assert shown["languages-1-name"] == ["English"]
    assert shown["wikis-1-project"] == [""]
    assert shown["words"] == ["My words."]
    newcomer.submit(button=SAVE)
    with programme.work() as session:
        assert {(s.code, s.level) for s in session.scalars(select(LanguageSkill))} == {("ha", 6), ("en", 4)}


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_in_any_field_gets_a_page_and_keeps_the_rest(asking, odd):
    for field in TEXTS + CHOICES[:1]:
        page = post(asking, sent(field, ODD[odd]), "/request/change")

        assert page.status in (200, 422), field
        if page.status == 422:
            assert page.errors, field
            if field != "words":
                assert "My words are still here." in page.html, field


def test_codes_nobody_offered_are_refused_at_their_field(asking):
    forged = {"needs": "forged", "topics": "sources", "areas": "x", "day_parts": "weekend-night"}
    forged |= {"languages-0-name": "xx-forged", "languages-0-level": "5", "wikis-0-project": "forged"}
    for field, value in forged.items():
        page = post(asking, sent(field, value), "/request/change")

        assert page.status == 422, field
        assert list(page.errors) == [field.partition("-")[0]]


def test_a_forged_row_is_passed_over(asking):
    for number in ("9" * 5000, "²", "-1", "١", ""):
        page = post(
            asking, {**sent("words", "My words."), f"languages-{number}-name": "Xx"}, "/request/change"
        )

        assert (page.status, page.heading) == (200, "My request")


def test_what_is_larger_than_any_form_gets_a_sentence(newcomer):
    page = post(newcomer, sent("words", "a" * 1_000_000))

    assert page.status == 413
    assert "Go back and shorten it" in page.text


def test_a_second_request_is_refused(programme, newcomer, asking):
    page = asking.get("/request/change")
    token = page.form().filled({})["csrf_token"]

    page = asking.post("/request", {"csrf_token": token, **sent("words", "Another.")})

    assert page.status == 409
    assert "already an open request" in page.text
    with programme.work() as session:
        assert len(session.scalars(select(Request)).all()) == 1


def test_her_page_can_be_changed_and_shows_what_she_gave(programme, asking):
    page = asking.get("/request/change")
    assert page.form("Save").filled({})["languages-0-name"] == ["English"]

    page = asking.submit(
        {"words": "I changed my mind.", "happened_link": "https://en.wikipedia.org/wiki/Special:Diff/1"},
        button="Save",
    )

    assert "Saved." in page.text
    assert "I changed my mind." in page.text
    assert programme.request().happened_link == "https://en.wikipedia.org/wiki/Special:Diff/1"


def test_who_is_in_no_cohort_is_told_what_to_do(programme):
    from sqlalchemy.orm import Session

    from tests.factories import a_person

    with Session(programme.engine) as session:
        stranger = a_person(session, "Stranger")
        session.commit()
        stranger_id = stranger.id

    page = programme.browser(stranger_id).get("/request")

    assert "joining link" in page.text


@pytest.mark.parametrize("path", ["/request/change", "/request/close", "/request/ask/abcdefgh"])
def test_without_a_request_of_ones_own_its_pages_are_not_there(newcomer, path):
    assert newcomer.get(path).status == 404


def test_a_wish_for_what_can_be_no_id_is_refused_as_an_unknown_mentor_is():
    assert wishes_sent([("wish-abc", "1"), ("seen", "\x00")]) == {"abc": 1}
    with pytest.raises(NotFound):
        wishes_sent([("wish-\x00", "1")])
