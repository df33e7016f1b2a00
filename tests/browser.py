"""A browser for tests, over Flask's client: it fills in forms as a person would and checks every page.

    browser = Browser(app)
    page = browser.get("/join")
    page = browser.submit({"The name to be called by": "Amina", "needs": ["Wikidata"]}, button="Join")
    browser.click("My request")
    assert "NAME reads this" in page.text and page.status == 200

Fields are found by their label (a group by its legend) or by their name; what is not named keeps what the
page put there. Options are chosen by their label or value; a box of its own by True or False. A page with
anything wrong (see page_checks) fails the test that was shown it.
"""

from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from tests.page_checks import parse, words_of, wrong_with_document, wrong_with_headers

BUTTONS = {"submit", "image"}


class Browser:
    """One person's browser: it keeps cookies, follows redirects, remembers the page it is on."""

    def __init__(self, app, *, language=None):
        self.client = app.test_client()
        self.headers = {"Accept-Language": language} if language else {}
        self.page = None

    def get(self, path, **headers):
        return self._open(path, method="GET", headers=headers)

    def post(self, path, data=None, **headers):
        """Send what no form of a page sends: to see it refused."""
        return self._open(path, method="POST", data=data, headers=headers)

    def click(self, text):
        """Follow the link with these words."""
        return self.get(self.page.link(text))

    def submit(self, fields=None, *, button=None):
        """Fill in the form that has `button` (the page's first form without one) and send it."""
        form = self.page.form(button)
        data = form.filled(fields or {}, button)
        address = form.address(button) or self.page.path
        if form.method == "GET":
            return self.get(f"{address.partition('?')[0]}?{urlencode(data, doseq=True)}")
        return self.post(address, data)

    def _open(self, path, *, headers, **options):
        here = self.page.path if self.page else "/"
        response = self.client.open(
            urljoin(here, path), follow_redirects=True, headers={**self.headers, **headers}, **options
        )
        for one in [*response.history, response]:
            wrong = wrong_with_headers(one)
            assert not wrong, f"{one.request.path} {one.status_code}: {wrong}"
        self.page = Page(response)
        if response.mimetype == "text/html":
            wrong = wrong_with_document(self.page.root, self.page.complaints)
            assert not wrong, f"{self.page.path} {self.page.status}:\n" + "\n".join(wrong)
        return self.page


