"""A pitfall's page, shown from the registry and produced at build time.

    (pitfall-NAME)=
    # {title}

    ```{pitfall-opening}
    ```

What a page quotes stands nowhere in its source: the title and the directives take it from
`linreg_lib.pitfalls`, run the programs, and show what they print or the error they end with. A
directive on `book/pitfalls/NAME.md` is about NAME; elsewhere it is told.

    pitfall-opening      the message or what is printed, the program, why and the cure in a sentence
    pitfall-cure         what changes in the right program, and what that prints
    pitfall-lookalikes   the cures that only look like one, and what comes of each
    pitfall-stepper      both programs in the stepper, at the step where they part
    pitfall-messages     older forms of the message, and warnings
    pitfall-family       pitfalls that look the same from outside, with what tells them apart

They make ordinary nodes (literal blocks, lists, cells): a converter needs no rules of its own.
"""

import ast
import contextlib
import difflib
import io
import re
import textwrap
from pathlib import Path

from book_cells import execute, prepare, shown
from book_playground import address_of
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

TITLE = "# {title}\n"
TRY = {
    "wrong": "Change it and run it in the playground",
    "right": "Run it in the playground",
    "lookalike": "Try it",
}
STEPPER = """\
from linreg_lib.widgets import AutogradStepper

AutogradStepper(pitfall="{name}")"""


def registry():
    """Load `linreg_lib.pitfalls`."""
    prepare()
    from linreg_lib import pitfalls

    return pitfalls


def depend(env, *names: str) -> None:
    """Have the page read anew when one of these pitfalls changes.

    None given: any of them, and the sentences of hints and findings.
    """
    folder = Path(registry().__file__).parent
    for home in [folder / name for name in names] or [folder, folder.parent / "words"]:
        for path in home.rglob("*.*"):
            if path.suffix in (".py", ".toml"):
                env.note_dependency(str(path))


class PitfallDirective(SphinxDirective):
    """What the directives about one pitfall share."""

    optional_arguments = 1

    def run(self):
        """Look the pitfall up and show it."""
        name = self.arguments[0] if self.arguments else self.env.docname.rsplit("/", 1)[-1]
        pitfalls = registry().PITFALLS
        if name not in pitfalls:
            raise self.error(f"no pitfall {name!r} in linreg_lib.pitfalls")
        depend(self.env, name)
        return self.show(pitfalls[name])

    def code(self, text: str, language: str, marked=(), **attributes) -> nodes.literal_block:
        """Make a highlighted block."""
        text = text.rstrip("\n")
        block = nodes.literal_block(text, text, language=language, **attributes)
        if marked:
            block["highlight_args"] = {"hl_lines": list(marked)}
        self.set_source_info(block)
        return block

    def to_playground(self, pitfall, kind: str) -> list[nodes.Node]:
        """Lead to the playground with one of the two programs in it."""
        address = address_of(self.env.app, self.env.docname, f"{pitfall.name}/{kind}")
        if address is None:
            return []
        link = nodes.reference("", TRY[kind], refuri=address, internal=True)
        return [nodes.paragraph("", "", link, classes=["to-playground"])]


class Opening(PitfallDirective):
    """`{pitfall-opening}`: what a reader in a hurry needs."""

    def show(self, pitfall):
        """Give the message or the output, the program, why, the cure, and where its kin are."""
        printed, error, warned = outcome(pitfall.wrong)
        # PyTorch ends some warnings with a path on the machine that compiled it.
        lines = [f"UserWarning: {text.split(' (Triggered internally')[0]}" for text in warned]
        text = "\n".join([*lines, error or printed])
        if pitfall.raises:  # what people meet, from a machine that can raise it, comes first
            met = pitfall.messages[0]
            text = f"{met.type}: {met.text}"
        words = [f"**Why.** {pitfall.why}", "", f"**The cure.** {pitfall.cure}"]
        block = nodes.container("", classes=["pitfall-opening"])
        message = self.code(text, "text", classes=["pitfall-message"])
        program = self.code(pitfall.wrong, "python", changed_lines(pitfall.wrong, pitfall.right))
        if pitfall.raises:
            said = (
                "The program needs no second device: `meta` stands for one, and PyTorch says of it:"
            )
            block += [message, program, *parsed(self, [said])]
            block += self.code(error, "text", classes=["pitfall-message"])
        elif error:
            block += [message, program]
        else:
            block += [program, nodes.paragraph("", "It prints:"), message]
        block += self.to_playground(pitfall, "wrong")
        block += parsed(self, words)
        block += kin_line(pitfall)
        return [block]


