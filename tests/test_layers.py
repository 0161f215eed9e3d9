"""The layers of docs/architecture.md: imports point down."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "gazetteer"
LAYERS = [
    "factory",
    "api cli local frame spark",
    "serving settings",
    "services",
    "db importers",
    "index",
    "matching",
    "text",
    "errors",
]
DEPTH = {name: depth for depth, names in enumerate(LAYERS) for name in names.split()}
FREE = {"__init__", "__main__"}  # the version alone, and the way in
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in FREE
)


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The layers whose modules a file imports, at its top or inside a function."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= (
                {f"{node.module}.{each.name}" for each in node.names} if node.module == "gazetteer" else {node.module}
            )
        elif isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
    return {name.split(".")[1] for name in names if name.startswith("gazetteer.") and name.split(".")[1] in DEPTH}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path):
    """A module imports its own layer's package or a layer below; sideways is up. `gazetteer serve` starts the whole."""
    own = layer(path)
    for target in imported(path) - {own}:
        starts = path == PACKAGE / "cli/serve.py" and target == "factory"
        assert starts or DEPTH[target] > DEPTH[own], f"{own} imports {target}"


def test_every_module_has_a_layer():
    """A new package cannot be added without saying where it stands."""
    assert {layer(path) for path in MODULES} <= set(DEPTH)


FORBIDDEN = {
    "gazetteer": {"flask", "sqlalchemy", "numpy", "marshmallow"},
    "gazetteer.errors": {"flask", "sqlalchemy", "numpy"},
    "gazetteer.text.tokens": {"flask", "sqlalchemy", "numpy", "marshmallow"},
    "gazetteer.matching.score": {"flask", "sqlalchemy", "marshmallow"},
    "gazetteer.index.gather": {"flask", "sqlalchemy", "marshmallow"},
    "gazetteer.services.resolve": {"flask", "sqlalchemy", "marshmallow"},
    "gazetteer.local": {"flask", "sqlalchemy", "marshmallow"},
    "gazetteer.spark": {"flask", "sqlalchemy", "marshmallow", "pyarrow", "pyspark"},
    "gazetteer.frame": {"flask", "sqlalchemy", "marshmallow", "pyarrow", "pandas", "polars"},
    "gazetteer.services.load": {"flask", "marshmallow"},
}


@pytest.mark.parametrize(("module", "forbidden"), FORBIDDEN.items(), ids=FORBIDDEN.keys())
def test_a_lower_layer_loads_without_the_upper_ones(module, forbidden):
    """In a fresh interpreter, importing a layer loads nothing of those above it."""
    code = f"import sys, {module}; print(*sorted(set({sorted(forbidden)!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
