"""Run the worked examples of the README on the snapshot that is there, and write down what they say (`make examples`).

    python docs/examples.py [DATA]

The lines of its `console` blocks that begin with `$ ` and those of its `pycon` blocks that begin with `>>> ` are run,
in a folder of their own with the data folder (default `var`) as `var` and the table below; the rest is replaced.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
from code import InteractiveInterpreter
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"```(console|pycon)\n(.*?)```", re.DOTALL)
TABLE = "row,place,country\n1,Hawijah,Iraq\n2,دير الزور,\n3,Кобани,SY\n4,Mansura,\n5,,Iraq\n"


def shell(command: str) -> str:
    """What a command says, on both streams."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GAZETTEER_")}
    run = subprocess.run(
        command, shell=True, env=environment | {"PATH": path}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    lines = run.stdout.decode().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines if line.strip())


def python(interpreter: InteractiveInterpreter) -> Callable[[str], str]:
    """What a line of Python prints, in a session that lasts."""

    def said(line: str) -> str:
        with redirect_stdout(io.StringIO()) as out:
            interpreter.runsource(line)
        return out.getvalue()

    return said


def refreshed(block: re.Match[str]) -> str:
    """The block with what its lines say now."""
    language, body = block.groups()
    prompt, say = ("$ ", shell) if language == "console" else (">>> ", python(InteractiveInterpreter()))
    asked = [line for line in body.splitlines() if line.startswith(prompt)]
    return f"```{language}\n" + "".join(f"{line}\n{say(line.removeprefix(prompt))}" for line in asked) + "```"


def main(data: Path) -> None:
    """Rewrite the README."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "var").symlink_to(data.resolve())
        (Path(folder) / "reports.csv").write_text(TABLE, "utf-8")
        with chdir(folder):
            README.write_text(BLOCK.sub(refreshed, README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var")