class Page:
    """What was shown: `status`, `path` (after redirects), `text` as read, `html`, `heading`."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.path = response.request.full_path.rstrip("?")
        self.html = response.get_data(as_text=True)
        self.root, self.complaints = parse(self.html)

    @property
    def text(self):
        return words_of(self.root.find("body"))

    @property
    def heading(self):
        return words_of(self.root.find(".//h1"))

    @property
    def links(self):
        """The words of each link and where it leads."""
        return {words_of(link): link.get("href") for link in self.root.iter("a")}

    def link(self, text):
        assert text in self.links, f"no link {text!r} among {sorted(self.links)}"
        return self.links[text]

    @property
    def buttons(self):
        return [words_of(button) for button in self.root.iter("button")]

    @property
    def errors(self):
        """The sentence of each field that has to be mended, by the id of its place."""
        places = (e for e in self.root.iter("div") if e.get("class", "") == "cdx-field__validation-message")
        return {place.get("id").removesuffix("-error"): words_of(place) for place in places}

    def form(self, button=None):
        forms = [Form(element) for element in self.root.find(".//main").iter("form")]
        forms += [Form(element) for element in self.root.find(".//header").iter("form")]
        fitting = [form for form in forms if button is None or form.button(button) is not None]
        assert fitting, f"no form with a button {button!r}; buttons here: {self.buttons}"
        return fitting[0]


@dataclass
class Control:
    """One input of a form, with the words it is known by."""

    element: object
    label: str
    legend: str

    @property
    def name(self):
        return self.element.get("name")

    @property
    def kind(self):
        tag = self.element.tag
        return self.element.get("type", "text") if tag == "input" else tag

    @property
    def value(self):
        return self.element.get("value", "on" if self.kind in {"checkbox", "radio"} else "")


class Form:
    """A form of a page, filled in by what its labels say."""

    def __init__(self, element):
        self.element = element
        self.method = (element.get("method") or "get").upper()
        self.controls = list(self._controls())

    def button(self, text):
        found = [b for b in self.element.iter("button") if text in {words_of(b), b.get("aria-label")}]
        return found[0] if found else None

    def address(self, button):
        pressed = self.button(button) if button else None
        return (pressed.get("formaction") if pressed is not None else None) or self.element.get("action")

    def filled(self, fields, button=None):
        """Return what would be sent, {name: [values]}, once `fields` are filled in."""
        data = self._as_shown()
        for called, wanted in fields.items():
            controls = self._called(called)
            data[controls[0].name] = _sent(controls, wanted, called)
        pressed = self.button(button) if button else None
        if pressed is not None and pressed.get("name"):
            data.setdefault(pressed.get("name"), []).append(pressed.get("value", ""))
        return data

    def _as_shown(self):
        data = {}
        for control in self.controls:
            if control.name and control.kind not in BUTTONS | {"file", "button"}:
                data.setdefault(control.name, []).extend(_shown(control))
        return data

    def _called(self, called):
        by_name = [c for c in self.controls if c.name == called]
        by_legend = [c for c in self.controls if c.legend == called and c.kind in {"checkbox", "radio"}]
        by_label = [c for c in self.controls if c.label == called]
        known = sorted({c.legend or c.label or c.name for c in self.controls if c.kind != "hidden"})
        assert by_name or by_legend or by_label, f"no field {called!r}; fields here: {known}"
        return by_name or by_legend or by_label

    def _controls(self):
        legends = {
            id(inner): _without_marker(group.find("legend"))
            for group in self.element.iter("fieldset")
            for inner in group.iter()
        }
        labels = {
            label.get("for"): _without_marker(label)
            for label in self.element.iter("label")
            if label.get("for")
        }
        for element in self.element.iter():
            if element.tag in {"input", "select", "textarea"} and element.get("disabled") is None:
                label = labels.get(element.get("id")) or element.get("aria-label") or ""
                yield Control(element, label, legends.get(id(element), ""))


def _without_marker(label):
    """Return a label's words without its "(optional)"."""
    if label is None:
        return ""
    words = [e for e in label.iter() if "cdx-label__label__text" in (e.get("class") or "")]
    return words_of(words[0] if words else label)


def _shown(control):
    """Return the values a browser sends for a control nobody touched."""
    element = control.element
    if control.kind in {"checkbox", "radio"}:
        return [control.value] if element.get("checked") is not None else []
    if control.kind == "select":
        options = list(element.iter("option"))
        chosen = [_option_value(o) for o in options if o.get("selected") is not None]
        one = options[:1] if element.get("multiple") is None else []
        return chosen or [_option_value(o) for o in one]
    if control.kind == "textarea":
        return ["".join(element.itertext())]
    return [control.value]


def _sent(controls, wanted, called):
    first = controls[0]
    if first.kind in {"checkbox", "radio"}:
        return _ticked(controls, wanted, called)
    if first.kind == "select":
        options = {words_of(o): _option_value(o) for o in first.element.iter("option")}
        return [_chosen(options, one, called) for one in _as_list(wanted)]
    return [wanted if isinstance(wanted, tuple) else str(wanted)]


def _ticked(controls, wanted, called):
    if isinstance(wanted, bool):
        assert len(controls) == 1, f"{called!r} is a group; say which of it to tick"
        return [controls[0].value] if wanted else []
    options = {control.label: control.value for control in controls}
    return [_chosen(options, one, called) for one in _as_list(wanted)]


def _chosen(options, wanted, called):
    if wanted in options:
        return options[wanted]
    assert wanted in options.values(), f"{called!r} offers no {wanted!r}; it offers {sorted(options)}"
    return wanted


def _option_value(option):
    return option.get("value") if option.get("value") is not None else words_of(option)


def _as_list(wanted):
    return list(wanted) if isinstance(wanted, list | tuple | set) else [wanted]
