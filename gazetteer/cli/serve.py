"""`gazetteer serve`: the service over HTTP, under gunicorn.

Serving starts the whole, so this one command imports the factory, the layer above.
"""

import dataclasses
import gc
import ipaddress
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.installation import read_settings
from gazetteer.cli.terminal import say
from gazetteer.errors import InvalidInput

if TYPE_CHECKING:
    from gazetteer.serving.limits import Limits
    from gazetteer.settings import Settings

# Objects from which rubbish is looked for: as rarely as memory allows, for each search walks all that is under way.
COLLECTED = (50_000, 20, 50)


@click.command()
@click.option("--host", help="Address to serve on, instead of GAZETTEER_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on, instead of GAZETTEER_PORT.")
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes, instead of GAZETTEER_WORKERS.")
@click.option("--snapshot", metavar="DIR", help="Snapshot to answer from, instead of GAZETTEER_SNAPSHOT.")
@click.option("--debug", is_flag=True, help="Flask's own server: reloads, shows tracebacks, for this machine only.")
def serve(debug: bool, **given: Any) -> None:
    """Serve HTTP until stopped.

    On Ctrl-C or SIGTERM the requests under way are finished first; a second Ctrl-C does not wait for them. On SIGHUP
    the workers are replaced, one after the other, and no request is lost.

    \b
      gazetteer serve --port 8000 --workers 4
      curl 'http://127.0.0.1:8000/v1/lookup?name=Hawijah&country=IQ'
    """
    options = {name: value for name, value in given.items() if value is not None}
    settings = dataclasses.replace(read_settings(), **options)
    if not settings.current.exists():
        say(f"No snapshot at {settings.current}: look-ups are answered 503 until there is one (`gazetteer seed`).")
    if caution := caveat_of(settings):
        say(f"Note: {caution}.")
    if debug:
        serve_for_debugging(settings)
    else:
        serve_with_gunicorn(settings)


def serve_with_gunicorn(settings: "Settings") -> None:
    """Run gunicorn in this process, which it ends. The application is made before the workers are forked."""
    from gazetteer.serving import figures, logs, memory

    memory.few_arenas()
    logs.configure(settings.log_format, settings.log_level)
    own = os.getpid()
    figures_folder = figures.prepare(settings.data / "metrics")

    from gazetteer.factory import create_app, warm, watch
    from gazetteer.serving import metrics
    from gazetteer.serving.peers import Peers
    from gazetteer.serving.server import Server
    from gazetteer.serving.worker import made

    worker = made(limits(settings))
    options = server_options(settings)
    meeting = Path(tempfile.mkdtemp(prefix="gazetteer-"))  # a short path: a socket's may have 107 bytes

    def make() -> Any:
        """The application, warm: what it holds is shared by the workers that are forked, and left in peace."""
        application = create_app(settings)
        warm(application)
        worker.observer = watch(application, Peers(meeting), options["workers"])
        metrics.left(own)  # it serves nobody itself
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTED)
        return application

    def gone(_: object, worker: Any) -> None:
        metrics.left(worker.pid)
        (meeting / str(worker.pid)).unlink(missing_ok=True)

    def ended(_: object) -> None:
        for folder in (figures_folder, meeting):
            shutil.rmtree(folder, ignore_errors=True)

    say("Making ready; the first start compiles the search, which takes some 20 seconds.")
    hooks = {
        "when_ready": lambda _: say(serving(settings)),
        "child_exit": gone,
        "on_exit": ended,
    }
    Server(make, {**options, "worker_class": worker, **hooks}).run()


def serving(settings: "Settings") -> str:
    """What is said once connections are taken."""
    return f"Serving on http://{netloc(settings)} (a page to try it: /docs). Ctrl-C stops."


def caveat_of(settings: "Settings") -> str | None:
    """What is to be known of the database before serving from it; nothing is connected to yet."""
    from gazetteer.db.engine import caveat, make_engine

    return caveat(make_engine(settings.url))


def server_options(settings: "Settings") -> dict[str, Any]:
    """What gunicorn is told."""
    from gazetteer.serving.gunicorn_log import Log
    from gazetteer.serving.limits import FIELD, FIELDS, LINE
    from gazetteer.serving.server import cores

    return {
        "bind": netloc(settings),
        "proc_name": "gazetteer",
        "preload_app": True,
        "workers": settings.workers or cores(),
        "timeout": settings.timeout,
        "graceful_timeout": settings.grace,
        "limit_request_line": LINE,
        "limit_request_fields": FIELDS,
        "limit_request_field_size": FIELD,
        "control_socket_disable": True,
        "logger_class": Log,
        "loglevel": "warning",
    }


def limits(settings: "Settings") -> "Limits":
    """What a client may ask of a worker."""
    from gazetteer.serving.limits import Limits

    return Limits(
        spool=settings.data / "spool",
        threads=settings.threads,
        queue=settings.queue,
        connections=settings.connections,
        head=settings.head_limit,
        body=max(settings.json_limit, settings.spool_limit),
        head_seconds=settings.head_timeout,
        idle_seconds=settings.idle_timeout,
        stall_seconds=settings.stall_timeout,
        least_rate=settings.least_rate,
        grace_seconds=settings.grace,
    )


def serve_for_debugging(settings: "Settings") -> None:
    """Flask's own server. Its debugger runs any code for whoever reaches it, so only this machine may."""
    if not is_loopback(settings.host):
        raise InvalidInput("--debug serves this machine only: the host must be a loopback address", field="host")
    from werkzeug.serving import run_simple

    from gazetteer.factory import create_app

    run_simple(settings.host, settings.port, create_app(settings), use_debugger=True, use_reloader=True, threaded=True)


def netloc(settings: "Settings") -> str:
    """Host and port as they stand in a URL."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
