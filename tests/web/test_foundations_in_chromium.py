"""The components in a real browser: accessible, calling nobody, whole at every size, direction and shade."""

import pytest

from tests.chromium import DESK, PHONE, axe_violations, is_scrolled_sideways, served, watched_page
from tests.web.sample.site import make_site

pytestmark = pytest.mark.e2e

ICON = "() => getComputedStyle(document.querySelector('.cdx-message__icon')).maskImage"


@pytest.fixture(scope="module")
def address():
    with served(make_site(TESTING=True)) as where:
        yield where


@pytest.mark.parametrize("shade", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_components_are_accessible_and_fit(chromium, address, size, language, shade):
    with watched_page(chromium, viewport=size, color_scheme=shade, bypass_csp=True) as page:
        page.goto(f"{address}/?uselang={language}")
        page.get_by_role("button", name="Save", exact=True).click()  # so that the errors show too

        assert page.locator(".cdx-field__validation-message").count() >= 4
        assert axe_violations(page) == []
        assert not is_scrolled_sideways(page)


def test_nothing_is_refused_by_the_policy(chromium_page, address):
    chromium_page.goto(address)

    sheets = chromium_page.evaluate("() => [...document.styleSheets].map(sheet => sheet.cssRules.length)")
    assert len(sheets) == 4
    assert all(sheets)


def test_a_message_s_icon_is_the_same_in_arabic(chromium, address):
    icons = []
    for language in ("en", "ar"):
        with watched_page(chromium) as page:
            page.goto(f"{address}/?uselang={language}")
            icons.append(page.evaluate(ICON))

    assert icons[0] == icons[1]
    assert "svg" in icons[0]


def test_the_arrow_of_a_select_is_light_on_dark(chromium, address):
    arrows = []
    for shade in ("light", "dark"):
        with watched_page(chromium, color_scheme=shade) as page:
            page.goto(address)
            arrows.append(
                page.evaluate("() => getComputedStyle(document.querySelector('select')).backgroundImage")
            )

    assert "202122" in arrows[0]
    assert "202122" not in arrows[1]


def test_all_of_it_works_by_keyboard_without_javascript(chromium, address):
    with watched_page(chromium, java_script_enabled=False) as page:
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the content"
        page.keyboard.press("Enter")
        page.get_by_label("The name to be called by").focus()
        page.keyboard.type("Amina")
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert page.get_by_label("The name to be called by").input_value() == "Amina"
        assert page.locator(".cdx-field__validation-message").count() >= 3


def test_the_printed_page_leaves_out_what_is_only_for_the_screen(chromium_page, address):
    chromium_page.goto(address)
    chromium_page.emulate_media(media="print")

    assert not chromium_page.locator(".banner__leave").is_visible()
    assert chromium_page.locator("h1").is_visible()


def test_a_translator_s_attack_does_not_run(chromium, tmp_path):
    from tools.pseudo import write_pseudo_languages

    write_pseudo_languages(tmp_path)
    site = make_site(TESTING=True, CATALOGUES=(tmp_path,))
    with served(site) as where, watched_page(chromium, bypass_csp=True) as page:
        ran = []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        for path in ("/", "/nope"):
            page.goto(f"{where}{path}?uselang=vo")
            assert "alert(1)" in page.content()
    assert ran == []