def kin_line(pitfall) -> list[nodes.Node]:
    """Point to the pitfalls that look the same, where there are any."""
    kin = [family for family in families(pitfall.name) if len(family.members) > 1]
    if not kin:
        return []
    loud = any(family.says for family in kin)
    same = "The same message" if loud else "What you see"
    said = f"{same} can have another cause: "
    link = nodes.reference("", "is it this one?", refid=family_id(pitfall.name), internal=True)
    return [nodes.paragraph("", "", nodes.Text(said), link)]


class Cure(PitfallDirective):
    """`{pitfall-cure}`."""

    def show(self, pitfall):
        """Give the difference of the two programs and the output of the right one."""
        printed, error, _ = outcome(pitfall.right)
        if error:
            raise self.error(f"the right program of {pitfall.name} ends with {error}")
        blocks = [self.code(difference(pitfall.wrong, pitfall.right), "diff")]
        after = self.to_playground(pitfall, "right")
        if printed:
            blocks.append(nodes.paragraph("", "This prints:"))
            blocks.append(self.code(printed, "text", classes=["pitfall-message"]))
        else:
            blocks.append(nodes.paragraph("", "This runs without an error."))
        return blocks + after


class Lookalikes(PitfallDirective):
    """`{pitfall-lookalikes}`."""

    def show(self, pitfall):
        """Give a list: the tempting edit, what it really does, and what comes of it."""
        lines = []
        links = []
        for lookalike in pitfall.lookalikes:
            links.append(f"{pitfall.name}/lookalike-{len(links) + 1}")
            printed, error, _ = outcome(pitfall.edited(lookalike))
            lines.append(f"- {as_code(lookalike.label)}: {lookalike.why}")
            if error:
                lines[-1] += f" It ends with `{shortened(error)}`."
            elif printed:
                lines[-1] += f" It prints `{oneline(printed)}`."
        blocks = parsed(self, lines)
        items = [item for block in blocks for item in block.findall(nodes.list_item)]
        for item, name in zip(items, links, strict=True):
            address = address_of(self.env.app, self.env.docname, name)
            if address:
                link = nodes.reference("", TRY["lookalike"], refuri=address, internal=True)
                item[-1] += [nodes.Text(" "), nodes.inline("", "", link, classes=["to-playground"])]
        return blocks


class Stepper(PitfallDirective):
    """`{pitfall-stepper}`."""

    def show(self, pitfall):
        """Give the cell that shows both programs."""
        prepare()
        source = STEPPER.format(name=pitfall.name)
        _, widget = execute(source, {}, self.env.docname)
        cell = shown(self, source, "", widget, "remove-input")
        if pitfall.watched != (pitfall.wrong.rstrip(), pitfall.right.rstrip()):
            note = "So that there is less to step through, the loop runs three times here."
            return [cell, nodes.paragraph("", note)]
        return [cell]


class Messages(PitfallDirective):
    """`{pitfall-messages}`."""

    def show(self, pitfall):
        """Give a list of the messages besides the one that the program ends with."""
        others = pitfall.messages if pitfall.silent else pitfall.messages[1:]
        lines = []
        for message in others:
            versions = f", PyTorch {message.versions}" if message.versions else ""
            lines.append(f"- `{message.type}: {message.text}`{versions}")
        return parsed(self, lines)


