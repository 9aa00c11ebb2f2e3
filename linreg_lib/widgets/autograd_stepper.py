"""The autograd stepper: watch tensors, gradients and the graph change, line by line."""

import sys
import threading
from concurrent.futures import Future
from functools import partial
from html import escape

import torch
import traitlets

from linreg_lib.autograd import expand, trace
from linreg_lib.autograd.graph import graph_of_step
from linreg_lib.hints import explain
from linreg_lib.pitfalls import PITFALLS
from linreg_lib.widgets._align import align_steps, first_difference
from linreg_lib.widgets._base import BookWidget
from linreg_lib.widgets._compose import compose, style

ENGINE = f"PyTorch {torch.__version__.split('+')[0]}"


class AutogradStepper(BookWidget):
    """Step through a program and see what autograd does at each line (book: Inside autograd).

    >>> AutogradStepper("import torch\\nw = torch.ones(2, requires_grad=True)")  # doctest: +SKIP
    >>> AutogradStepper(pitfall="rebind-update")  # doctest: +SKIP

    The program runs at once, on PyTorch; what is shown is its recording. Where there is a kernel,
    the code can be edited and run anew.

    Args:
        code: Python source; blank lines around it are left out.
        compare: a second program, shown beside the first; both step together.
        titles: headings of the two programs.
        namespace: names that the programs start with. Each run gets the names anew, but the same
            tensors: what a program changes in place stays changed.
        step: the step shown first; negative ones count from the end. "difference": the first at
            which the two programs differ. By default the start, and of a pitfall the difference.
        height: the listing scrolls above so many pixels; None: it is as long as the code.
        pitfall: instead of code, the name of one of `linreg_lib.pitfalls.PITFALLS`: its wrong and
            its right program; long loops run three times.
        max_steps, max_seconds: a program is ended after so many lines or seconds.

    Raises:
        TypeError, ValueError: for arguments that cannot be used.
    """

    _esm = compose("autograd_stepper.js")
    _css = style(*(f"stepper/{part}.css" for part in ("layout", "listing", "tensors", "graph")))

    recordings = traitlets.List().tag(sync=True)
    titles = traitlets.List().tag(sync=True)
    start = traitlets.Int().tag(sync=True)
    telling = traitlets.Int().tag(sync=True)
    wide = traitlets.Bool(True).tag(sync=True)  # read by the book: it may reach into the margin
    height = traitlets.Int(allow_none=True).tag(sync=True)
    engine = traitlets.Unicode(ENGINE).tag(sync=True)
    # How the page's own Python runs an edited program: arguments of inpage/page.py's `trace`. None:
    # not without the names that a kernel has.
    runs = traitlets.Dict(allow_none=True).tag(sync=True)
    _editing = traitlets.Unicode(compose("editing.js")).tag(sync=True)

    def __init__(
        self,
        code: str | None = None,
        *,
        compare: str | None = None,
        titles: tuple[str, str] = ("First", "Second"),
        namespace: dict | None = None,
        step: int | str | None = None,
        height: int | None = None,
        pitfall: str | None = None,
        max_steps: int = 500,
        max_seconds: float = 10,
    ):
        if pitfall is not None:
            if code is not None or compare is not None:
                raise TypeError(
                    'a pitfall brings its own two programs. Write AutogradStepper(pitfall="...").'
                )
            if pitfall not in PITFALLS:
                raise ValueError(f"pitfall must be one of {', '.join(PITFALLS)}; got {pitfall!r}.")
            code, compare = PITFALLS[pitfall].watched
            titles = ("Wrong", "Right")
        if code is None:
            raise TypeError('AutogradStepper needs code. Write AutogradStepper("""...""").')
        if len(titles) != 2 or not all(isinstance(title, str) for title in titles):
            raise ValueError(f"titles must be two strings; got {titles!r}.")
        self._namespace = namespace
        self._seeded = pitfall is not None
        self._limits = {"max_steps": max_steps, "max_seconds": max_seconds}
        programs = [code] if compare is None else [code, compare]
        recordings = [self._record(program) for program in programs]
        start = ("difference" if pitfall is not None else 0) if step is None else step
        super().__init__(
            recordings=recordings,
            titles=list(titles),
            start=_position(start, recordings),
            telling=_telling(recordings),
            height=height,
            runs=None if namespace else {"pitfall": self._seeded, **self._limits},
        )

    def _record(self, code: str, on_error=None) -> dict:
        if not isinstance(code, str):
            raise TypeError(f"code must be a string of Python; got {type(code).__name__}.")
        with torch.random.fork_rng([], enabled=self._seeded):
            if self._seeded:  # what both programs draw is no difference between them
                torch.manual_seed(0)
            return trace(
                code.strip("\n").rstrip(),
                None if self._namespace is None else dict(self._namespace),
                on_error=on_error,
                **self._limits,
            ).to_dict()

    def answer(self, question):
        """Record the code that a reader sent; errors in it are part of the recording."""
        hint = None

        def on_error(error):
            nonlocal hint
            hint = explain(error)

        recording = in_main_thread(partial(self._record, question["code"], on_error))
        answer = {"recording": recording, "hint": hint and {**vars(hint), "url": hint.url}}
        return {"program": question.get("program", 0), **answer}, []

    def still(self):
        """Draw the last step: the code, its tensors and the graph."""
        return still_picture(self.recordings, self.titles)


