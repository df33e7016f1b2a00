"""The built package: the matching core stands alone, and templates and migrations travel with it."""

import os
import sqlite3
import subprocess
import sys
import venv
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.full

ROOT = Path(__file__).resolve().parent.parent
CORE_NEEDS = ("numpy", "networkx")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def run(*command: str | Path, cwd: Path) -> str:
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, env=CLEAN).stdout


def pinned(package: str) -> list[str]:
    """The requirement lines of `package`, as the project has them."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [line.rstrip(" \\") for line in lines if line.startswith(f"{package}==")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    venv.create(folder / "builder", with_pip=True)
    pip = folder / "builder/bin/pip"
    run(pip, "wheel", "-q", "--no-deps", "-w", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def bare_python(wheel, tmp_path_factory):
    """An interpreter with the wheel, and of its dependencies only those of the matching core."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=True)
    pip = folder / "bin/pip"
    run(pip, "install", "-q", *[line for package in CORE_NEEDS for line in pinned(package)], cwd=folder)
    run(pip, "install", "-q", "--no-deps", wheel, cwd=folder)
    return folder / "bin/python"


def test_the_matching_core_works_with_numpy_and_networkx_alone(bare_python, tmp_path):
    program = "import mentorship.matching as core, sys; print(core.__file__); print('flask' in sys.modules)"

    place, loaded_flask = run(bare_python, "-c", program, cwd=tmp_path).split()

    assert "site-packages" in place
    assert loaded_flask == "False"


@pytest.mark.parametrize(
    ("folder", "inside"), [("templates", "mentorship/_templates"), ("migrations", "mentorship/_migrations")]
)
def test_every_file_of_a_folder_beside_the_package_is_in_the_wheel(wheel, folder, inside):
    here = {
        file.relative_to(ROOT / folder).as_posix()
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.name != ".gitkeep"
    }

    there = {
        name.removeprefix(f"{inside}/")
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith(f"{inside}/")
    }

    assert here
    assert here <= there


def test_the_wheel_carries_the_stylesheets_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert any(name.startswith("mentorship/static/") and name.endswith(".css") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "instance/"))]


def test_an_installed_package_migrates_a_database_with_the_migrations_it_carries(wheel, tmp_path):
    installed = tmp_path / "installed"
    run(
        wheel.parent / "builder/bin/pip",
        "install",
        "-q",
        "--no-deps",
        "--target",
        installed,
        wheel,
        cwd=tmp_path,
    )
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "from mentorship.store import migrate; from mentorship.store.engine import open_engine\n"
        "engine = open_engine('sqlite:///here.sqlite'); migrate.upgrade(engine); engine.dispose()\n"
        "print(migrate.folder('migrations'))"
    )

    used = run(sys.executable, "-c", program, cwd=tmp_path).strip()

    assert used == str(installed / "mentorship/_migrations")
    with closing(sqlite3.connect(tmp_path / "here.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
