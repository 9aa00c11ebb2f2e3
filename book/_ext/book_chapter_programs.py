"""The code of a chapter as programs: each cell with the cells before it.

Left out are cells that the page does not show as code, and statements that need what the page's own
Python has not: figures, widgets, other processes. What uses a name made there is left out as well.
"""

import ast
import re

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTIONS = re.compile(r"\A(?:---\n.*?^---\n|(?::[\w-]+:[^\n]*\n)+)", re.MULTILINE | re.DOTALL)
UNSHOWN = re.compile(r"remove-cell|remove-input")
ABSENT = re.compile(
    r"\b(plots?|matplotlib|plt|widgets|multiprocessing|subprocess|distributed|dist|tempfile|glue|"
    r"display|Path|cuda)\b|^[%!]",
    re.MULTILINE,
)


def cells(text: str) -> list[tuple[str, bool]]:
    """Read a chapter's code cells: the source, and whether the page shows it."""
    found = []
    for body in CELL.findall(text):
        options = OPTIONS.match(body)
        tags = options.group() if options else ""
        found.append((body[len(tags) :].strip("\n"), not UNSHOWN.search(tags)))
    return found


def _names(statement: ast.stmt) -> tuple[set[str], set[str]]:
    """Find the names that a statement makes, and those that it uses."""
    made, used = set(), set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            made.add(node.name)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
        elif isinstance(node, ast.alias):
            made.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            made.add(node.name)
    return made, used - made


def programs(text: str) -> list[tuple[str, str]]:
    """Give the cells that run one after another: as the page shows them, and what of them runs.

    Each of the latter with those before it is a program.
    """
    kept, lost = [], set()
    for source, is_shown in cells(text):
        try:
            tree = ast.parse(source)
        except SyntaxError:  # a magic command of the notebook
            continue
        lines, start, parts = source.splitlines(), 0, []
        for statement in tree.body:
            part = "\n".join(lines[start : statement.end_lineno])
            start = statement.end_lineno
            made, used = _names(statement)
            if not is_shown or ABSENT.search(ast.unparse(statement)) or used & lost:
                lost |= made
            else:
                parts.append(part)
                lost -= made
        if parts:
            kept.append((source, "\n".join(parts).strip("\n")))
    return kept
