"""For a web server: the application of the installation that MENTORSHIP_INSTANCE names."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask

from mentorship import config
from mentorship.app import create_app


def serve() -> Flask:
    """The application; what a server such as gunicorn calls as ``mentorship.wsgi:serve()``."""
    return create_app(config.read(Path(os.environ.get("MENTORSHIP_INSTANCE", "instance"))))
