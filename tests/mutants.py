"""How many small faults in the package do its tests notice?

Run: python tests/mutants.py [--number 100] [--seed 0] [--only training hints]
In a copy of the repository one place of one module at a time is changed: a comparison, an operator,
a number, a condition, a value that is returned, a call that is left out. The tests of that module
run until one fails. What nobody notices is printed: a behaviour without a test, code without a use,
or a change that changes nothing.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "linreg_lib"
PATIENCE = 10  # what takes so many times as long as without a change, and a minute, hangs: noticed
ASKED = 0.95

# The tests of a module or of a folder, those that end soon first.
SCRATCH = [f"tests/test_{name}.py" for name in ("data", "iterators", "model", "loss", "sgd")]
TESTS = {
    "_arguments": [*SCRATCH, "tests/test_training.py", "tests/test_real_data.py"],
    "_record": ["tests/test_training.py"],
    "data": ["tests/test_data.py"],
    "iterators": ["tests/test_iterators.py"],
    "model": ["tests/test_model.py"],
    "loss": ["tests/test_loss.py"],
    "sgd": ["tests/test_sgd.py"],
    "training": ["tests/test_training.py"],
    "real_data": ["tests/test_real_data.py"],
    "recording": ["tests/recording", "tests/autograd"],
    "autograd": ["tests/autograd"],
    "checks": ["tests/checks"],
    "hints": ["tests/test_hints_general.py", "tests/test_hints.py"],
    "pitfalls": ["tests/test_pitfalls.py"],
    "claims": ["tests/test_claims.py"],
    "distributed": ["tests/distributed/test_group_of_one.py", "tests/distributed"],
}

OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip


def changed(node):
    """Give what may stand in a node's place: source, or None where nothing does."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in OTHER:
            return ast.unparse(ast.Compare(node.left, [OTHER[type(op)]()], node.comparators))
        case ast.BinOp(op=op) if type(op) in OTHER:
            return f"({ast.unparse(ast.BinOp(node.left, OTHER[type(op)](), node.right))})"
        case ast.BoolOp(op=op):
            return f"({ast.unparse(ast.BoolOp(OTHER[type(op)](), node.values))})"
        case ast.UnaryOp(op=ast.Not()):
            return f"({ast.unparse(node.operand)})"
        case ast.Constant(value=bool() as value):
            return str(not value)
        case ast.Constant(value=int() | float() as value):
            return str(value + 1)
        case ast.Return(value=value) if not isinstance(value, ast.Constant | None):
            return "return None"
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            return "pass"
    return None


def conditions(node):
    """Give the conditions of a node, each of which may be turned round."""
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield node.test
    if isinstance(node, ast.comprehension):
        yield from node.ifs


def places(source):
    """Give the changes of a module: begin and end in its bytes, and what stands there instead."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    left_out = set()
    for node in ast.walk(tree):  # annotations, and messages that are raised
        for field in ("annotation", "returns", "exc"):
            if (part := getattr(node, field, None)) is not None:
                left_out |= {id(inner) for inner in ast.walk(part)}
    for node in ast.walk(tree):
        new = [] if id(node) in left_out else [(node, changed(node))]
        new += [(test, f"(not ({ast.unparse(test)}))") for test in conditions(node)]
        for where, text in new:
            if text is not None:
                yield (
                    starts[where.lineno - 1] + where.col_offset,
                    starts[where.end_lineno - 1] + where.end_col_offset,
                    text,
                )


def subject(path):
    """Name what of the package a module belongs to."""
    return path.relative_to(ROOT / PACKAGE).parts[0].removesuffix(".py")


def modules(only):
    """Give the modules that have tests here; programs that are shown are none."""
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        shown = subject(path) in ("pitfalls", "exercises") and path.parent.parent.name == subject(
            path
        )
        if subject(path) in (only or TESTS) and not shown and path.name != "__main__.py":
            yield path


def copy_sources(folder):
    """Copy what git tracks."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def noticed(folder, tests, seconds=None):
    """Run tests in a copy until one fails; give what is not 0 if one did, or none ends in time."""
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(
            command, cwd=folder, env={**env, "OMP_NUM_THREADS": "1"},
            capture_output=True, timeout=seconds,
        ).returncode  # fmt: skip
    except subprocess.TimeoutExpired:
        return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", choices=TESTS, default=[])
    options = parser.parse_args()
    found = [
        (path, place)
        for path in modules(options.only)
        for place in sorted(set(places(path.read_text(encoding="utf-8"))))
    ]
    chosen = random.Random(options.seed).sample(found, min(options.number, len(found)))
    print(f"{len(chosen)} of {len(found)} changes, seed {options.seed}", flush=True)
    survived, usual = 0, {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_sources(folder)
        for number, (path, (begin, end, text)) in enumerate(chosen, 1):
            tests = TESTS[subject(path)]
            if subject(path) not in usual:
                started = time.monotonic()
                if noticed(folder, tests):
                    sys.exit(f"{tests} fail without any change: nothing can be said")
                usual[subject(path)] = time.monotonic() - started
            source = path.read_bytes()
            copy = folder / path.relative_to(ROOT)
            copy.write_bytes(source[:begin] + text.encode() + source[end:])
            started = time.monotonic()
            fails = noticed(folder, tests, 60 + PATIENCE * usual[subject(path)])
            seconds = time.monotonic() - started
            copy.write_bytes(source)
            survived += not fails
            old = " ".join(source[begin:end].decode().split())
            line = source[:begin].count(b"\n") + 1
            where = f"{path.relative_to(ROOT)}:{line}"
            verdict = "noticed" if fails else "SURVIVED"
            print(
                f"{number} {verdict} {seconds:.0f} s {where}: {old[:90]} -> {text[:90]}", flush=True
            )
    share = 1 - survived / len(chosen)
    print(f"{len(chosen) - survived} of {len(chosen)} noticed: {share:.0%}, {ASKED:.0%} asked")
    sys.exit(share < ASKED)


if __name__ == "__main__":
    main()
