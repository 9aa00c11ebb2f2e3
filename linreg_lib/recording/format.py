"""What a recording is: the contract between Python, the browser and the page's own Python.

A recording tells what a program did, line by line, as plain data (JSON). Facts only: sentences
are made of them when they are shown (`recording.sentences`, words/changes.toml and
words/backward.toml). Nothing in it is measured in pixels or seconds, except where said.

Labels: "t3" a tensor object, "m2" its memory, "n5" an operation's node, "a3" the AccumulateGrad of
the leaf t3. A label is given once and means the same object in all steps of one recording.

To be small, a step tells only what is new since the step before; `expand` gives a step in full.
A field that is absent from a step has its value in ABSENT; a field that is absent from a tensor
told for the first time has its value in the recording's "usual".
"""

from typing import Any, Literal, NotRequired, TypedDict

VERSION = 2
GONE = "gone"  # in the place of a tensor or a node that is no longer seen

Number = str  # such as "-6.8", "1e-05", "nan", "inf": as shown, 4 significant digits


class Amount(TypedDict):
    """The numbers of a tensor in a film: all of them if they are at most 12, else their norm."""

    shape: list[int]
    numbers: NotRequired[list[Number]]  # row by row
    norm: NotRequired[Number]  # square root of the sum of the squares


class Facts(TypedDict):
    """A tensor at one moment."""

    names: list[str]  # "w", "net.weight", "params[0]", "x (f #2)": x in the second call of f
    former: list[str]  # the names it last had, if it has none now
    memory: str | None  # tensors with the same label share memory; None: it has none of its own
    shape: list[int]
    dtype: str  # "float32"
    device: str  # "cpu"
    value: str | None  # nested lists as text, shortened; None: not readable
    digest: str | None  # changes whenever any element does; "0": all are zero
    requires_grad: bool
    is_leaf: bool
    grad_fn: str | None  # "MulBackward0"
    node: str | None  # label of that node, if the graph of this step has it
    version: int | None  # counts changes in place; None: not counted
    note: str | None  # PyTorch's own words why something could not be read
    grad: Literal["none", "value", "stale"]  # stale: belongs to an earlier value of the tensor
    grad_value: str | None
    grad_digest: str | None
    grad_tensor: str | None  # label of the tensor that .grad is


# What most tensors have in common, told once in a recording.
USUAL: dict[str, Any] = {
    "former": [],
    "dtype": "float32",
    "device": "cpu",
    "requires_grad": False,
    "is_leaf": True,
    "grad_fn": None,
    "node": None,
    "version": 0,
    "note": None,
    "grad": "none",
    "grad_value": None,
    "grad_digest": None,
    "grad_tensor": None,
}

SavedState = Literal["alive", "freed", "stale", "none", "unreadable"]
# alive: kept for backward; freed: reading it would raise "... a second time"; stale: changed in
# place since, so that backward would fail; none: the operation did not need it.


class Saved(TypedDict):
    """A tensor that an operation keeps for backward."""

    name: str  # the operation's word: "self", "other", "mat2", "result"
    shape: list[int] | None
    tensor: str | None  # label, if a named tensor shows these very elements


class Node(TypedDict):
    """A node of the graph, told once for the whole recording."""

    id: str
    name: str  # "MmBackward0", "AccumulateGrad"
    kind: Literal["leaf", "operation"]
    tensor: str | None  # of a leaf: the tensor whose .grad it fills
    shape: list[int] | None  # of the operation's first output
    saved: list[Saved]
    layer: int  # place in the drawing, from the left: leaves stand in layer 0
    row: float  # place in the drawing, from the top, in rows


# From an operation to what it was computed from, as backward walks. slot: the operation's input, as
# in next_functions. points: [layer, row] of both ends and of the bends between.
Edge = TypedDict("Edge", {"from": str, "to": str, "slot": int, "points": list[list[float]]})


class Incoming(TypedDict):
    """What comes into a node, for one output of its operation."""

    amount: Amount | None  # None: no gradient for this output
    # [stop, slot] of each outgoing share that was added up to it; [] at the tensor that backward
    # was called on. Two shares: two ways into the node, added up before it runs.
    ways: list[list[int]]
    edited: NotRequired[bool]  # true: not what was handed here; a hook of the program changed it


class Outgoing(TypedDict):
    """What a node hands to one of its inputs: incoming times local slope."""

    slot: int
    to: str  # label of the node it goes to
    amount: Amount | None  # None: nothing is needed there
    # Which input of the operation: "self", "other", "mat2"; None: unknown, or the amount is not
    # what the operation's rule gives, since a hook of the program changed it.
    argument: str | None
    # The arithmetic of each element, row by row: a sum of products, 0.5 as [["1", "0.5"]] and
    # -19.8 as [["1", "0.6"], ["3", "-6.8"]]. The incoming number stands first in a product of an
    # elementwise operation and last in one of a matrix product. Absent: too long, or unknown.
    work: NotRequired[list[list[list[Number]]]]


class UsedSaved(TypedDict):
    """A saved tensor that backward found at a node."""

    name: str
    tensor: str | None  # label of a named tensor that shows the same elements
    amount: Amount | None
    freed: bool  # whether it was freed by this backward


class Share(TypedDict):
    """What AccumulateGrad did to the .grad of its leaf."""

    tensor: str
    way: Literal["stored", "added"]  # stored: .grad was None, the gradient itself is put there
    before: Amount | None
    after: Amount | None  # None: a hook of the program took it away


