"""What every widget of the book shares: a still figure, and the message protocol.

A notebook keeps of a widget only that there was one. Where it is opened again and the cell has not
run, Jupyter writes "model not found"; so a second output brings the still figure along, which is
hidden while the widget lives.

Protocol between view and kernel (see js/kernel.js for the other side):
    view    {"kind": "hello"}                       -> {"kind": "hello", "engine": "PyTorch 2.13.0"}
    view    {"kind": "ask", "id": 7, **question}    -> {"kind": "reply", "id": 7, **answer}, buffers
                                                    or {"kind": "error", "id": 7, "text": "..."}
                                                    before it, each half second: {"kind": "working"}
A view keeps one question in the air and only its newest one waiting, so no queue builds up here.
"""

import os
import threading

import anywidget
import torch
from IPython.display import display

from linreg_lib.widgets._stills import kept_still


class BookWidget(anywidget.AnyWidget):
    """Base class of the book's widgets.

    A subclass sets `_esm = compose(...)` and `_css = style(...)`, and overrides `answer` and
    `still`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.on_msg(self._receive)

    def answer(self, question: dict) -> tuple[dict, list]:
        """Answer a view's question: a JSON-able dict and a list of binary buffers."""
        raise NotImplementedError

    def still(self) -> tuple[str, str]:
        """Draw what stands where no script runs: an SVG with title and desc, and its caption."""
        raise NotImplementedError

    def _receive(self, _widget, content, _buffers):
        if content.get("kind") == "hello":
            self.send({"kind": "hello", "engine": f"PyTorch {torch.__version__.split('+')[0]}"})
        if content.get("kind") != "ask":
            return
        head = {"id": content.get("id")}
        done = threading.Event()
        threading.Thread(target=self._tell_of_work, args=(head, done), daemon=True).start()
        try:
            body, buffers = self.answer(content)
        except Exception as error:  # shown in the view: a callback has nowhere else to raise
            self.send({"kind": "error", **head, "text": f"{type(error).__name__}: {error}"})
            return
        finally:
            done.set()
        self.send({"kind": "reply", **head, **body}, buffers)

    def _tell_of_work(self, head, done):
        """Say that an answer is on its way: silence would mean that the kernel has gone."""
        while not done.wait(0.5):
            self.send({"kind": "working", **head})

    def _ipython_display_(self):
        """Show the widget, and leave the still in the notebook. Pages take it from the widget."""
        if os.environ.get("LINREG_STILLS") == "inside":
            raise NotImplementedError  # IPython then asks for the bundle
        data, metadata = self._repr_mimebundle_()
        svg, caption = data.pop("image/svg+xml"), data["text/plain"]
        display({**data, "text/plain": type(self).__name__}, metadata=metadata, raw=True)
        display({"text/html": kept_still(svg, caption), "text/plain": ""}, raw=True)

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        svg, caption = self.still()
        return {**data, "image/svg+xml": svg, "text/plain": caption}, metadata
