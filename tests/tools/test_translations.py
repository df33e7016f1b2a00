"""The catalogues are whole, and the checker finds what it is there to find."""

import pytest
from babel.messages.catalog import Catalog

from tools import pseudo, translations, vendor


def test_every_vendored_file_is_the_one_recorded():
    assert vendor.differences() == []


def test_a_changed_or_missing_vendored_file_is_noticed(tmp_path):
    wrong = vendor.differences(tmp_path)

    assert wrong
    assert all(said.endswith("is missing") for said in wrong)
    first = tmp_path / wrong[0].split()[0]
    first.parent.mkdir(parents=True)
    first.write_text("changed")
    assert vendor.differences(tmp_path)[0].endswith("is not the file that was recorded")


def test_strings_are_found_in_code_and_in_templates():
    found = {message.id: message for message in translations.extracted() if message.id}

    assert "My edit was undone" in found
    assert "Skip to the content" in found
    assert "Page %(page)s of %(pages)s" in found
    assert "This field is required." in found


DAYS = ("%(num)s day", "%(num)s days")


def catalogues(source, translation, *, fuzzy=False):
    template, arabic = Catalog(), Catalog(locale="ar")
    template.add(source)
    if translation is not None:
        arabic.add(source, translation, flags=["fuzzy"] if fuzzy else [])
    return template, arabic


@pytest.mark.parametrize(
    ("source", "translation", "complaint"),
    [
        ("Hello", None, "missing"),
        ("Hello", "", "missing"),
        ("Hello, %(name)s", "مرحبًا", "placeholders"),
        ("Hello, %(name)s", "مرحبًا %(nmae)s", "placeholders"),
        ("Hello", "مرحبًا %(name)s", "placeholders"),
        ("Hello", "<b>مرحبًا</b>", "HTML"),
        ("Hello", "مرحبًا&nbsp;بك", "HTML"),
        ("Hello", "<!-- -->", "HTML"),
        ("Half", "50% منه", "per cent"),
        ("Half", "50%", "per cent"),
        (DAYS, ("يوم", "يوم", "يومان", "%(num)s أيام", "%(num)s يومًا", ""), "missing"),
        (("%(num)s day of %(name)s", "%(num)s days of %(name)s"), ("يوم",) * 6, "placeholders"),
    ],
)  # fmt: skip
def test_a_spoilt_translation_is_said(source, translation, complaint):
    wrong = translations.wrong_in_catalogue(*catalogues(source, translation))

    assert any(complaint in said for said in wrong), wrong


def test_a_fuzzy_translation_is_said():
    wrong = translations.wrong_in_catalogue(*catalogues("Hello", "أهلًا", fuzzy=True))

    assert wrong == ["fuzzy: 'Hello'"]


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Hello, %(name)s", "مرحبًا %(name)s"),
        ("100%% sure", "واثقة 100%%"),
        (DAYS, ("لا أيام", "يوم", "يومان", "%(num)s أيام", "%(num)s يومًا", "%(num)s يوم")),
    ],
)  # fmt: skip
def test_a_good_translation_passes(source, translation):
    assert translations.wrong_in_catalogue(*catalogues(source, translation)) == []


def test_a_made_up_language_keeps_every_placeholder():
    for change in (pseudo.lengthened, pseudo.poisoned):
        text = change("Page %(page)s of %(pages)s, 100%%")
        assert translations.placeholders(text) == {"page", "pages"}
        assert text % {"page": 1, "pages": 2}