class Stop(TypedDict):
    """One node as backward comes by."""

    node: str
    op: str  # "mm", "pow", "accumulate": a table in words/backward.toml; "other": none there
    incoming: list[Incoming]
    outgoing: list[Outgoing] | None  # None: an error was raised here
    saved: list[UsedSaved]
    constants: dict[str, Number]  # numbers of the operation itself: {"exponent": "2"}
    share: NotRequired[Share]  # of an AccumulateGrad


class Film(TypedDict):
    """One walk of backward, node by node, in the order of PyTorch's engine."""

    call: Literal["backward", "grad"]  # grad: torch.autograd.grad, which fills no .grad
    roots: list[str]  # nodes of the tensors that it was called on
    nodes: list[str]  # all that can be reached from there, visited or not
    keep_graph: bool
    create_graph: bool
    stops: list[Stop]
    returned: list[Amount | None] | None  # of "grad": what it returned
    error: bool  # whether it raised, at or after the last stop
    complete: bool  # False: some numbers could not be read; the rest of the walk is left out


class Warned(TypedDict):
    """A warning that the program would have shown."""

    category: str
    message: str
    line: int | None  # None: not a line of the program itself


Change = dict[str, Any]  # something that changed at a step: {"kind": ..., and what CHANGES says}

# kind -> its fields; "?" marks one that may be absent. Of a tensor: its label, and its name
# (`name`; `former` if no name refers to it any more; neither: a leaf that only the graph knows).
_WHO = "tensor name? former?"
_ORIGIN = "origin by? shares? call?"  # origin: see ORIGINS; by: grad_fn; shares: memory, of a name
CHANGES: dict[str, str] = {
    "condition": "to",  # of an if or a while: true or false
    "caught": "type message",  # an exception, in an except
    "error": "type message",  # the exception that ended the program
    "new": f"name tensor {_ORIGIN}",  # a name that was not there; call: returned by this call
    "alias": "name of",  # a name that was not there, for the object that `of` names
    "rebound": f"name from to {_ORIGIN}",  # labels: the name refers to a new object
    "rebound-alias": "name from to of",  # the name refers to another object, that `of` names
    "gone": "name",
    "returned": "call",  # a call ended, and with it its names
    "in-place": f"{_WHO} from to values",  # versions; values: whether they are others now
    "unseen": f"{_WHO} version",  # values changed, and autograd did not count it
    "memory": f"{_WHO} from to",  # the same object in other memory
    "requires-grad": f"{_WHO} to",
    "grad-fn": f"{_WHO} from to",  # the same object, made by another operation; or null
    "grad-came": f"{_WHO} to",  # it has just got a name, and brings a gradient
    # A gradient arrived from backward; times: how often, if more than once in this statement.
    "grad-stored": f"{_WHO} to times?",  # .grad was None
    "grad-added": f"{_WHO} from to times?",
    # And without one:
    "grad-set": f"{_WHO} to",  # from None, by an assignment or unseen
    "grad-none": f"{_WHO} from",
    "grad-zeroed": f"{_WHO} from",
    "grad-edited": f"{_WHO} from to",  # in place
    "grad-replaced": f"{_WHO} from to",  # by another tensor
    "grad-stale": f"{_WHO}",  # it now belongs to an earlier value of the tensor
    "graph-grew": "nodes",  # names of nodes: leaves first, then in the order they were made
    "graph-lost": "nodes",
    "saved-freed": "nodes",
    "saved-stale": "nodes",  # changed in place: backward would fail
}
ORIGINS = ("operation", "leaf", "plain", "broken")
# operation: not a leaf, made by one; leaf: requires grad; plain: does not require grad; broken: a
# view that an in-place change has made invalid.

Event = Literal["start", "line", "enter", "test", "return", "except", "error"]


class Step(TypedDict):
    """What is new after one line has run."""

    line: int  # 0 before the first line
    event: Event  # test: of a condition; enter: of a block; error: the program ended here
    frame: str  # "<module>", "sgd #2"
    callers: NotRequired[list[list[Any]]]  # [frame, line] from the outermost, of a call
    tensors: NotRequired[dict[str, Any]]  # label -> new facts, or GONE
    nodes: NotRequired[dict[str, Any]]  # label -> states of its saved tensors, or GONE
    printed: NotRequired[str]
    warnings: NotRequired[list[Warned]]
    changed: NotRequired[list[Change]]
    films: NotRequired[list[Film]]  # one for each backward of this line that was filmed


ABSENT: dict[str, Any] = {
    "callers": [],
    "tensors": {},
    "nodes": {},
    "printed": "",
    "warnings": [],
    "changed": [],
    "films": [],
}


class Ended(TypedDict):
    """Why the recording ended."""

    reason: Literal["end", "error", "syntax", "steps", "seconds"]
    line: int
    limit: NotRequired[float]  # steps or seconds, where they were used up
    seconds: NotRequired[float]  # after the start, where a call could not be interrupted


class Error(TypedDict):
    """The exception that ended the program."""

    type: str
    message: str
    line: int
    lines: list[int]  # of the program's own frames, from the outermost


class Cut(TypedDict):
    """Something that was left out, once for a recording."""

    kind: Literal[
        "lists", "dicts", "objects", "tensors", "calls", "threads", "printed", "nodes", "table",
        "films", "film-nodes", "films-unread",
    ]  # fmt: skip
    limit: NotRequired[int]


class Size(TypedDict):
    """Size of the graph's drawing."""

    layers: int
    rows: float


class Recording(TypedDict):
    """A whole recording."""

    version: int
    engine: str  # who computed: "PyTorch 2.13.0"
    code: str
    usual: dict[str, Any]
    ended: Ended
    error: Error | None
    steps: list[Step]  # steps[0] is the state before the first line
    nodes: list[Node]
    edges: list[Edge]
    size: Size
    cut: list[Cut]