def _position(step, recordings) -> int:
    """Return where the stepper stands, counted from 0 or from the end."""
    if step == "difference" and len(recordings) > 1:
        return first_difference(*recordings)
    count = len(align_steps(*recordings) if len(recordings) > 1 else recordings[0]["steps"])
    if type(step) is not int or not -count <= step < count:
        also = ', step="difference" for where the programs part' if len(recordings) > 1 else ""
        raise ValueError(
            f"step must lie between 0 and {count - 1}, the last one of this program; got {step!r}. "
            f"Write step=-1 for the last one{also}."
        )
    return step


def _telling(recordings) -> int:
    """Return the position to print: where programs part, or what the last backward has done."""
    if len(recordings) > 1:
        return first_difference(*recordings)
    steps = recordings[0]["steps"]
    return max((k for k, step in enumerate(steps) if step.get("films")), default=len(steps) - 1)


def in_main_thread(function):
    """Call a function in the main thread, where an alarm can end even a single long call.

    JupyterLab has a widget's messages handled by other threads (subshells); the kernel's own loop
    runs in the main one. Without such a loop, the function is called right here.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    loop = getattr(getattr(shell, "kernel", None), "io_loop", None)
    if loop is None or threading.current_thread() is threading.main_thread():
        return function()
    result = Future()

    def call():
        try:
            result.set_result(function())
        except BaseException as error:  # it belongs to whoever waits
            result.set_exception(error)

    loop.add_callback(call)
    return result.result()


LINE, CHARACTER, MARGIN = 18, 7.3, 14  # pixels, of the still picture


def still_picture(recordings: list[dict], titles: list[str]) -> tuple[str, str]:
    """Draw the last step of one or two recordings: an SVG and its caption in words."""
    blocks, captions = [], []
    for title, recording in zip(titles, recordings, strict=False):
        name = f"{title}: " if len(recordings) > 1 else ""
        blocks.append(_block(recording, title if name else ""))
        captions.append(name + _caption(recording))
    width = max(block[1] for block in blocks)
    height = sum(block[2] for block in blocks)
    caption = " ".join(captions)
    body, y = [], 0
    for block, _, tall in blocks:
        body.append(f'<g transform="translate(0,{y})">{block}</g>')
        y += tall
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:.0f} {height}" '
        f'width="{width:.0f}" height="{height}" style="max-width:100%;height:auto" '
        'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12" '
        'fill="currentColor">'
        "<title>A program, its tensors and its autograd graph after the last line</title>"
        f"<desc>{escape(caption)}</desc>{''.join(body)}</svg>"
    )
    return svg, caption


def _block(recording, title):
    """Return one program's drawing, its width and its height."""
    state = expand(recording, -1)
    lines = [(title, "bold")] if title else []  # text and font weight
    for number, text in enumerate(recording["code"].split("\n"), 1):
        here = number == state["line"]
        lines.append((f"{'▶' if here else ' '} {number:2}  {text}", "bold" if here else "normal"))
    if recording["error"]:
        text = f"{recording['error']['type']}: {recording['error']['message']}"
        lines.append((text if len(text) <= 90 else text[:89] + "…", "bold"))
    lines.append(("", "normal"))
    lines += [
        (_tensor_line(facts), "normal") for facts in state["tensors"].values() if facts["names"]
    ]
    text = "".join(
        f'<text x="{MARGIN}" y="{MARGIN + LINE * (i + 0.6):.0f}" xml:space="preserve" '
        f'font-weight="{weight}">{escape(line)}</text>'
        for i, (line, weight) in enumerate(lines)
    )
    width = max(len(line) for line, _ in lines) * CHARACTER + 2 * MARGIN
    height = 2 * MARGIN + LINE * len(lines)
    if state["nodes"]:
        drawing = graph_of_step(recording, state).to_svg()
        sizes = drawing.split('viewBox="0 0 ', 1)[1].split('"', 1)[0]
        wide, tall = map(int, sizes.split())
        text += drawing.replace("<svg ", f'<svg y="{height}" ', 1)
        width, height = max(width, wide), height + tall
    return text, width, height


def _tensor_line(facts) -> str:
    kind = "leaf" if facts["is_leaf"] else facts["grad_fn"]
    grad = facts["grad_value"] if facts["grad"] == "value" else facts["grad"]
    asks = ", requires grad" if facts["requires_grad"] else ""
    return f"{', '.join(facts['names'])} = {facts['value']}  {kind}{asks}, grad: {grad}"


def _caption(recording) -> str:
    state = expand(recording, -1)
    lines = len(recording["code"].split("\n"))
    text = f"A program of {lines} lines, stepped to its end"
    if recording["error"]:
        text += f": line {recording['error']['line']} raises {recording['error']['type']}"
    tensors = [facts for facts in state["tensors"].values() if facts["names"]]
    if tensors:
        said = ", ".join(
            f"{facts['names'][0]} ({'leaf' if facts['is_leaf'] else facts['grad_fn']}, "
            f"grad {facts['grad']})"
            for facts in tensors
        )
        text += f". Its tensors: {said}"
    return text + "."
