"""Find names that a page shows in use but defines only in a cell that readers do not get.

On the page such a cell runs all the same; in the portable notebook it is missing.
"""

import ast


def names_in(source: str) -> tuple[set[str], set[str]]:
    """Give the names that a cell uses and those that it defines, on whatever level."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic, or an error on purpose: running the notebook will tell
        return set(), set()
    used, defined = set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name) | ast.arg(arg=name):
                defined.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                defined.add(name)
            case ast.alias(name=name, asname=other):
                defined.add(other or name.split(".")[0])
            case ast.ExceptHandler(name=str(name)):
                defined.add(name)
    return used, defined


def missing_names(cells: list[tuple[str, bool]]) -> list[tuple[int, str]]:
    """Find the places in `cells`, (source, shown), with a name that only hidden ones define."""
    shown_names: set[str] = set()
    hidden_names: set[str] = set()
    found = []
    for place, (source, shown) in enumerate(cells):
        used, defined = names_in(source)
        if not shown:
            hidden_names |= defined
            continue
        shown_names |= defined
        found += [(place, name) for name in sorted(used & hidden_names - shown_names)]
    return found
