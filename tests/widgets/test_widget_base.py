"""Composing the sources of a widget, and the message protocol of the base class."""

import threading
from base64 import b64encode

import pytest

from linreg_lib.widgets import _compose
from linreg_lib.widgets._base import BookWidget
from linreg_lib.widgets._compose import compose, style


class Echo(BookWidget):
    _esm = "export default { render() {} }"

    def answer(self, question):
        if question["what"] == "fail":
            raise ValueError("lr must be > 0; got -1. Write lr=0.03.")
        return {"what": question["what"]}, [b"123"]

    def still(self):
        return "<svg/>", "A caption."


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(
        Echo, "send", lambda self, content, buffers=None: messages.append((content, buffers))
    )
    return messages


def test_compose_takes_each_module_once_after_its_imports(tmp_path, monkeypatch):
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "a.js").write_text("export const a = 1;\n")
    (tmp_path / "js" / "b.js").write_text('import { a } from "./a.js";\nexport function b() {}\n')
    (tmp_path / "w.js").write_text(
        'import { a } from "./js/a.js";\nimport { b } from "./js/b.js";\nexport default { a };\n'
    )
    monkeypatch.setattr(_compose, "_HERE", tmp_path)
    text = compose("w.js")
    assert "import" not in text
    assert " ".join(text.split()) == "const a = 1; function b() {} export default { a };"


@pytest.mark.parametrize("line", ['import { a as z } from "./a.js";', 'import "./a.js";'])
def test_compose_refuses_what_it_cannot_join(tmp_path, monkeypatch, line):
    (tmp_path / "a.js").write_text("export const a = 1;\n")
    (tmp_path / "w.js").write_text(line + "\n")
    monkeypatch.setattr(_compose, "_HERE", tmp_path)
    with pytest.raises(ValueError, match=r"w\.js"):
        compose("w.js")


def test_hello_names_the_engine(sent):
    Echo()._receive(None, {"kind": "hello"}, [])
    assert sent[0][0]["kind"] == "hello"
    assert sent[0][0]["engine"].startswith("PyTorch ")


def test_a_question_is_answered_under_its_id(sent):
    Echo()._receive(None, {"kind": "ask", "id": "v-7", "what": "run"}, [])
    assert sent == [({"kind": "reply", "id": "v-7", "what": "run"}, [b"123"])]


def test_an_error_reaches_the_view(sent):
    Echo()._receive(None, {"kind": "ask", "id": "v-8", "what": "fail"}, [])
    content, _ = sent[0]
    assert content == {
        "kind": "error",
        "id": "v-8",
        "text": "ValueError: lr must be > 0; got -1. Write lr=0.03.",
    }


def test_the_output_carries_a_still_and_its_caption():
    data, _ = Echo()._repr_mimebundle_()
    assert data["image/svg+xml"] == "<svg/>"
    assert data["text/plain"] == "A caption."
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_notebook_keeps_the_still_in_an_output_of_its_own(monkeypatch):
    shown = []
    monkeypatch.setattr("linreg_lib.widgets._base.display", lambda data, **kw: shown.append(data))
    Echo()._ipython_display_()
    live, kept = shown
    assert set(live) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert b64encode(b"<svg/>").decode() in kept["text/html"]
    assert "A caption. " in kept["text/html"]


def test_where_stills_stay_inside_the_bundle_is_asked_for(monkeypatch):
    monkeypatch.setenv("LINREG_STILLS", "inside")
    with pytest.raises(NotImplementedError):
        Echo()._ipython_display_()


def test_the_style_starts_with_the_shared_tokens():
    assert "--lr-accent" in style("css/base.css")


def test_a_table_of_words_is_composed_in(tmp_path, monkeypatch):
    monkeypatch.setattr(_compose, "_HERE", tmp_path)
    (tmp_path / "table.toml").write_text('[a]\nb = "{x} → \\"y\\""\n', encoding="utf-8")
    (tmp_path / "w.js").write_text(
        'import { TABLE } from "./table.toml";\nexport default { render: () => TABLE.a.b };\n',
        encoding="utf-8",
    )
    assert _compose.compose("w.js") == (
        'const TABLE = {"a":{"b":"{x} → \\"y\\""}};\nexport default { render: () => TABLE.a.b };\n'
    )


def test_a_long_answer_says_meanwhile_that_it_is_on_its_way(sent, monkeypatch):
    working = threading.Event()

    def send(self, content, buffers=None):
        sent.append((content, buffers))
        if content["kind"] == "working":
            working.set()

    monkeypatch.setattr(Echo, "send", send)
    monkeypatch.setattr(Echo, "answer", lambda self, question: ({"was": working.wait(20)}, []))
    Echo()._receive(None, {"kind": "ask", "id": 3, "what": "long"}, [])
    assert sent[0][0] == {"kind": "working", "id": 3}
    assert sent[-1][0] == {"kind": "reply", "id": 3, "was": True}
