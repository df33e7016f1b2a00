"""The language, direction, dates, numbers and names a page is written with, and whose choice they are."""

from datetime import UTC, date, datetime

import pytest
from babel.messages.pofile import read_po

from mentorship.translations import languages
from mentorship.translations.catalogues import FOLDER, Catalogues, locale_for
from mentorship.web import formats
from mentorship.web.i18n import Reader, gettext, lazy_gettext, ngettext, speaking, speech, zone_named
from tests.browser import Browser
from tests.page_checks import untranslated
from tests.web.sample.site import make_site
from tools.pseudo import PAYLOAD, write_pseudo_languages

DUE = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def pseudo_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pseudo")
    write_pseudo_languages(folder)
    return folder


def html_of(page):
    return page.root.get("lang"), page.root.get("dir")


def test_english_is_spoken_where_nothing_else_is_asked_for(visitor):
    assert html_of(visitor.get("/")) == ("en", "ltr")


@pytest.mark.parametrize(
    ("accepted", "shown"),
    [
        ("ar", "ar"),
        ("ar-EG,en;q=0.5", "ar"),
        ("ary", "ar"),
        ("fi,ar;q=0.8,en;q=0.5", "ar"),
        ("en-GB,ar;q=0.8", "en"),
        ("tlh, xx-nonsense", "en"),
        ("*", "en"),
        (";;;,q=", "en"),
    ],
)
def test_the_browser_s_languages_are_tried_in_order_with_their_fallbacks(site, accepted, shown):
    assert html_of(Browser(site, language=accepted).get("/"))[0] == shown


def test_her_setting_beats_the_browser_and_the_address_beats_her_setting():
    hers = make_site(TESTING=True, READER=lambda: Reader("ar", "Africa/Lagos"))
    browser = Browser(hers, language="en")

    assert html_of(browser.get("/")) == ("ar", "rtl")
    assert html_of(browser.get("/?uselang=en")) == ("en", "ltr")


def test_a_language_chosen_in_the_address_stays_for_the_visit(visitor):
    visitor.get("/")
    visitor.click("العربية")

    assert html_of(visitor.get("/")) == ("ar", "rtl")
    assert html_of(visitor.click("English")) == ("en", "ltr")


def test_a_language_chosen_in_the_address_stays_for_the_visit_of_who_has_set_another():
    hers = make_site(TESTING=True, READER=lambda: Reader("en", "Africa/Lagos"))
    browser = Browser(hers, language="en")
    browser.get("/")
    browser.click("العربية")

    assert html_of(browser.get("/")) == ("ar", "rtl")


@pytest.mark.parametrize("code", ["", "../../etc/passwd", "x" * 5000, "ar\x00", "'><script>", "%00", "🙂"])
def test_a_nonsense_language_in_the_address_changes_nothing(site, code):
    with site.test_client() as client:
        answer = client.get("/", query_string={"uselang": code})

    assert answer.status_code == 200
    assert '<html lang="en" dir="ltr">' in answer.text


def test_the_right_to_left_sheet_is_used_in_arabic_alone(visitor):
    assert "codex.style-rtl.css" in visitor.get("/?uselang=ar").html
    assert "codex.style-rtl.css" not in visitor.get("/?uselang=en").html


def test_arabic_has_all_six_plural_forms(site):
    with (FOLDER / "ar.po").open("rb") as file:
        assert read_po(file).num_plurals == 6
    messages = Catalogues().messages("ar")
    assert [messages.plural(n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)] == [
        0, 1, 2, 3, 3, 4, 4, 5, 5, 3,
    ]  # fmt: skip


def test_a_plural_shows_its_number_as_the_language_writes_it(site):
    with site.test_request_context("/"):
        assert ngettext("%(num)s place", "%(num)s places", 1) == "1 place"
        assert ngettext("%(num)s place", "%(num)s places", 12345) == "12,345 places"
    with site.app_context(), speaking("ar"):
        assert formats.number(1234.5) in {"1,234.5", "١٬٢٣٤٫٥"}


def test_a_moment_is_told_in_her_time_zone():
    for zone, day, hour in [
        ("Africa/Lagos", "Friday, November 20", "12:30\u202fAM"),
        ("America/Lima", "Thursday, November 19", "6:30\u202fPM"),
        (None, "Thursday, November 19", "11:30\u202fPM UTC"),
    ]:
        hers = make_site(TESTING=True, READER=lambda zone=zone: Reader("en", zone))
        with hers.test_request_context("/"):
            told = formats.moment(DUE)
            assert day in told
            assert told.endswith(hour)


