"""A function that a chapter writes and the library's function of the same name agree."""

import ast
import re

import pytest
import torch
from building import ROOT

import linreg_lib

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def source_cells(path):
    """Give the code of a chapter's cells, without their options and magics."""
    for match in CELL.finditer(path.read_text(encoding="utf-8")):
        code = re.sub(r"\A---\n.*?^---\n", "", match[1], flags=re.MULTILINE | re.DOTALL)
        code = re.sub(r"\A(?::[\w-]+:.*\n)+", "", code)
        if "raises-exception" not in match[1]:
            yield re.sub(r"^([%!])", r"# \1", code, flags=re.MULTILINE)


def definitions():
    """Find (chapter, name, code) of each top-level function named as in the library."""
    found = []
    for path in sorted((ROOT / "book" / "scratch").glob("*.md")):
        for code in source_cells(path):
            for node in ast.parse(code).body:
                if isinstance(node, ast.FunctionDef) and node.name in linreg_lib.__all__:
                    found.append((path.stem, node.name, ast.unparse(node)))
    return found


def define(name, code):
    import random

    names = {"torch": torch, "random": random, "linreg_lib": linreg_lib}
    names |= {other: getattr(linreg_lib, other) for other in linreg_lib.__all__ if other != name}
    exec(code, names)
    return names[name]


def numbers(seed, *shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def call(function, *args, **options):
    """Call with a fixed source of randomness, the library's keyword or the global one."""
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return function(*args, **options)


def same_linreg(mine, theirs, seed):
    X, w, b = numbers(seed, 9, 3), numbers(seed + 1, 3, 1), numbers(seed + 2, 1)
    torch.testing.assert_close(mine(X, w, b), theirs(X, w, b))


def same_squared_loss(mine, theirs, seed):
    y_hat, y = numbers(seed, 9, 1), numbers(seed + 1, 9)
    torch.testing.assert_close(mine(y_hat, y), theirs(y_hat, y))


def same_sgd(mine, theirs, seed):
    results = []
    for function in (mine, theirs):
        params = [numbers(seed, 3, 1).requires_grad_(), numbers(seed + 1, 1).requires_grad_()]
        loss = sum((param**2).sum() for param in params)
        loss.backward()
        function(params, 0.03, 10)
        results.append([param.detach() for param in params])
        assert all(param.grad is None or not param.grad.any() for param in params)
    torch.testing.assert_close(*results)


def same_synthetic_data(mine, theirs, seed):
    w, b = numbers(seed, 3).float(), 4.2
    for function in (mine, theirs):
        X, y = call(function, w, b, 500)
        assert X.shape == (500, 3)
        assert y.shape == (500, 1)
        residual = y.reshape(-1) - (X @ w + b)
        assert 0.008 < float(residual.std()) < 0.012
        assert abs(float(X.mean())) < 0.15
        assert 0.9 < float(X.std()) < 1.1


def same_data_iter(mine, theirs, seed):
    X, y = numbers(seed, 23, 2), torch.arange(23.0).reshape(-1, 1)
    for function in (mine, theirs):
        batches = list(call(function, 5, X, y))
        assert [len(labels) for _, labels in batches] == [5, 5, 5, 5, 3]
        labels = torch.cat([labels for _, labels in batches]).reshape(-1)
        assert sorted(labels.tolist()) == list(range(23))
        assert labels.tolist() != list(range(23))
        features = torch.cat([features for features, _ in batches])
        torch.testing.assert_close(features, X[labels.long()])


def same_init_params(mine, theirs, seed):
    for function in (mine, theirs):
        w, b = call(function, 400)
        assert (w.shape, b.shape) == ((400, 1), (1,))
        assert 0.008 < float(w.detach().std()) < 0.012
        assert not b.detach().any()
        assert w.is_leaf and w.requires_grad and b.is_leaf and b.requires_grad


def same_least_squares(mine, theirs, seed):
    X, y = numbers(seed, 30, 2), numbers(seed + 1, 30, 1)
    for one, other in zip(mine(X, y), theirs(X, y), strict=True):
        torch.testing.assert_close(one.reshape(-1), other.reshape(-1))


COMPARE = {name[5:]: function for name, function in globals().items() if name[:5] == "same_"}
FOUND = definitions()


@pytest.mark.parametrize(("chapter", "name", "code"), FOUND, ids=[f"{c}-{n}" for c, n, _ in FOUND])
def test_a_chapters_function_agrees_with_the_librarys(chapter, name, code):
    assert name in COMPARE, f"{chapter} defines {name}: write same_{name} here"
    for seed in (0, 10, 20):
        COMPARE[name](define(name, code), getattr(linreg_lib, name), seed)


def test_the_chapters_write_every_function_that_they_are_about():
    assert {"synthetic_data", "data_iter", "linreg", "squared_loss", "sgd"} <= {
        n for _, n, _ in FOUND
    }


def test_a_wrong_function_would_be_caught():
    wrong = "def squared_loss(y_hat, y):\n    return (y_hat - y.reshape(y_hat.shape)) ** 2"
    with pytest.raises(AssertionError):
        same_squared_loss(define("squared_loss", wrong), linreg_lib.squared_loss, 0)
