"""Imports run one way (README, "How it is built")."""

import ast

import pytest
from building import ROOT

# Lowest first. A module imports only from lower layers and from its own package.
LAYERS = [
    {"_arguments", "_extras", "_record", "words"},
    {"_book"},
    {"data", "real_data", "iterators", "model", "loss", "sgd"},
    {"training"},
    {"recording", "distributed"},
    {"autograd", "pitfalls"},
    {"hints"},
    {"checks", "exercises"},
    {"claims"},
    {"plots", "widgets"},
]
FOLDER = ROOT / "linreg_lib"


def layer(name):
    return next((i for i, names in enumerate(LAYERS) if name in names), None)


def imported(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write imports from linreg_lib in full"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def problems(own, source):
    """Say of each import in the source of a module of `own` that goes the wrong way."""
    for name in imported(source):
        parts = name.split(".")
        if parts[0] in ("book", "tests"):
            yield f"{own} imports {name}: the package knows nothing of the book"
        if parts[0] != "linreg_lib" or len(parts) == 1 or parts[1] == own:
            continue
        other = layer(parts[1])
        if other is None:
            other = layer(__import__("linreg_lib").__dict__[parts[1]].__module__.split(".")[1])
        if other >= layer(own):
            yield f"{own} imports {name}, which is not below it"


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda p: p.stem)
def test_imports_run_one_way(path):
    own = path.relative_to(FOLDER).parts[0].removesuffix(".py")
    if own == "__init__" or path.name == "__main__.py":  # a program stands above all layers
        return
    assert layer(own) is not None, f"give {own} a layer in {__name__}"
    assert not list(problems(own, path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("own", "source"),
    [
        ("data", "from linreg_lib.loss import squared_loss"),  # a sibling: half a circle
        ("sgd", "import linreg_lib.training"),
        ("autograd", "def late():\n    from linreg_lib import widgets"),
        ("data", "from linreg_lib import train"),  # re-exported from above
        ("plots", "import book._ext.book_math"),
    ],
)
def test_an_import_the_other_way_is_found(own, source):
    assert len(list(problems(own, source))) >= 1


def test_imports_of_what_is_below_and_of_others_are_right():
    source = "import torch\nfrom linreg_lib.data import synthetic_data\nfrom linreg_lib import sgd"
    assert not list(problems("training", source))
