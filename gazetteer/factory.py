"""The application, wired."""

import os
from contextlib import suppress
from threading import BoundedSemaphore

from flask import Flask, Response
from flask_migrate import Migrate
from sqlalchemy import Engine

from gazetteer import __version__
from gazetteer.api import docs, entities, errors, explain, health, lookup, metrics, normalise
from gazetteer.api.intake import Intake
from gazetteer.api.observed import Watch, observe
from gazetteer.api.replies import StrictProvider
from gazetteer.api.runtime import EXTENSION, Runtime
from gazetteer.db.engine import Database, make_engine, make_sessions, migrations
from gazetteer.errors import Unavailable
from gazetteer.matching.decide import Policy
from gazetteer.services.live import Live
from gazetteer.services.query import Limits
from gazetteer.serving.peers import Peers
from gazetteer.settings import Settings

ABOUT = "Which record does this name mean, how sure are we, and why?"


def create_app(settings: Settings | None = None) -> Flask:
    """The application; its settings are the environment's where none are given."""
    settings = settings or Settings.from_env(os.environ)
    app = Flask(__name__, static_folder=None)
    app.json = StrictProvider(app)
    app.url_map.merge_slashes = False
    app.config.update(
        API_TITLE="Gazetteer",
        API_VERSION=__version__,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"info": {"description": ABOUT}},
    )
    parts = runtime(settings)
    app.extensions[EXTENSION] = parts
    migratable(app, parts.engine)
    errors.register(app)
    api = errors.Problems(app)
    for module in (lookup, normalise, explain, entities, health, metrics):
        api.register_blueprint(module.doors)
    app.register_blueprint(docs.doors)
    app.after_request(guarded)
    app.wsgi_app = Intake(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own way to add a middleware
    observe(app)
    return app


def warm(app: Flask) -> None:
    """Open what lookups need before the first request: compiled functions are loaded, or compiled once."""
    parts: Runtime = app.extensions[EXTENSION]
    parts.published.warm()


def watch(app: Flask, peers: Peers | None = None, workers: int = 1) -> Watch:
    """What a worker that serves the application tells of itself, and does for its peers."""
    return Watch(app.extensions[EXTENSION], peers, workers)


def runtime(settings: Settings) -> Runtime:
    """The parts that the doors share. Nothing is connected yet: the process may still be forked."""
    policy = Policy(settings.precision, settings.precision_anywhere, settings.margin)
    limits = Limits(name_length=settings.name_length)
    engine = make_engine(settings.url)
    sessions = make_sessions(engine)
    edited = None if settings.snapshot else sessions  # a snapshot that is named answers as it is
    live = Live(settings.current, policy, limits, edited)
    return Runtime(settings, live, engine, sessions, uploads=BoundedSemaphore(settings.uploads))


def migratable(app: Flask, engine: Engine) -> None:
    """Give `flask db …` its commands, where the migrations are at hand; an installation without them serves as well."""
    with suppress(Unavailable):
        Migrate(app, Database(engine), directory=str(migrations()))


def guarded(response: Response) -> Response:
    """A browser takes answers for what they say they are."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