class FamilyList(PitfallDirective):
    """`{pitfall-family}`."""

    def show(self, pitfall):
        """Give, for each family of the pitfall, its question and its other members."""
        pitfalls = registry().PITFALLS
        blocks = nodes.container("", ids=[family_id(pitfall.name)])
        blocks += parsed(self, [f"**This one**: {pitfall.tells_apart}"])
        for family in families(pitfall.name):
            others = [name for name in family.members if name != pitfall.name]
            if not others:
                continue
            depend(self.env, *others)
            sees = f"`{family.sees}`" if family.says else family.sees
            lines = [f"{sees}. {family.ask}" if family.ask else f"{sees}. It may also be:", ""]
            for name in others:
                mistake = pitfalls[name].mistake
                lines.append(f"- [{mistake}](#pitfall-{name}): {pitfalls[name].tells_apart}")
            blocks += parsed(self, lines)
        if pitfall.claims:
            rows = " and ".join(f"[{row}](#claim-{row.lower()})" for row in pitfall.claims)
            blocks += parsed(self, [f"In the table of claims, with experiments: {rows}."])
        return [blocks]


def families(name: str) -> list:
    """Give the families that a pitfall is a member of."""
    return [family for family in registry().FAMILIES if name in family.members]


def family_id(name: str) -> str:
    """Give the id of the list of a pitfall's kin on its page."""
    return f"kin-of-{name}"


def parsed(directive: SphinxDirective, lines: list[str]) -> list[nodes.Node]:
    """Parse lines of Markdown."""
    container = nodes.Element()
    source, _ = directive.get_source_info()
    directive.state.nested_parse(StringList(lines, source), directive.content_offset, container)
    return container.children


def outcome(source: str) -> tuple[str, str | None, list[str]]:
    """Run a program: what it printed, the last line of its traceback, its warnings."""
    prepare()
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


def page_of(docname: str):
    """Give the pitfall whose page this is, or None."""
    folder, _, name = docname.rpartition("/")
    if folder != "book/pitfalls":
        return None
    return registry().PITFALLS.get(name)


def write_title(app, docname, source) -> None:
    """Put the title in its place, which the registry keeps."""
    if TITLE in source[0] and (pitfall := page_of(docname)):
        source[0] = source[0].replace(TITLE, f"# {pitfall.title}\n")


def name_page(app, doctree) -> None:
    """Give a pitfall's page its description, and its short name for lists and links.

    The title carries the message, for those who search it; in the sidebar and in a sentence the
    name of the mistake reads better.
    """
    env = app.env
    pitfall = page_of(env.docname)
    if pitfall is None:
        return
    said = plain(f"{pitfall.mistake}. {pitfall.why} {pitfall.cure}")
    env.metadata[env.docname]["description"] = textwrap.shorten(said, 200, placeholder=" ...")
    names = env.get_domain("std").labels
    names[pitfall.anchor] = (*names[pitfall.anchor][:2], plain(pitfall.mistake))
    # The message as it is said: with straight quotation marks.
    exact = nodes.title("", "", *code_or_text(pitfall.title))
    env.longtitles[env.docname] = exact
    doctree.next_node(nodes.title)[:] = [child.deepcopy() for child in exact.children]
    short = nodes.title("", "", *code_or_text(pitfall.mistake))
    env.titles[env.docname] = short
    for entry in env.tocs[env.docname].findall(nodes.reference):
        entry[:] = [child.deepcopy() for child in short.children]
        break


def plain(text: str) -> str:
    """Leave the backticks out."""
    return text.replace("`", "")


def code_or_text(text: str) -> list[nodes.Node]:
    """Make inline nodes of words with code between backticks."""
    parts = text.split("`")
    return [
        nodes.literal(part, part) if i % 2 else nodes.Text(part)
        for i, part in enumerate(parts)
        if part
    ]


def setup(app):
    """Register with Sphinx."""
    app.add_directive("pitfall-opening", Opening)
    app.add_directive("pitfall-cure", Cure)
    app.add_directive("pitfall-lookalikes", Lookalikes)
    app.add_directive("pitfall-stepper", Stepper)
    app.add_directive("pitfall-messages", Messages)
    app.add_directive("pitfall-family", FamilyList)
    app.connect("source-read", write_title)
    app.connect("doctree-read", name_page, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
