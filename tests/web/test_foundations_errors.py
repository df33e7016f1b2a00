"""Whatever goes wrong is a calm page with its status; nothing typed is lost, nothing inner is shown."""

import pytest

from mentorship.rules import errors as refusals
from mentorship.web import errors, i18n, navigation
from tests.browser import Browser
from tests.web.sample.site import make_site


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "This could not be read"),
        (401, "This could not be read"),
        (403, "This is not open to you"),
        (404, "There is nothing here"),
        (409, "This has changed meanwhile"),
        (413, "This is too large"),
        (418, "This could not be read"),
        (422, "This needs another look"),
        (429, "A little slower, please"),
        (500, "Something broke here"),
        (501, "Something broke here"),
    ],
)
def test_each_error_is_a_page_in_the_site_s_look(visitor, status, heading):
    page = visitor.get(f"/status/{status}")

    assert (page.status, page.heading) == (status, heading)
    assert "To the first page" in page.links


def test_every_kind_of_refusal_has_a_status_and_words():
    for kind in refusals.Refusal.__subclasses__():
        assert kind in errors.STATUS, f"{kind.__name__} has no status in mentorship/web/errors.py"
    assert set(errors.STATUS.values()) <= errors.WORDS.keys()


def test_a_refusal_says_its_own_sentence_in_her_language(visitor):
    visitor.get("/?uselang=ar")

    page = visitor.submit(button="Accept")

    assert page.status == 409
    assert page.root.get("lang") == "ar"
    assert "آمنة" in page.text


def test_what_is_not_hers_looks_like_what_never_was(site):
    @site.get("/hers")
    def hers():
        raise refusals.NotFound("This request is another's.")

    client = site.test_client()
    real, never = client.get("/hers"), client.get("/never")

    assert (real.status_code, real.text) == (404, never.text)


def test_an_act_refused_is_undone_first(site):
    undone = []
    errors.init_errors(site, undo=lambda: undone.append(True))

    Browser(site).get("/status/409")

    assert undone == [True]


def test_a_form_without_its_token_is_refused_kindly(visitor):
    page = visitor.post("/", {"name": "Amina"})

    assert (page.status, page.heading) == (400, "This page was open for a long time")
    assert "Nothing has changed" in page.text


@pytest.mark.parametrize("kind", ["fields", "file"])
def test_a_form_larger_than_256_kilobytes_is_refused(site, kind):
    site.config["WTF_CSRF_ENABLED"] = False
    browser = Browser(site)
    large = "x" * (256 * 1024 + 1)

    page = browser.post("/echo", {"text": large} if kind == "fields" else {"sheet": (_file(large), "a.csv")})

    assert page.status == 413
    assert browser.post("/echo", {"text": "x" * 200_000}).response.json == {"length": 200_000}


def test_busy_says_when_to_come_back(visitor):
    page = visitor.get("/status/503")

    assert page.status == 503
    assert page.response.headers["Retry-After"] == "7"


def test_a_wrong_method_says_which_are_right(visitor):
    page = visitor.get("/accept")

    assert page.status == 405
    assert "POST" in page.response.headers["Allow"]


def test_a_defect_shows_a_page_and_nothing_of_the_inside():
    site = make_site(PROPAGATE_EXCEPTIONS=False)

    page = Browser(site).get("/broken")

    assert (page.status, page.heading) == (500, "Something broke here")
    assert "defect" not in page.html
    assert "Traceback" not in page.html


def test_a_defect_is_told_of_even_where_nobody_can_be_asked_who_is_here():
    def unreachable():
        raise RuntimeError("the database is away")

    site = make_site(PROPAGATE_EXCEPTIONS=False, READER=unreachable)
    navigation.provide_navigation(site, unreachable)

    page = Browser(site, language="ar").get("/")

    assert page.status == 500
    assert page.root.get("lang") == "ar"


def test_a_defect_of_the_pages_themselves_still_ends_in_a_sentence(monkeypatch):
    site = make_site(PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setitem(site.jinja_env.globals, "static_url", None)

    answer = site.test_client().get("/")

    assert answer.status_code == 500
    assert "<h1>Something broke here</h1>" in answer.text


def test_a_form_that_comes_back_keeps_what_was_typed_and_names_the_fields(visitor):
    visitor.get("/")

    page = visitor.submit(
        {"A few sentences": "I write slowly.\nAnd well.", "What you need": ["Wikidata", "photos"]},
        button="Save",
    )

    assert page.status == 422
    assert page.errors["name"] == "This field is required."
    assert "Nothing you typed is lost" in page.text
    kept = page.form("Save").filled({})
    assert kept["about"][0].split("\n") == ["I write slowly.", "And well."]
    assert sorted(kept["needs"]) == ["photos", "wikidata"]


def test_a_field_s_words_are_cleaned_of_what_no_one_types(visitor):
    visitor.get("/")

    page = visitor.submit({"A few sentences": " a\x00b\x07c‮d \r\n", "Password": " short "}, button="Save")

    assert page.form("Save").filled({})["about"] == ["abc‮d"]


def test_a_form_that_is_sent_well_is_taken(visitor):
    visitor.get("/")

    page = visitor.submit(
        {
            "The name to be called by": "<b>Amina</b>",
            "Password": "a long password",
            "How would you like to wait": "Ask one now",
            "What you need": ["My edit was undone"],
            "Where you edit": "Wikidata",
            "I am 18 or over": True,
        },
        button="Save",
    )

    assert "Saved: <b>Amina</b>, 1 needs, wikidata." in page.text


def test_the_folded_groups_hold_each_option_once(visitor):
    page = visitor.get("/")

    folded = [group for group in page.root.iter("details") if group.find(".//input") is not None]
    ids = [box.get("id") for group in folded for box in group.iter("input")]
    assert len(folded) == 4
    assert len(ids) == len(set(ids)) == 39


def test_a_page_s_language_is_settled_without_asking_once_something_broke(site):
    with site.test_request_context("/?uselang=ar"):
        i18n.speak_without_asking()
        assert i18n.speech().language == "ar"


def _file(text):
    from io import BytesIO

    return BytesIO(text.encode())
