"""The folder that the workers of a server write their figures to.

It must be named in the environment before `gazetteer.serving.metrics` is imported: prometheus_client asks once.
"""

import os
import shutil
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def prepare(base: Path) -> Path:
    """A new folder for the figures of this server; those that servers left behind which are no more are removed."""
    base.mkdir(parents=True, exist_ok=True)
    for left in base.iterdir():
        if left.name.isdigit() and not is_running(int(left.name)):
            shutil.rmtree(left, ignore_errors=True)
    folder = base / str(os.getpid())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    os.environ[FOLDER] = str(folder)
    return folder


def is_running(process: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
