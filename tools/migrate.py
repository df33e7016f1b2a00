"""Writes a migration for what changed in the models since the last one: `make migrate M="Say what"`.

The models are compared with a database of its own, brought to the newest migration first.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from mentorship.store import migrate
from mentorship.store.engine import open_engine


def write(message: str, folder: Path) -> list[Path]:
    engine = open_engine(f"sqlite:///{folder / 'newest.sqlite'}")
    migrate.upgrade(engine)
    config = migrate.alembic_config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        written = command.revision(config, message, autogenerate=True)
    engine.dispose()
    scripts = written if isinstance(written, list) else [written]
    return [Path(script.path) for script in scripts if script is not None]


def main(message: str) -> None:
    if not message.strip():
        sys.exit('Say what changes: make migrate M="Add a column for …"')
    with tempfile.TemporaryDirectory() as folder:
        files = write(message, Path(folder))
    formatter = Path(sys.executable).with_name("ruff")
    subprocess.run([formatter, "format", "--quiet", *files], check=True)  # noqa: S603 - the words are ours
    for file in files:
        sys.stdout.write(f"Read it, and fill in what cannot be seen (data, what goes down): {file}\n")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
