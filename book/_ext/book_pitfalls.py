"""The pitfalls' programs and messages, shown from the registry and produced at build time.

    ```{pitfall-symptom} NAME
    ```

What a page quotes stands nowhere in its source: the directives take the programs from
`linreg_lib.pitfalls`, run them, and show what they print or the error they end with.

    pitfall-symptom      the wrong program's error, or what it prints where it is silent; warnings
    pitfall-code         the wrong program, its wrong lines marked
    pitfall-cure         what changes in the right program, and what that prints
    pitfall-lookalikes   the cures that only look like one, and what comes of each
    pitfall-index        a table of all symptoms (argument: errors or silent)

They make ordinary nodes (literal blocks, lists, tables): a converter needs no rules of its own.
"""

import ast
import contextlib
import difflib
import io
import re
import sys
from pathlib import Path

from book_execution import package_dir
from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective


class PitfallDirective(SphinxDirective):
    """What the directives about one pitfall share."""

    required_arguments = 1

    def run(self):
        """Look the pitfall up and show it."""
        pitfalls = registry(self.env)
        name = self.arguments[0]
        if name not in pitfalls:
            raise self.error(f"no pitfall {name!r} in linreg_lib.pitfalls")
        return self.show(pitfalls[name])

    def code(self, text: str, language: str, marked=(), **attributes) -> nodes.literal_block:
        """Make a highlighted block."""
        text = text.rstrip("\n")
        block = nodes.literal_block(text, text, language=language, **attributes)
        if marked:
            block["highlight_args"] = {"hl_lines": list(marked)}
        self.set_source_info(block)
        return block


class Symptom(PitfallDirective):
    """`{pitfall-symptom} NAME`."""

    def show(self, pitfall):
        """Give the error or the output of the wrong program, and its warnings."""
        printed, error, warned = outcome(pitfall.wrong)
        # PyTorch ends some warnings with a path on the machine that compiled it.
        lines = [f"UserWarning: {text.split(' (Triggered internally')[0]}" for text in warned]
        text = "\n".join([*lines, error or printed])
        return [self.code(text, "text", classes=["pitfall-message"])]


class Code(PitfallDirective):
    """`{pitfall-code} NAME`."""

    def show(self, pitfall):
        """Give the wrong program, the lines marked that the right one does not have."""
        return [self.code(pitfall.wrong, "python", changed_lines(pitfall.wrong, pitfall.right))]


class Cure(PitfallDirective):
    """`{pitfall-cure} NAME`."""

    def show(self, pitfall):
        """Give the difference of the two programs and the output of the right one."""
        printed, error, _ = outcome(pitfall.right)
        if error:
            raise self.error(f"the right program of {pitfall.name} ends with {error}")
        return [
            self.code(difference(pitfall.wrong, pitfall.right), "diff"),
            nodes.paragraph("", "This prints:"),
            self.code(printed, "text", classes=["pitfall-message"]),
        ]


class Lookalikes(PitfallDirective):
    """`{pitfall-lookalikes} NAME`."""

    def show(self, pitfall):
        """Give a list: the tempting edit, what it really does, and what comes of it."""
        lines = []
        for lookalike in pitfall.lookalikes:
            printed, error, _ = outcome(pitfall.edited(lookalike))
            result = f"ends with `{shortened(error)}`" if error else f"prints `{oneline(printed)}`"
            lines.append(f"- {as_code(lookalike.label)}: {lookalike.why} It {result}.")
        return parsed(self, lines)


class Index(SphinxDirective):
    """`{pitfall-index} errors` or `{pitfall-index} silent`."""

    required_arguments = 1

    def run(self):
        """Give the table: a row for each pitfall of that kind."""
        pitfalls = registry(self.env)
        if directives.choice(self.arguments[0], ("errors", "silent")) == "errors":
            lines = ["| The error says | The section |", "|---|---|"]
            found = {p: outcome(p.wrong)[1] for p in pitfalls.values() if not p.silent}
            texts = {p: shortened(error.split(": ", 1)[1]) for p, error in found.items()}
            for pitfall, text in sorted(texts.items(), key=lambda row: row[1].lower()):
                lines.append(f"| `{text}` | {{ref}}`{pitfall.anchor}` |")
        else:
            lines = ["| The section | What happens |", "|---|---|"]
            for pitfall in pitfalls.values():
                if pitfall.silent:
                    lines.append(f"| {{ref}}`{pitfall.anchor}` | {pitfall.why} |")
        return parsed(self, lines)


def registry(env) -> dict:
    """Load the registry, and have the page read anew when it changes."""
    root = str(package_dir().parent)
    if root not in sys.path:
        sys.path.insert(0, root)
    from linreg_lib import pitfalls  # loads torch: only when a page needs it

    for path in Path(pitfalls.__file__).parent.rglob("*.*"):
        if path.suffix in (".py", ".toml"):
            env.note_dependency(str(path))
    return pitfalls.PITFALLS


def parsed(directive: SphinxDirective, lines: list[str]) -> list[nodes.Node]:
    """Parse lines of Markdown."""
    container = nodes.Element()
    source, _ = directive.get_source_info()
    directive.state.nested_parse(StringList(lines, source), directive.content_offset, container)
    return container.children


def outcome(source: str) -> tuple[str, str | None, list[str]]:
    """Run a program: what it printed, the last line of its traceback, its warnings."""
    from linreg_lib.pitfalls import run_program

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        result = run_program(source)
    error = f"{type(result.error).__name__}: {result.error}" if result.error else None
    return printed.getvalue().strip(), error, result.warnings


def changed_lines(before: str, after: str) -> list[int]:
    """Number the lines of `before` that `after` does not have (1-based)."""
    opcodes = difflib.SequenceMatcher(
        None, before.splitlines(), after.splitlines(), autojunk=False
    ).get_opcodes()
    return [i + 1 for tag, start, end, _, _ in opcodes if tag != "equal" for i in range(start, end)]


def difference(before: str, after: str) -> str:
    """Show the changed lines with one line around them; headers left out."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm="")
    kept = [line for line in lines if not line.startswith(("---", "+++"))]
    return "\n".join(" ..." if line.startswith("@@") else line for line in kept[1:])


def as_code(label: str) -> str:
    """Put a label that is Python between backticks; leave words, and what has them already."""
    try:
        ast.parse(label)
    except SyntaxError:
        return label[0].upper() + label[1:]
    return f"`{label}`"


def shortened(message: str) -> str:
    """Cut a long message where its first sentence ends, and show that it was cut."""
    cut = re.split(r" \(or |: \[|\. (?=[A-Z])", message)[0]
    return cut if cut == message else f"{cut} ..."


def oneline(text: str) -> str:
    """Join the lines of an output."""
    return " ".join(text.split())


def setup(app):
    """Register with Sphinx."""
    app.add_directive("pitfall-symptom", Symptom)
    app.add_directive("pitfall-code", Code)
    app.add_directive("pitfall-cure", Cure)
    app.add_directive("pitfall-lookalikes", Lookalikes)
    app.add_directive("pitfall-index", Index)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
