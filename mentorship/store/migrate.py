"""Brings a database to the newest schema, with plain Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

PACKAGE = Path(__file__).parent.parent


def folder(name: str) -> Path:
    """The top-level folder `name` of a checkout, or its copy inside an installed package."""
    checkout = PACKAGE.parent / name
    return (
        checkout
        if checkout.is_dir() and (PACKAGE.parent / "pyproject.toml").is_file()
        else PACKAGE / f"_{name}"
    )


def alembic_config() -> Config:
    """Alembic's configuration without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.set_main_option("file_template", "%%(year)d-%%(month).2d-%%(day).2d_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate the database behind `engine` in one transaction: all of it or nothing."""
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to `revision` (``base`` for an empty one)."""
    _run(engine, lambda config: command.downgrade(config, revision))


def _run(engine: Engine, act: object) -> None:
    config = alembic_config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        act(config)  # type: ignore[operator]
