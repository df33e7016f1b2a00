"""The architecture's promises that no type checker sees: what loads what, budgets, names, labels."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import JSON, Enum, String

from mentorship.store import Base
from mentorship.store.base import PLUMBING, label_of

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 300
OURS = {".py", ".html", ".css", ".js", ".sh"}
TEXT = {*OURS, ".md", ".toml", ".txt", ".yaml", ".yml", ".mako", ""}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
# Data in the shape of code: written by others or by a tool.
NOT_BY_HAND = {"vendor", "translations", "versions"}

# What belongs to one machine and its settings, never to the project.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/"),
    "a package registry": re.compile(r"pypi\.(?:org|python)|pythonhosted|registry\.npmjs|deb\.debian"),
}
# Texts that hold codes, digests and the programme's settings.
NOBODYS_WORDS = {
    "audit.act",
    "audit.chain",
    "audit.kind",
    "cohort.languages",
    "cohort.settings",
    "import_batch.sha256",
    "mentorship.approval_state",
    "poster.numbers",
    "round.certificate",
    "round.input_sha256",
    "round.policy",
    "round.report",
    "rung.area",
    "rung.code",
    "setting.name",
    "step.rung",
    "setting.value",
}

LISTS_OF_PACKAGES = ["pyproject.toml", "requirements.txt", "requirements-dev.txt"]


def tracked() -> list[Path]:
    """The project's files, committed or about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    files = [ROOT / name for name in listing.stdout.split("\0") if name]
    return [file for file in files if file.is_file()]


def written_by_hand() -> list[Path]:
    return [file for file in tracked() if not NOT_BY_HAND & set(file.relative_to(ROOT).parts)]


def modules_loaded_by(statement: str) -> set[str]:
    """The top-level names a fresh interpreter has after `statement`."""
    program = f"{statement}; import sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_the_matching_core_loads_neither_flask_nor_sqlalchemy():
    loaded = modules_loaded_by("import mentorship.matching")

    assert not loaded & {"flask", "werkzeug", "sqlalchemy", "alembic", "huey", "wtforms", "babel"}


def test_the_package_alone_loads_nothing():
    loaded = modules_loaded_by("import mentorship") - modules_loaded_by("pass")

    assert loaded == {"mentorship"}


def test_the_rules_need_only_the_standard_library():
    loaded = modules_loaded_by("import mentorship.rules.lifecycle") - modules_loaded_by("pass")

    assert loaded - set(sys.stdlib_module_names) == {"mentorship"}


def test_a_site_is_served_without_the_matching_core_and_without_what_computes():
    loaded = modules_loaded_by("import mentorship.wsgi, mentorship.app, mentorship.jobs")

    assert not loaded & {"numpy", "networkx", "numba", "ortools", "scipy", "weasyprint"}
    assert "flask" in loaded


def test_no_file_passes_its_budget():
    too_long = {
        str(file.relative_to(ROOT)): lines
        for file in written_by_hand()
        if file.suffix in OURS and (lines := len(file.read_text().splitlines())) > MAX_LINES
    }

    assert not too_long


def test_every_module_says_its_subject():
    nameless = [str(file.relative_to(ROOT)) for file in written_by_hand() if file.stem in NAMELESS]

    assert not nameless


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what):
    pattern = FORBIDDEN[what]
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in written_by_hand()
        if file.suffix in TEXT and file != Path(__file__)
        if (match := pattern.search(file.read_text()))
    ]

    assert not found


@pytest.mark.parametrize("name", LISTS_OF_PACKAGES)
def test_a_list_of_packages_names_no_address_to_fetch_them_from(name):
    text = re.sub(r"^\s*#.*", "", (ROOT / name).read_text(), flags=re.MULTILINE)

    assert "://" not in text


def test_every_column_says_who_sees_it_why_it_is_kept_and_until_when():
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    unlabelled = [str(column) for column in columns if not all((label_of(column) or {"": ""}).values())]

    assert columns
    assert not unlabelled


def test_a_text_is_labelled_plumbing_only_where_it_is_known_to_hold_nobodys_words():
    plumbing = {
        str(column)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
        if label_of(column) == PLUMBING and column.name != "public_id"
    }

    assert plumbing == NOBODYS_WORDS
