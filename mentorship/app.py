"""The one place where the parts meet: an application out of its settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from mentorship.config import Config
from mentorship.store.engine import options
from mentorship.store.migrate import folder
from mentorship.web import Reader, init_web
from mentorship.web.access import init_access
from mentorship.web.account.views import bp as account
from mentorship.web.auth.views import bp as auth
from mentorship.web.cohort.views import bp as cohort
from mentorship.web.converters import init_converters
from mentorship.web.coordinator.views import bp as coordinator
from mentorship.web.database import db, init_database, unit_of_work
from mentorship.web.growth.views import bp as growth
from mentorship.web.limits import init_limits
from mentorship.web.lineage.views import bp as lineage
from mentorship.web.mailed.stopping import stop_now
from mentorship.web.mailed.views import bp as mailed
from mentorship.web.mentor.views import bp as mentor
from mentorship.web.mentorships.views import bp as mentorships
from mentorship.web.newcomer.views import bp as newcomer
from mentorship.web.pages.views import bp as pages
from mentorship.web.signed_in import init_sign_in, is_signed_in, me

BLUEPRINTS = (
    pages, auth, newcomer, mentor, mentorships, growth, lineage, cohort, coordinator, account, mailed,
)  # fmt: skip
"""In the order of their links in the header."""
LARGEST_FORM = 256 * 1024


class Application(Flask):
    """Flask, with every request's work done again when the database says to try again."""

    def dispatch_request(self) -> ResponseReturnValue:
        act: Callable[[], ResponseReturnValue] = partial(super().dispatch_request)
        return unit_of_work(act)


def create_app(config: Config) -> Flask:
    """An application for `config`; reads no file and no environment itself."""
    app = Application(
        "mentorship",
        instance_path=str(config.INSTANCE),
        template_folder=str(folder("templates")),
    )
    app.config.from_mapping(
        SECRET_KEY=config.SECRET_KEY,
        MENTORSHIP=config,
        SITE_NAME=config.SITE_NAME,
        SQLALCHEMY_ENGINES={
            "default": {"url": config.database_url, **options(config.database_url, statement_timeout_ms=5000)}
        },
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        PERMANENT_SESSION_LIFETIME=timedelta(days=config.OWN_DEVICE_DAYS),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.HTTPS,
        WTF_CSRF_TIME_LIMIT=None,
    )
    init_converters(app)
    init_database(app)
    init_sign_in(app)
    CSRFProtect(app).exempt(stop_now)  # mail programs send it, with the signed link and nothing else
    init_limits(app, config.LIMITS_STORAGE)
    init_web(app, reader=_reader, undo=lambda: db.session.rollback())
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_access(app)
    if config.TRUSTED_PROXIES:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.TRUSTED_PROXIES, x_proto=config.TRUSTED_PROXIES)  # type: ignore[method-assign]
    return app


def _reader() -> Reader | None:
    if not is_signed_in():
        return None
    person = me()
    return Reader(person.locale, person.time_zone)
