"""Imports run one way (README, "How it is built")."""

import ast

import pytest
from building import ROOT

# Lowest first. A module imports only from lower layers and from its own package.
LAYERS = [
    {"_arguments", "words"},
    {"data", "iterators", "model", "loss", "sgd"},
    {"training"},
    {"recording"},
    {"autograd", "pitfalls"},
    {"hints"},
    {"checks", "exercises"},
    {"claims"},
    {"plots", "widgets"},
]
FOLDER = ROOT / "linreg_lib"


def layer(name):
    return next((i for i, names in enumerate(LAYERS) if name in names), None)


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports from linreg_lib in full"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda p: p.stem)
def test_imports_run_one_way(path):
    own = path.relative_to(FOLDER).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    assert layer(own) is not None, f"give {own} a layer in {__name__}"
    for name in imported(path):
        parts = name.split(".")
        if parts[0] in ("book", "tests"):
            pytest.fail(f"{own} imports {name}: the package knows nothing of the book")
        if parts[0] != "linreg_lib" or len(parts) == 1 or parts[1] == own:
            continue
        other = layer(parts[1])
        if other is None:
            other = layer(__import__("linreg_lib").__dict__[parts[1]].__module__.split(".")[1])
        assert other < layer(own), f"{own} imports {name}, which is not below it"


def test_a_cycle_between_siblings_would_be_caught():
    assert layer("data") == layer("loss")
    assert not layer("data") < layer("loss")
    assert layer("widgets") > layer("autograd") > layer("training") > layer("sgd")
