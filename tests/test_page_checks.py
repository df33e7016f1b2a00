"""The checks every page goes through find what they are there to find."""

import pytest

from tests.browser import Browser
from tests.page_checks import untranslated, wrong_with_page
from tests.web.sample.site import make_site

GOOD = (
    '<!DOCTYPE html><html lang="en" dir="ltr"><head><title>A page</title></head>'
    "<body><main><h1>A page</h1>{}</main></body></html>"
)


def test_a_good_page_has_nothing_wrong():
    assert wrong_with_page(GOOD.format("<p>Words.</p>")) == []


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ("<h1>Another</h1>", "first headings"),
        ('<input name="a">', "has no label"),
        ('<label for="a"></label><input id="a" name="a">', "has no label"),
        ("<select name=a></select>", "has no label"),
        ("<textarea name=a></textarea>", "has no label"),
        ("<fieldset></fieldset>", "no legend"),
        ('<button aria-label="Take the note away">Take away</button>', "is called"),
        ('<p id="a"></p><p id="a"></p>', "stands 2 times"),
        ('<label for="nothing">a</label>', "points to no id"),
        ('<p aria-describedby="nothing">a</p>', "points to no id"),
        ("<script>1</script>", "inline script"),
        ("<style>p {}</style>", "inline style"),
        ('<p style="a">b</p>', "inline style"),
        ('<p onclick="a()">b</p>', "inline onclick"),
        ('<a href="javascript:a()">b</a>', "a script in href"),
        ('<a href="https://elsewhere.example">b</a>', "leads elsewhere"),
        ('<a href="//elsewhere.example">b</a>', "leads elsewhere"),
        ('<img alt="" src="https://elsewhere.example/a.png">', "leads elsewhere"),
        ('<script src="https://elsewhere.example/a.js"></script>', "leads elsewhere"),
        ('<form action="https://elsewhere.example"></form>', "leads elsewhere"),
        ('<form method="post" action="/"></form>', "has 0 tokens"),
        ('<a href="/a"></a>', "without words"),
        ("<button></button>", "without words"),
        ('<img src="/a.png">', "without alt"),
        ("<p>None</p>", "leftover"),
        ("<p>{{ name }}</p>", "leftover"),
        ("<p>%(name)s</p>", "leftover"),
        ('<p title="None">a</p>', "leftover"),
        ("<p>a<b>c</p></b>", "not well written"),
        ("<p></div></p>", "not well written"),
    ],
)
def test_what_is_wrong_is_said(part, complaint):
    wrong = wrong_with_page(GOOD.format(part))

    assert any(complaint in said for said in wrong), wrong


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (GOOD.replace(' lang="en"', ""), "no lang"),
        (GOOD.replace(' dir="ltr"', ""), "dir on html"),
        (GOOD.replace("<title>A page</title>", ""), "titles"),
        (GOOD.replace("<title>A page", "<title>"), "titles"),
        (GOOD.replace("<h1>A page</h1>", ""), "first headings"),
        (GOOD.replace("main>", "div>"), "main part"),
    ],
)
def test_what_is_wrong_with_the_frame_is_said(page, complaint):
    assert any(complaint in said for said in wrong_with_page(page.format("")))


def test_untranslated_words_are_found():
    page = make_site(TESTING=True).test_client().get("/nope").text

    from tests.page_checks import parse

    assert "There is nothing here" in untranslated(parse(page)[0])


def test_the_browser_names_what_it_cannot_find(visitor_on_sample):
    with pytest.raises(AssertionError, match=r"no field 'Nothing'; fields here: .*Password"):
        visitor_on_sample.submit({"Nothing": "a"}, button="Save")
    with pytest.raises(AssertionError, match="offers no 'Nothing'"):
        visitor_on_sample.submit({"What you need": ["Nothing"]}, button="Save")
    with pytest.raises(AssertionError, match="no form with a button"):
        visitor_on_sample.submit(button="Nothing")
    with pytest.raises(AssertionError, match="no link 'Nothing'"):
        visitor_on_sample.click("Nothing")


@pytest.fixture
def visitor_on_sample():
    browser = Browser(make_site(TESTING=True))
    browser.get("/")
    return browser
