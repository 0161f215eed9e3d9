"""`gazetteer serve`: the service over HTTP, under gunicorn.

The command line is a door like the API, so it imports no factory: the application is named by a string, as
gunicorn is always told, and what the options say reaches it as the environment variables they stand for.
"""

import dataclasses
import ipaddress
import os
from typing import Any

import click

from gazetteer.cli.installation import read_settings
from gazetteer.errors import InvalidInput
from gazetteer.settings import PREFIX, Settings

FACTORY = "gazetteer.factory:create_app"
GRACE = 30  # seconds a request may still run after the stop was asked for


@click.command()
@click.option("--host", help="Address to serve on.  [setting GAZETTEER_HOST]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on.  [setting GAZETTEER_PORT]")
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes.  [setting GAZETTEER_WORKERS]")
@click.option("--snapshot", metavar="DIR", help="Snapshot to answer from.  [setting GAZETTEER_SNAPSHOT]")
@click.option(
    "--debug", is_flag=True, help="Flask's own server: one process, reloads, shows tracebacks. Never in public."
)
def serve(host: str | None, port: int | None, workers: int | None, snapshot: str | None, debug: bool) -> None:
    """Serve HTTP until stopped.

    On Ctrl-C or SIGTERM the requests under way are finished first.

    \b
      gazetteer serve --port 8000 --workers 4
      curl 'http://127.0.0.1:8000/v1/lookup?name=Hawijah&country=IQ'
    """
    options = {"host": host, "port": port, "workers": workers, "snapshot": snapshot}
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    settings = dataclasses.replace(read_settings(), **given)
    environment = {PREFIX + name.upper(): str(value) for name, value in given.items()}
    if not (settings.current / ".").exists():
        click.echo(f"No snapshot at {settings.current}: lookups answer 503 until `gazetteer seed` made one.", err=True)
    if debug:
        serve_for_debugging(settings, environment)
    else:
        serve_with_gunicorn(settings, environment)


def serve_with_gunicorn(settings: Settings, environment: dict[str, str]) -> None:
    """Run gunicorn's arbiter in this process; it does not return but exits.

    The application is loaded before the workers are forked, so they share its pages.
    """
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # gunicorn has no types
    from gunicorn.util import import_app  # type: ignore[import-untyped]

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in server_options(settings, environment).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return import_app(f"{FACTORY}()")

    click.echo(f"Serving on http://{settings.host}:{settings.port} (API to try: /docs). Ctrl-C stops.", err=True)
    Server(prog="gazetteer").run()


def server_options(settings: Settings, environment: dict[str, str]) -> dict[str, Any]:
    """What gunicorn is told."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "proc_name": "gazetteer",
        "worker_class": "gazetteer.cli.worker.Worker",
        "limit_request_line": 8190,
        "workers": settings.workers,
        "threads": settings.threads,
        "timeout": settings.timeout,
        "graceful_timeout": GRACE,
        "preload_app": True,
        "raw_env": [f"{name}={value}" for name, value in environment.items()],
        "control_socket_disable": True,
        "loglevel": "warning",
    }


def serve_for_debugging(settings: Settings, environment: dict[str, str]) -> None:
    """Flask's own server. Its debugger runs any code for whoever reaches it, so only this machine may."""
    from werkzeug.serving import run_simple
    from werkzeug.utils import import_string

    if not is_loopback(settings.host):
        raise InvalidInput("--debug serves this machine only: the host must be a loopback address", field="host")
    os.environ.update(environment)
    app = import_string(FACTORY)()
    run_simple(settings.host, settings.port, app, use_debugger=True, use_reloader=True, threaded=True)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
