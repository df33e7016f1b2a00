"""The hashed requirements files: exported from the lock, and checked against pyproject.toml.

`python -m tools.requirements check` says what is out of step; `… update` resolves and exports (needs uv).
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
EXPORTS = {"requirements.txt": [], "requirements-dev.txt": ["--all-extras"]}
# Where packages come from is a setting of the machine, never of the project.
ADDRESS = re.compile(r"https?://|git\+|^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links)\b", re.MULTILINE)
PIN = re.compile(r"^(?P<requirement>[A-Za-z0-9][^\\\n]*)\\?$(?P<rest>(?:\n[ #].*)*)", re.MULTILINE)
ASKED_FOR_BY_US = re.compile(r"^\s+#\s+(?:via )?mentorship$", re.MULTILINE)


def pins(text: str, *, direct: bool = False) -> list[Requirement]:
    """The pinned packages of an export; `direct`: only those the project itself asks for."""
    return [
        Requirement(pin["requirement"])
        for pin in PIN.finditer(text)
        if not direct or ASKED_FOR_BY_US.search(pin["rest"])
    ]


def wanted(name: str) -> list[Requirement]:
    """What pyproject.toml asks for, for one of the two files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values() if EXPORTS[name] else []
    return [Requirement(line) for line in chain(project["dependencies"], *extras)]


def versions(pinned: list[Requirement], package: str) -> list[str]:
    same = [pin for pin in pinned if canonicalize_name(pin.name) == canonicalize_name(package)]
    return [specifier.version for pin in same for specifier in pin.specifier]


def out_of_step(name: str, text: str) -> Iterator[str]:
    asked = wanted(name)
    for want in asked:
        found = versions(pins(text), want.name)
        if not found or not all(want.specifier.contains(version) for version in found):
            yield f"{name} has {want.name} {', '.join(found) or 'nowhere'}; pyproject.toml asks for {want}"
    names = {canonicalize_name(want.name) for want in asked}
    for pin in pins(text, direct=True):
        if canonicalize_name(pin.name) not in names:
            yield f"{name} still has {pin.name}, which pyproject.toml no longer asks for"


def complaints() -> Iterator[str]:
    texts = {name: (ROOT / name).read_text() for name in EXPORTS}
    for name, text in texts.items():
        yield from (f"{name} names where packages come from: {found}" for found in ADDRESS.findall(text))
        yield from out_of_step(name, text)
    run, dev = ({f"{pin.name}{pin.specifier}" for pin in pins(text)} for text in texts.values())
    yield from (f"the two files disagree about {pin}" for pin in sorted(run - dev))


def update() -> None:
    subprocess.run(["uv", "lock", "--quiet"], check=True, cwd=ROOT)  # noqa: S607 - uv is found on PATH
    for name, options in EXPORTS.items():
        export = ["uv", "export", "--quiet", "--frozen", "--no-emit-project", *options, "-o", name]
        subprocess.run(export, check=True, cwd=ROOT)  # noqa: S603 - the words are ours


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        update()
        return 0
    if arguments != ["check"]:
        sys.exit("Say `check` or `update`.")
    found = list(complaints())
    sys.stderr.writelines(f"{line}\n" for line in found)
    if found:
        sys.stderr.write("`.venv/bin/python -m tools.requirements update` writes them anew.\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