def test_a_day_of_a_moment_is_the_day_it_is_for_her(site):
    with site.app_context(), speaking("en", "Africa/Lagos"):
        assert formats.day(DUE) == "Friday, November 20, 2026"
        assert formats.day(date(2026, 11, 19)) == "Thursday, November 19, 2026"
        assert 'datetime="2026-11-19T23:30+00:00"' in formats.time_element(DUE)
    with site.app_context(), speaking("ar", "Africa/Lagos"):
        assert "نوفمبر" in formats.moment(DUE)


@pytest.mark.parametrize("name", ["Nowhere/Land", "../etc/passwd", "", None, "\x00", "Africa"])
def test_an_unknown_time_zone_is_utc(name):
    assert zone_named(name) is UTC


def test_a_list_reads_as_a_phrase_and_escapes_what_is_not_markup(site):
    with site.app_context(), speaking("en"):
        assert formats.listed(["a", "b", "c"]) == "a, b, and c"
        mixed = formats.listed([formats.language_name("ha"), "<b>"])
        assert mixed == '<bdi lang="ha" dir="ltr">Hausa</bdi> and &lt;b&gt;'
    with site.app_context(), speaking("ar"):
        assert formats.listed(["أ", "ب"]) == "أ وب"


def test_what_is_written_for_another_is_in_her_language_not_the_reader_s(site):
    with site.test_request_context("/?uselang=ar"):
        assert speech().language == "ar"
        with speaking("en"):
            assert gettext("Languages") == "Languages"
        assert gettext("Languages") == "اللغات"
        with speaking("zz-unknown"):
            assert speech().language == "en"


def test_a_label_is_translated_when_it_is_shown(site):
    label = lazy_gettext("Languages")

    with site.app_context(), speaking("ar"):
        assert str(label) == "اللغات"
    with site.app_context(), speaking("en"):
        assert str(label) == "Languages"
    assert label == lazy_gettext("Languages")
    assert label != lazy_gettext("Pages")


def test_a_name_of_the_other_direction_does_not_turn_the_sentence(site):
    with site.app_context(), speaking("en"):
        assert gettext("Page %(page)s of %(pages)s", page="هدى", pages=3) == "Page \u2068هدى\u2069 of 3"
        assert gettext("Page %(page)s of %(pages)s", page="Huda", pages=3) == "Page Huda of 3"


def test_every_language_of_wikimedia_has_a_name_a_direction_and_something_to_format_with():
    codes = languages.known_languages()

    assert len(codes) == 791
    assert {languages.direction(code) for code in codes} == {"ltr", "rtl"}
    assert all(languages.autonym(code) and locale_for(code) for code in codes)
    assert [languages.direction(code) for code in ("ar", "fa", "he", "ur", "nqo", "dv", "ha", "sr-ec")] == [
        "rtl", "rtl", "rtl", "rtl", "rtl", "rtl", "ltr", "ltr",
    ]  # fmt: skip


def test_redirected_and_odd_codes_are_understood():
    assert languages.canonical("SR_EC") == "sr-cyrl"
    assert languages.html_tag("simple") == "en-simple"
    assert languages.html_tag("als") == "gsw"
    assert languages.read_instead("pt-BR") == ["pt-br", "pt"]
    assert not languages.is_known("tlhx")


def test_every_page_is_translated_throughout_in_a_made_up_language(pseudo_folder):
    site = make_site(TESTING=True, CATALOGUES=(pseudo_folder,))
    browser = Browser(site)

    page = browser.get("/nope?uselang=yi")

    assert html_of(page) == ("yi", "rtl")
    sample_only = {"Someone to turn to", "– Someone to turn to", "First page", "My pages", "Sign out"}
    assert untranslated(page.root, sample_only) == []


def test_a_translation_is_text_and_never_markup(pseudo_folder):
    site = make_site(TESTING=True, CATALOGUES=(pseudo_folder,))

    answer = site.test_client().get("/nope?uselang=vo")

    assert "&lt;script&gt;" in answer.text
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    assert PAYLOAD not in answer.text
