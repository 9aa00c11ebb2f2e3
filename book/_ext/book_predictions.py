r"""Predictions: the reader says what will happen, and only then sees it.

    ```{predict} last-minibatch
    :right: 2
    What will happen?

    15 minibatches
    : What one who says so has overlooked.

    16 minibatches
    : Why it is so.
    ```

    What follows, cells too, is covered until the reader has chosen or skipped.

    ```{predict-end}
    ```

The options are a definition list: each with what became of it, which stands at the end of what was
covered. With `:number:` the reader types one, and the options are the numbers that people give;
`else` is any other, `:tolerance:` how far off still counts. Without JavaScript, and in print, all
of it is open. Cells run only at the top level of a page, hence the two gates.
"""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)

TITLE = "Predict"
OTHERS, OTHERS_SHOWN = "else", "Any other number"


class prediction(nodes.Admonition, nodes.Element):
    """The question: a title, paragraphs, and the options as a list; `name`, `right`, `number`."""


class prediction_cover(nodes.General, nodes.Element):
    """What the reader sees after having said something."""


class prediction_verdicts(nodes.definition_list):
    """What became of each option."""


class prediction_end(nodes.Invisible, nodes.Element):
    """Where the cover ends."""


class Predict(SphinxDirective):
    """`{predict} name` with the options `right`, `number` and `tolerance`."""

    required_arguments = 1
    has_content = True
    option_spec = {  # noqa: RUF012
        "right": directives.positive_int_list,
        "number": directives.flag,
        "tolerance": float,
    }

    def run(self):
        """Make the question, and keep the verdicts for the end of what is covered."""
        name = self.arguments[0]
        node = prediction(
            "",
            name=name,
            number="number" in self.options,
            tolerance=self.options.get("tolerance", 0),
            ids=[f"predict-{nodes.make_id(name)}"],
            classes=["admonition", "tip", "predict"],
        )
        self.set_source_info(node)
        node += nodes.title("", "", nodes.Text(TITLE))
        self.state.nested_parse(self.content, self.content_offset, node)
        options = node.children[-1]
        right = self.options.get("right", [])
        if not isinstance(options, nodes.definition_list) or not right:
            raise self.error(
                "a prediction ends in its options, each with ': what became of it', and "
                "':right: 2' says which of them is right"
            )
        if max(right) > len(options.children):
            raise self.error(f"right: {max(right)}, but there are {len(options.children)} options")
        node["right"] = [number - 1 for number in right]
        node.remove(options)
        terms = [item.children[0] for item in options.children]
        node["terms"] = [term.astext() for term in terms]
        for term in terms:
            if term.astext() == OTHERS:
                term[:] = [nodes.Text(OTHERS_SHOWN)]
        if not node["number"]:
            node += nodes.bullet_list(
                "",
                *(
                    nodes.list_item("", nodes.paragraph("", "", *_copies(term.children)))
                    for term in terms
                ),
                classes=["predict-options"],
            )
        node.verdicts = prediction_verdicts(
            "", *options.children, classes=["predict-verdicts"], right=node["right"]
        )
        return [node]


class PredictEnd(SphinxDirective):
    """`{predict-end}`."""

    def run(self):
        """Leave a gate that `CoverPredictions` finds."""
        gate = prediction_end()
        self.set_source_info(gate)
        return [gate]


class CoverPredictions(SphinxTransform):
    """Move what stands between a prediction and its end into a cover, the verdicts last."""

    default_priority = 19

    def apply(self, **kwargs):
        """Cover, and warn about a gate without its fellow."""
        for start in list(self.document.findall(prediction)):
            inside, parent = [], start.parent
            for sibling in parent.children[parent.index(start) + 1 :]:
                if isinstance(sibling, (prediction_end, prediction)):
                    break
                inside.append(sibling)
            else:
                sibling = None
            if not isinstance(sibling, prediction_end):
                logger.warning("predict without predict-end", location=start)
                start.parent.insert(start.parent.index(start) + 1, start.verdicts)
                continue
            cover = prediction_cover("", name=start["name"])
            cover.source, cover.line = start.source, start.line
            parent.remove(sibling)
            for child in inside:
                parent.remove(child)
                cover += child
            cover += start.verdicts
            parent.insert(parent.index(start) + 1, cover)
            del start.verdicts
        for end in list(self.document.findall(prediction_end)):
            logger.warning("predict-end without predict", location=end)
            end.replace_self([])


def _copies(children):
    return [child.deepcopy() for child in children]


def _visit_prediction(self, node):
    self.body.append(
        self.starttag(
            node,
            "div",
            **{
                "data-predict": node["name"],
                "data-right": " ".join(map(str, node["right"])),
                **(
                    {"data-values": "|".join(node["terms"]), "data-tolerance": node["tolerance"]}
                    if node["number"]
                    else {}
                ),
            },
        )
    )


def _depart_prediction(self, node):
    self.body.append("</div>\n")


def _visit_cover(self, node):
    self.body.append(self.starttag(node, "div", CLASS="predict-cover"))


def _depart_cover(self, node):
    self.body.append("</div>\n")


def _visit_verdicts(self, node):
    self.visit_definition_list(node)


def _depart_verdicts(self, node):
    self.depart_definition_list(node)


def _pass(self, node):
    pass


def setup(app):
    """Register with Sphinx."""
    for kind, html in (
        (prediction, (_visit_prediction, _depart_prediction)),
        (prediction_cover, (_visit_cover, _depart_cover)),
        (prediction_verdicts, (_visit_verdicts, _depart_verdicts)),
    ):
        app.add_node(kind, html=html, latex=(_pass, _pass), text=(_pass, _pass))
    app.add_node(prediction_end)
    app.add_directive("predict", Predict)
    app.add_directive("predict-end", PredictEnd)
    app.add_transform(CoverPredictions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
