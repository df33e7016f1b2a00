"""The documents say what is there: the diagram, the paths they name, the links between them."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from mentorship.cli import COMMANDS
from mentorship.config import Config
from tools import lifecycle_diagram

ROOT = Path(__file__).resolve().parent.parent
ADRS = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PATH = re.compile(r"`((?:mentorship|templates|migrations|tests|tools|docs|instance|\.ci)/[\w./-]*)`")
LINK = re.compile(r"(?:\]\(|src=\")([^)#\s\"]+)")
LARGEST_PICTURE = 200_000
MADE_BY_AN_INSTALLATION = {"instance/config.py", "instance/demo-sign-in.txt", "instance/mentorship.sqlite"}


def test_the_map_draws_the_lifecycle_as_it_is():
    document = (ROOT / "ARCHITECTURE.md").read_text()

    assert lifecycle_diagram.with_diagram(document) == document


def test_every_line_of_the_rules_is_an_arrow_of_the_diagram():
    arrows = re.findall(r"^    (\S+) --> (\S+): (.*)$", lifecycle_diagram.diagram(), flags=re.MULTILINE)
    drawn = {(frm, to, act) for frm, to, acts in arrows for act in acts.split(", ")}

    assert {("proposed", "accepted", "accept"), ("active", "active", "extend")} <= drawn
    assert len(drawn) == 1 + sum(len(line.frm) for line in lifecycle_diagram.TRANSITIONS.values())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_and_link_of_a_document_leads_somewhere(document):
    text = document.read_text()
    named = set(PATH.findall(text)) - MADE_BY_AN_INSTALLATION
    linked = {link for link in LINK.findall(text) if "://" not in link}

    lost = {path for path in named if not (ROOT / path).exists()}
    lost |= {link for link in linked if not (document.parent / link).exists()}
    assert not lost


def test_a_picture_is_small_and_shown_somewhere():
    shown = "".join(document.read_text() for document in DOCUMENTS)
    pictures = sorted((ROOT / "docs/pictures").glob("*"))

    assert pictures
    for picture in pictures:
        assert picture.name in shown
        assert picture.stat().st_size < LARGEST_PICTURE, picture.name


def test_each_decision_has_its_four_parts():
    assert ADRS
    for decision in ADRS:
        headings = re.findall(r"^## (.*)$", decision.read_text(), flags=re.MULTILINE)
        assert headings == ["Context", "Decision", "Status", "Consequences"], decision.name


def test_every_decision_stands_in_the_list():
    listed = set(LINK.findall((ROOT / "docs/adr/README.md").read_text()))

    assert listed >= {decision.name for decision in ADRS}


def test_every_setting_stands_in_the_table_of_running_it():
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", (ROOT / "docs/running.md").read_text(), flags=re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"[A-Z_]+", row)}

    assert told == {field.name for field in fields(Config)}


def test_the_readme_names_every_command():
    named = set(re.findall(r"mentorship ([a-z]+)", (ROOT / "README.md").read_text()))

    assert named >= set(COMMANDS)
