"""What must hold of every HTML page, whoever drew it: each check yields what it finds wrong, in words."""

import re
from collections import Counter
from urllib.parse import urlsplit

import html5lib

from mentorship.web.headers import ALWAYS, NOT_KEPT

CONTROLS = {"input", "select", "textarea"}
WITHOUT_LABEL = {"hidden", "submit", "button", "reset", "image"}
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset")
LEFTOVERS = re.compile(r"\bNone\b|\{\{|\{%|%\(\w+\)|<bound method|<function|LazyText\(|\bUndefined\b")
SHOWN_ATTRIBUTES = ("value", "title", "alt", "placeholder", "aria-label", "href", "action")


def parse(text):
    """Return the document's root and the parser's complaints."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text)
    return root, [f"line {position[0]}: {error} {facts}" for position, error, facts in parser.errors]


def words_of(element) -> str:
    return " ".join("".join(element.itertext()).split())


def untranslated(root, allowed=()) -> list[str]:
    """Say which words of a page in the made-up language `long` or `mirrored` were not marked for translation.

    Names of languages and people's words (bdi, blockquote, anything with a lang of its own) are passed over.
    """
    texts = []

    def gather(element):
        if element.tag in {"bdi", "blockquote", "time", "script"} or (
            element.get("lang") and element is not root
        ):
            return
        texts.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                gather(child)
            texts.append(child.tail or "")

    gather(root)
    left = re.sub(r"\[[^\[\]]*\]", "", "\n".join(texts)).splitlines()
    return [line.strip() for line in left if re.search(r"[A-Za-z]{2}", line) and line.strip() not in allowed]


def wrong_with_headers(response) -> list[str]:
    """Say which of the headers of every answer are missing or different."""
    wrong = [
        f"header {name} is {response.headers.get(name)!r}"
        for name, value in ALWAYS.items()
        if response.headers.getlist(name) != [value]
    ]
    is_static = response.request.path.startswith("/static/")
    if not is_static and response.headers.get("Cache-Control") != NOT_KEPT:
        wrong.append(f"Cache-Control is {response.headers.get('Cache-Control')!r}")
    return wrong


def wrong_with_page(text) -> list[str]:
    """Say everything that is wrong with one page of HTML."""
    return wrong_with_document(*parse(text))


def wrong_with_document(root, complaints) -> list[str]:
    """The same, of a page that is parsed already: reading it takes as long as checking it."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    wrong = [f"not well written: {complaint}" for complaint in complaints]
    for check in CHECKS:
        wrong.extend(check(root, elements))
    return wrong


def _one_title_one_heading(root, elements):
    titles = [words_of(title) for title in root.findall("./head/title")]
    if len(titles) != 1 or not titles[0]:
        yield f"titles: {titles}"
    headings = [words_of(element) for element in elements if element.tag == "h1"]
    if len(headings) != 1 or not headings[0]:
        yield f"first headings: {headings}"
    if len([element for element in elements if element.tag == "main"]) != 1:
        yield "not one main part"


def _language_and_direction(root, elements):
    if not root.get("lang"):
        yield "no lang on html"
    if root.get("dir") not in {"ltr", "rtl"}:
        yield f"dir on html is {root.get('dir')!r}"


def _unique_ids_that_exist(root, elements):
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for element in elements:
        named = [element.get("for")] if element.tag == "label" else []
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
            named += (element.get(attribute) or "").split()
        yield from (f"{element.tag} points to no id {name!r}" for name in named if name and name not in ids)


def _controls_have_labels(root, elements):
    labels = [element for element in elements if element.tag == "label"]
    named = {label.get("for") for label in labels if words_of(label)}
    wrapped = {id(inner) for label in labels if words_of(label) for inner in label.iter()}
    for control in elements:
        if control.tag not in CONTROLS or control.get("type", "text") in WITHOUT_LABEL:
            continue
        if not (control.get("id") in named or id(control) in wrapped or _is_named(control)):
            yield f"{control.tag} {control.get('name')!r} has no label"
    for group in elements:
        if group.tag == "fieldset" and not any(words_of(legend) for legend in group.findall("legend")):
            yield f"fieldset {group.get('id')!r} has no legend"


def _links_and_buttons_have_words(root, elements):
    for element in elements:
        is_pressed = element.tag in {"a", "button", "summary"}
        if is_pressed and not words_of(element) and not any(_is_named(inner) for inner in element.iter()):
            yield f"{element.tag} without words: {element.attrib}"
        if element.tag == "img" and element.get("alt") is None:
            yield f"picture without alt: {element.get('src')}"


def _nothing_inline(root, elements):
    for element in elements:
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline {element.tag}"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"inline {name} on {element.tag}"
            # a field's value is what someone typed, given back to her; it leads nowhere
            if name != "value" and value.strip().lower().startswith(("javascript:", "vbscript:")):
                yield f"a script in {name} of {element.tag}"


def _no_address_of_others(root, elements):
    for element in elements:
        for name in ADDRESSES:
            address = element.get(name) or ""
            parts = urlsplit(address)
            if parts.scheme in {"mailto", ""} and not parts.netloc:
                continue
            a_link = element.tag == "a" and "noreferrer" in (element.get("rel") or "")
            a_drawing = element.tag == "img" and parts.scheme == "data"
            if not (a_link or a_drawing):
                yield f"{element.tag} {name} leads elsewhere: {address[:80]}"


def _forms_have_their_token(root, elements):
    for form in elements:
        if form.tag == "form" and (form.get("method") or "get").lower() == "post":
            tokens = [inner for inner in form.iter("input") if inner.get("name") == "csrf_token"]
            if len(tokens) != 1 or not tokens[0].get("value"):
                yield f"form {form.get('action')!r} has {len(tokens)} tokens"


def _no_leftovers(root, elements):
    for element in elements:
        if element.tag in {"script", "textarea", "blockquote"}:
            continue
        shown = [element.text, *(element.get(name) for name in SHOWN_ATTRIBUTES)]
        shown += [child.tail for child in element]
        for text in shown:
            found = LEFTOVERS.search(text or "")
            if found:
                yield f"leftover {found[0]!r} in {element.tag}: {(text or '').strip()[:80]}"


def _is_named(element) -> bool:
    return bool((element.get("aria-label") or "").strip() or element.get("aria-labelledby"))


def _names_hold_what_is_read(root, elements):
    """Whoever speaks to her device says what she reads; the name it knows must hold that."""
    if root.get("lang") not in {"en", "ar"}:  # the made-up languages put every string in a frame of its own
        return
    for element in elements:
        name, shown = _plain(element.get("aria-label", "")), _plain(words_of(element))
        if element.tag in {"a", "button"} and name and shown not in name:
            yield f"“{shown}” is called “{name}”"


def _plain(words):
    return " ".join(re.sub("[\u2066-\u2069]", "", words).split()).casefold()  # a time has a narrow space


CHECKS = [
    _one_title_one_heading,
    _language_and_direction,
    _unique_ids_that_exist,
    _controls_have_labels,
    _links_and_buttons_have_words,
    _names_hold_what_is_read,
    _nothing_inline,
    _no_address_of_others,
    _forms_have_their_token,
    _no_leftovers,
]
