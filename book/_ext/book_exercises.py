r"""Exercises, numbered on each page, and solutions that are folded away and contain cells that run.

    ```{exercise} Title
    :label: ex-name
    :check: name-of-an-answer
    What to do.
    ```

    ```{solution-start} ex-name
    ```
    Text and code cells.
    ```{solution-end}
    ```

`check` names what the reader is to answer, one or more folders of `linreg_lib/exercises`
(`book_asks`); an exercise to think or talk about has none. Cells run only at the top level of a
page, hence the two gates; between them everything goes into a native `<details>`, which needs no
JavaScript and answers the keyboard.
"""

from book_asks import UnknownExercise, ask
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)


class exercise(nodes.Admonition, nodes.Element):
    """An exercise: its first child is the title."""


class solution(nodes.General, nodes.Element):
    """A folded solution; `title` is its visible line."""


class solution_gate(nodes.Invisible, nodes.Element):
    """Where a solution starts (`label` set) or ends."""


class Exercise(SphinxDirective):
    """`{exercise} Title` with the options `label` and `check`."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = dict.fromkeys(("label", "check"), directives.unchanged_required)

    def run(self):
        """Make the node and its label."""
        label = self.options.get("label")
        if not label:
            raise self.error("an exercise needs a label: write ':label: ex-name'")
        number = self.env.temp_data["exercises"] = self.env.temp_data.get("exercises", 0) + 1
        node = exercise("", ids=[nodes.make_id(label)], classes=["admonition", "exercise"])
        self.set_source_info(node)
        title = f"Exercise {number}"
        texts = [nodes.Text(title)]
        if self.arguments:
            inline, _ = self.state.inline_text(self.arguments[0], self.lineno)
            texts = [nodes.Text(f"{title}: "), *inline]
        node += nodes.title("", "", *texts)
        self.state.nested_parse(self.content, self.content_offset, node)
        checks = self.options.get("check", "").split()
        for name in checks:
            try:
                node += ask(self.env, name, titled=len(checks) > 1)
            except UnknownExercise as error:
                raise self.error(str(error)) from error
        self.env.temp_data.setdefault("exercise_titles", {})[label] = title, checks
        std = self.env.get_domain("std")
        if label in std.labels:
            logger.warning("exercise label %r is used twice", label, location=node)
        std.anonlabels[label] = self.env.docname, node["ids"][0]
        std.labels[label] = self.env.docname, node["ids"][0], title
        return [node]


class SolutionStart(SphinxDirective):
    """`{solution-start} label-of-the-exercise`."""

    required_arguments = 1

    def run(self):
        """Leave a gate that `FoldSolutions` finds."""
        label = self.arguments[0]
        known = self.env.temp_data.get("exercise_titles", {})
        if label not in known:
            raise self.error(f"no exercise {label!r} above this solution on the page")
        title, checks = known[label]
        gate = solution_gate("", label=label, title=f"Solution to {title.lower()}", checks=checks)
        self.set_source_info(gate)
        return [gate]


class SolutionEnd(SphinxDirective):
    """`{solution-end}`."""

    def run(self):
        """Leave a gate that `FoldSolutions` finds."""
        gate = solution_gate("")
        self.set_source_info(gate)
        return [gate]


class FoldSolutions(SphinxTransform):
    """Move what stands between two gates into a solution node."""

    default_priority = 20

    def apply(self, **kwargs):
        """Fold, and warn about a gate without its fellow."""
        for start in list(self.document.findall(lambda n: _is_gate(n, start=True))):
            inside, parent = [], start.parent
            for sibling in parent.children[parent.index(start) + 1 :]:
                if isinstance(sibling, solution_gate):
                    break
                inside.append(sibling)
            else:
                sibling = None
            if sibling is None or sibling.get("label"):
                logger.warning("solution-start without solution-end", location=start)
                start.replace_self([])
                continue
            ids = [nodes.make_id(start["label"] + "-s")]
            node = solution("", title=start["title"], checks=start["checks"], ids=ids)
            node.source, node.line = start.source, start.line
            parent.remove(sibling)
            for child in inside:
                parent.remove(child)
                node += child
            start.replace_self(node)
        for end in list(self.document.findall(lambda n: _is_gate(n, start=False))):
            logger.warning("solution-end without solution-start", location=end)
            end.replace_self([])


def _is_gate(node, start):
    return isinstance(node, solution_gate) and bool(node.get("label")) == start


def _visit_exercise(self, node):
    self.visit_admonition(node)


def _depart_exercise(self, node):
    self.depart_admonition(node)


def _visit_solution(self, node):
    self.body.append(self.starttag(node, "details", CLASS="solution"))
    self.body.append(f"<summary>{self.encode(node['title'])}</summary>\n")


def _depart_solution(self, node):
    self.body.append("</details>\n")


def _pass(self, node):
    pass


def setup(app):
    """Register with Sphinx."""
    app.setup_extension("book_asks")
    app.add_node(
        exercise,
        html=(_visit_exercise, _depart_exercise),
        latex=(_pass, _pass),
        text=(_pass, _pass),
    )
    app.add_node(
        solution,
        html=(_visit_solution, _depart_solution),
        latex=(_pass, _pass),
        text=(_pass, _pass),
    )
    app.add_node(solution_gate)
    app.add_directive("exercise", Exercise)
    app.add_directive("solution-start", SolutionStart)
    app.add_directive("solution-end", SolutionEnd)
    app.add_transform(FoldSolutions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
