"""Bring in, and record, the few files written elsewhere: Codex, Wikimedia's language data, axe-core.

``python -m tools.vendor`` fetches them anew with npm; ``python -m tools.vendor check`` says which differ from
the record. Change a version below, run it, look at the pages, commit.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "mentorship" / "static" / "vendor" / "VENDORED.json"
STATIC = "mentorship/static/vendor"
DATA = "mentorship/translations/data"

PACKAGES = {
    "@wikimedia/codex": ("2.7.0", "GPL-2.0-or-later"),
    "@wikimedia/codex-design-tokens": ("2.7.0", "GPL-2.0-or-later"),
    "@wikimedia/codex-icons": ("2.7.0", "MIT"),
    "@wikimedia/language-data": ("2.0.4", "GPL-2.0-or-later"),
    "banana-i18n": ("2.4.0", "MIT"),
    "axe-core": ("4.14.1", "MPL-2.0"),
}

# (package, file inside it, where it goes)
COPIED = [
    ("@wikimedia/codex", "dist/codex.style.css", f"{STATIC}/codex.style.css"),
    ("@wikimedia/codex", "dist/codex.style-rtl.css", f"{STATIC}/codex.style-rtl.css"),
    ("@wikimedia/codex", "LICENSE", f"{STATIC}/licences/codex.txt"),
    (
        "@wikimedia/codex-design-tokens",
        "theme-wikimedia-ui-root.css",
        f"{STATIC}/theme-wikimedia-ui-root.css",
    ),
    (
        "@wikimedia/codex-design-tokens",
        "theme-wikimedia-ui-mode-dark.css",
        f"{STATIC}/theme-wikimedia-ui-mode-dark.css",
    ),
    ("@wikimedia/codex-icons", "LICENSE", f"{STATIC}/licences/codex-icons.txt"),
    ("axe-core", "axe.min.js", "tests/vendor/axe.min.js"),
    ("axe-core", "LICENSE", "tests/vendor/axe.LICENSE.txt"),
]

ICONS = (
    "Add ArrowNext ArrowPrevious Bell Block Calendar Check Clock Close Edit Error Flag Help Heart "
    "History Info Language Link Lock LogOut Message Network Pause Search Success Trash Undo UserAvatar "
    "UserGroup"
)


def kept_icons(icons: dict) -> dict:
    """Return {name: {"path", "flips"}} for the icons drawn here; a flipping one points with the text."""
    kept = {}
    for name in ICONS.split():
        drawn = icons[f"cdxIcon{name}"]
        path = drawn if isinstance(drawn, str) else drawn.get("ltr") or drawn["default"]
        flips = isinstance(drawn, dict) and drawn.get("shouldFlip", False)
        kept[name] = {"path": path, "flips": flips}
    return kept


def kept_languages(data: dict) -> dict:
    """Return the languages without regions: code to [script, autonym], or to [the code meant]."""
    languages = {
        code: [row[0], row[2]] if len(row) == 3 else row for code, row in sorted(data["languages"].items())
    }
    return {"rtl_scripts": data["rtlscripts"], "languages": languages}


# (package, file inside it, where it goes, what is kept of it)
TRIMMED = [
    ("@wikimedia/codex-icons", "dist/codex-icons.json", "mentorship/web/icons.json", kept_icons),
    ("@wikimedia/language-data", "data/language-data.json", f"{DATA}/languages.json", kept_languages),
    ("banana-i18n", "src/languages/fallbacks.json", f"{DATA}/fallbacks.json", dict),
]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences(root: Path = ROOT) -> list[str]:
    """Return a sentence for each vendored file that is missing or not the recorded one."""
    wrong = []
    for name, entry in json.loads(RECORD.read_text(encoding="utf-8")).items():
        path = root / name
        if not path.is_file():
            wrong.append(f"{name} is missing")
        elif digest(path) != entry["sha256"]:
            wrong.append(f"{name} is not the file that was recorded")
    return wrong


def main(arguments: list[str]) -> int:
    if arguments == ["check"]:
        wrong = differences()
        print("\n".join(wrong) or "Every vendored file is the one recorded.")  # noqa: T201  a command's answer
        return 1 if wrong else 0
    with tempfile.TemporaryDirectory() as folder:
        _fetch(Path(folder))
    return 0


def _fetch(folder: Path) -> None:
    wanted = [f"{name}@{version}" for name, (version, _) in PACKAGES.items()]
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch the vendored files; install Node.js.")
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    subprocess.run(  # noqa: S603  the arguments are the constants above
        [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *wanted], cwd=folder, check=True
    )
    record = {}
    for package, source, target in COPIED:
        content = (folder / "node_modules" / package / source).read_bytes()
        record[target] = _write(target, content, package)
    for package, source, target, keep in TRIMMED:
        data = json.loads((folder / "node_modules" / package / source).read_text(encoding="utf-8"))
        text = json.dumps(keep(data), ensure_ascii=False, indent=0) + "\n"
        record[target] = _write(target, text.encode(), package)
    RECORD.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _write(target: str, content: bytes, package: str) -> dict:
    path = ROOT / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    version, licence = PACKAGES[package]
    return {"package": package, "version": version, "licence": licence, "sha256": digest(path)}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
