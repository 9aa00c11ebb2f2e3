"""Hints: the corpus of wrong programs, the notes, and silence about everything else."""

import builtins
import collections
import contextlib
import io
import linecache
import re
import warnings
from pathlib import Path

import pytest
import torch

import linreg_lib.hints
from linreg_lib.hints import explain, hints
from linreg_lib.hints._rules import LAST, RULES
from linreg_lib.pitfalls import PITFALLS, run_program

CORPUS = Path(__file__).parent / "hints_corpus"
WRONG = sorted(CORPUS.glob("wrong/*/*.py"))
UNRELATED = sorted(CORPUS.glob("unrelated/*.py"))
RIGHT = sorted(CORPUS.glob("right/*.py"))
CELL = re.compile(r"^# %%.*\n", re.MULTILINE)


def ids(paths):
    return [str(path.relative_to(CORPUS).with_suffix("")) for path in paths]


def outcome_of(path: Path):
    with contextlib.redirect_stdout(io.StringIO()):
        return run_program(path.read_text(), str(path.relative_to(CORPUS)))


def cells_of(path: Path) -> list[str]:
    return CELL.split(path.read_text())


def ended(path: Path) -> Exception | None:
    """Run a program of the corpus, a notebook cell by cell, and return the error that ended it."""
    cells = cells_of(path)
    try:
        return outcome_of(path).error if len(cells) == 1 else run_cells(*cells)
    finally:
        torch.set_grad_enabled(True)  # a program may leave it switched off


def cell_by_cell(path: Path, called: str) -> Exception | None:
    """Run the cells in one namespace, without IPython."""
    names = {"__name__": "cells"}
    try:
        for number, cell in enumerate(cells_of(path)):
            name = called.format(name=path.stem, number=number, letter="abcdefgh"[number])
            linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
            try:
                with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # reading `.grad` of what is no leaf warns
                    exec(compile(cell, name, "exec"), names)
            except Exception as error:
                return error
    finally:
        torch.set_grad_enabled(True)
    return None


def marked(path: Path) -> set[tuple[int, int]]:
    """Return cell and line of the causes, which carry a mark."""
    return {
        (number, line)
        for number, cell in enumerate(cells_of(path), 1)
        for line, text in enumerate(cell.splitlines(), 1)
        if "# <-" in text
    }


def mentioned(cause: str, path: Path) -> set[tuple[int, int]]:
    """Return cell and line of all lines that a sentence names."""
    last = len(cells_of(path))
    found = re.finditer(r"line (\d+)(?: of cell \[(\d+)\])?", cause)
    return {(int(match[2] or last), int(match[1])) for match in found}


def raised(source: str, name: str = "test") -> Exception:
    outcome = run_program("import torch\n" + source, name)
    assert outcome.error is not None
    return outcome.error


def test_the_corpus_is_named_rightly_and_never_wrongly():
    right, general, wrong, elsewhere = 0, [], [], []
    programs = [path for path in WRONG if path.parent.name != "general"]
    for path in programs:
        error = ended(path)
        assert error is not None, path
        hint = explain(error)
        if hint is None or hint.pitfall is None:
            general.append(path)
            continue
        right += hint.pitfall == path.parent.name
        if hint.pitfall != path.parent.name:
            wrong.append((path, hint.pitfall))
        causes = marked(path)
        if causes and not mentioned(hint.cause or "", path) <= causes:
            elsewhere.append((path, hint.cause))
    print(f"\nhints: {right} of {len(programs)} named rightly, {len(wrong)} wrongly")
    assert len(programs) >= 200
    assert not wrong
    assert not elsewhere, "the cause is named at another line"
    assert right / len(programs) >= 0.9, general


def test_what_is_not_certain_gets_the_general_thing_or_nothing():
    programs = sorted(CORPUS.glob("wrong/general/*.py"))
    assert programs
    for path in programs:
        hint = explain(ended(path))
        assert hint is None or hint.pitfall is None, path


NOTEBOOKS = [path for path in WRONG if len(cells_of(path)) > 1]


def test_cells_whose_predecessors_are_not_to_be_seen_are_never_named_wrongly():
    assert len(NOTEBOOKS) >= 8
    for path in NOTEBOOKS:
        hint = explain(cell_by_cell(path, "<{name} {letter}>"))
        # Only the history of the cells tells a cell that ran twice from any second backward.
        fitting = {None, path.parent.name.replace("cell-run-twice", "second-backward")}
        assert hint is None or hint.pitfall in fitting, path


def test_the_numbered_inputs_of_a_console_are_known_to_each_other():
    for path in NOTEBOOKS:
        hint = explain(cell_by_cell(path, "<{name}-input-{number}>"))
        assert hint.pitfall == path.parent.name, path
        said = re.sub(r"<\S+-input-(\d+)>", lambda m: f"cell [{int(m[1]) + 1}]", hint.cause)
        assert not marked(path) or mentioned(said, path) <= marked(path), said


def test_the_corpus_covers_every_error_of_the_pitfalls():
    loud = {name for name, pitfall in PITFALLS.items() if not pitfall.silent}
    assert loud <= {path.parent.name for path in WRONG}


LOUD = [n for n, p in PITFALLS.items() if not p.silent and n != "cell-run-twice"]


@pytest.mark.parametrize("name", LOUD)
def test_every_loud_pitfall_is_named_from_its_own_program(name):
    with contextlib.redirect_stdout(io.StringIO()):
        error = run_program(PITFALLS[name].wrong).error
    assert explain(error).pitfall == name


@pytest.mark.parametrize("name", PITFALLS)
def test_the_sentences_of_a_pitfall_can_be_filled(name):
    fillers = collections.defaultdict(lambda: "x")
    for kind, sentences in PITFALLS[name].hints.items():
        assert sentences.keys() <= {"cause", "cure"}, kind
        for sentence in sentences.values():
            assert sentence.format_map(fillers).strip()


@pytest.mark.parametrize("path", UNRELATED, ids=ids(UNRELATED))
def test_an_unrelated_error_gets_no_note(path):
    error = outcome_of(path).error
    assert error is not None
    assert explain(error) is None


def test_right_programs_run():
    assert len(RIGHT) >= 40
    for path in RIGHT:
        assert outcome_of(path).error is None, path


# What a hint says: the variable and the line, where they can be known.


def test_names_the_line_where_the_parameter_was_rebound():
    hint = explain(
        raised(
            "w = torch.ones(1, requires_grad=True)\n(2 * w).backward()\n"
            "w = w - 0.1 * w.grad\nw.grad.zero_()\n"
        )
    )
    assert hint.pitfall == "rebind-update"
    assert "`w = w - 0.1 * w.grad` (line 4)" in hint.cause
    assert hint.address == "book/pitfalls/rebind-update.html"


def test_names_the_tensor_that_was_modified_and_the_versions():
    hint = explain(
        raised(
            "w = torch.ones(2, requires_grad=True)\nh = w.exp()\nh += 1\nh *= 3\n"
            "h.sum().backward()\n"
        )
    )
    assert hint.pitfall == "saved-tensor-modified"
    assert "`h`" in hint.cause
    assert "version 2" in hint.cause
    assert "version 0" in hint.cause


def test_names_the_line_that_modified_it_where_there_is_one():
    hint = explain(
        raised("w = torch.ones(2, requires_grad=True)\nh = w.exp()\nh += 1\nh.sum().backward()\n")
    )
    assert "`h += 1` (line 4)" in hint.cause


def test_names_the_operands_with_their_shapes():
    hint = explain(raised("X = torch.ones(5, 2)\nw = torch.ones(3, 1)\nX @ w\n"))
    assert hint.cause == "line 4: `X` has shape (5, 2), `w` has shape (3, 1)."


def test_names_the_parameter_of_the_caller_when_a_function_fails():
    hint = explain(
        raised(
            "def sgd(params, lr):\n    for p in params:\n        p.data -= lr * p.grad\n"
            "w = torch.ones(1, requires_grad=True)\n(2 * w).backward()\n"
            "w = w - 0.1 * w.grad\nsgd([w], 0.1)\n"
        )
    )
    assert hint.pitfall == "rebind-update"
    assert "`w = w - 0.1 * w.grad` (line 7)" in hint.cause


def test_an_unknown_cause_is_left_out():
    hidden = "def f(w):\n    return pickle.loads(pickle.dumps(torch.ones(1)))\n"
    hint = explain(
        raised(
            f"import pickle\n{hidden}w = torch.ones(3, requires_grad=True)\n"
            "loss = f(w)\nloss.backward()\n"
        )
    )
    assert hint.pitfall is None
    assert hint.cause is None
    assert hint.address == "book/pitfalls/leaves-and-updates.html"


ERRORS = [
    (getattr(builtins, message.type), message.text)
    for pitfall in PITFALLS.values()
    for message in pitfall.messages
    if not issubclass(getattr(builtins, message.type), Warning)
]


@pytest.mark.parametrize(("kind", "text"), sorted(set(ERRORS), key=str))
def test_every_error_of_the_index_old_or_new_has_a_rule(kind, text):
    assert any(
        issubclass(kind, types) and pattern.match(text) for types, pattern, _ in [*RULES, *LAST]
    )


def test_a_program_too_large_to_be_read_in_time_gets_no_hint(monkeypatch):
    error = outcome_of(CORPUS / "wrong" / "second-backward" / "gan.py").error
    assert explain(error) is not None
    monkeypatch.setattr("linreg_lib.hints._source._SECONDS", -1)
    assert explain(error) is None


def test_a_line_of_a_library_is_never_the_reader_s(tmp_path, monkeypatch):
    library = tmp_path / "site-packages" / "trainer.py"
    library.parent.mkdir()
    library.write_text(
        "import torch\n\n\n"
        "def fit(params):\n    total = (params[0] * 2).sum()\n    total.backward()\n"
        "    for p in params:\n        p -= 0.1 * p.grad\n"
    )
    monkeypatch.syspath_prepend(str(library.parent))
    hint = explain(
        raised("import trainer\nw = torch.zeros(1, requires_grad=True)\ntrainer.fit([w])\n")
    )
    assert hint.pitfall == "leaf-in-place"
    assert hint.cause == "line 4 changes a leaf in place while autograd records."


def test_a_cause_in_another_file_of_the_reader_names_the_file(tmp_path, monkeypatch):
    model = tmp_path / "my_updates.py"
    model.write_text("def update(w, lr):\n    return w - lr * w.grad\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    hint = explain(
        raised(
            "from my_updates import update\nw = torch.zeros(1, requires_grad=True)\n"
            "((w - 1) ** 2).sum().backward()\nw = update(w, 0.1)\nw.grad.zero_()\n"
        )
    )
    assert hint.pitfall == "rebind-update"
    assert "(line 2 of my_updates.py)" in hint.cause


def test_a_loss_that_a_function_has_walked_and_returned_is_the_same_loss():
    lines = [
        "import torch",
        "w = torch.ones(2, requires_grad=True)",
        "def step():",
        "    loss = (w * w).sum()",
        "    loss.backward()",
        "    return loss",
        "loss = step()",
        "loss.backward()",
    ]
    hint = explain(run_program("\n".join(lines), "returned").error)
    assert hint.cause == "line 5 has walked the graph of `loss` already."


def test_explaining_reads_and_runs_nothing_of_the_reader():
    error = raised(
        "class Odd:\n    @property\n    def grad(self):\n        raise SystemExit\n"
        "    def __getattr__(self, name):\n        raise SystemExit\n"
        "odd = Odd()\nw = torch.ones(2, requires_grad=True)\nw.sub_(1)\n"
    )
    assert explain(error).pitfall == "leaf-in-place"


def test_explaining_works_without_source():
    try:
        exec(compile("w -= 1", "<no source>", "exec"), {"w": torch.ones(1, requires_grad=True)})
    except RuntimeError as error:
        hint = explain(error)
    assert hint.pitfall == "leaf-in-place"


# Notes.


def test_the_note_is_added_and_the_error_left_as_it_is():
    w = torch.ones(1, requires_grad=True)
    with pytest.raises(RuntimeError, match="a leaf Variable") as caught, hints():
        w -= 1
    (note,) = caught.value.__notes__
    assert note.startswith("Hint: A leaf that requires grad")
    assert note.endswith("Read, within the book: book/pitfalls/leaf-in-place.html")


def test_nested_blocks_add_one_note():
    w = torch.ones(1, requires_grad=True)
    with pytest.raises(RuntimeError) as caught, hints(), hints():
        w -= 1
    assert len(caught.value.__notes__) == 1


def test_no_note_where_nothing_is_known():
    with pytest.raises(ValueError) as caught, hints():
        raise ValueError("no")
    assert not hasattr(caught.value, "__notes__")


def test_a_failure_of_the_explanation_never_hides_the_error(monkeypatch):
    def fail(error):
        raise ZeroDivisionError

    monkeypatch.setattr(linreg_lib.hints, "explain", fail)
    w = torch.ones(1, requires_grad=True)
    with pytest.raises(RuntimeError, match="a leaf Variable"), hints():
        w -= 1


def test_an_error_that_the_program_handles_is_left_alone(monkeypatch):
    asked = []
    monkeypatch.setattr(linreg_lib.hints, "explain", asked.append)
    w = torch.ones(1, requires_grad=True)
    with hints():
        try:
            w -= 1
        except RuntimeError as error:
            handled = error
    assert not asked
    assert not hasattr(handled, "__notes__")


def test_the_extension_of_ipython_adds_the_note_to_a_cell():
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.colors = "nocolor"
    shell.run_line_magic("load_ext", "linreg_lib.hints")
    with contextlib.redirect_stdout(io.StringIO()) as out:
        shell.run_cell("import torch\nw = torch.ones(1, requires_grad=True)\nw -= 1")
    assert "a leaf Variable that requires grad" in out.getvalue()
    assert "line 3 changes `w` in place" in out.getvalue()
    shell.run_line_magic("unload_ext", "linreg_lib.hints")
    with contextlib.redirect_stdout(io.StringIO()) as out:
        shell.run_cell("w -= 1")
    assert "a leaf Variable" in out.getvalue()
    assert "Hint:" not in out.getvalue()


def notebook(*cells: str) -> Exception:
    """Run cells after one that imports torch, and return the error of the last one."""
    return run_cells("import torch", *cells)


def run_cells(*cells: str) -> Exception:
    """Run cells as a notebook does, and return the error of the last one."""
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # reading `.grad` of what is no leaf warns
        for cell in cells[:-1]:
            assert shell.run_cell(cell, store_history=True).success, cell
        result = shell.run_cell(cells[-1], store_history=True)
    InteractiveShell.clear_instance()
    return result.error_in_exec


START = "w = torch.zeros(1, requires_grad=True)"
LOSS = "loss = ((3 * w - 6) ** 2).sum()\nloss.backward()"


def test_a_cause_in_an_earlier_cell_is_found():
    hint = explain(notebook(START, LOSS, "%time\nw = w - 0.1 * w.grad", LOSS, "w.grad.zero_()"))
    assert hint.pitfall == "rebind-update"
    assert "`w = w - 0.1 * w.grad` (line 2 of cell [4])" in hint.cause


def test_an_update_under_no_grad_in_an_earlier_cell_is_found():
    update = "with torch.no_grad():\n    w = w - 0.1 * w.grad"
    hint = explain(
        notebook(
            START,
            LOSS,
            update,
            "def net(x):\n    return x * w",
            "loss = (net(3) - 6) ** 2",
            "loss.backward()",
        )
    )
    assert hint.pitfall == "rebind-under-no-grad"
    assert "(line 2 of cell [4])" in hint.cause


def test_a_cell_that_is_run_twice_names_the_first_time():
    hint = explain(notebook(START, "loss = (w**2).sum()", "loss.backward()", "loss.backward()"))
    assert hint.pitfall == "cell-run-twice"
    assert "line 1 of cell [4] has called `backward` on `loss` already" in hint.cause


def test_the_latest_cell_decides_where_a_name_was_given_anew():
    hint = explain(notebook(START, LOSS, "w = w - 0.1 * w.grad", START, "w.grad.zero_()"))
    assert hint.pitfall == "none-gradient"
    scaled = "w = torch.ones(1, requires_grad=True) * 0.1"
    hint = explain(notebook(START, LOSS, "w = w - 0.1 * w.grad", scaled, LOSS, "2 * w.grad"))
    assert hint.pitfall == "not-a-leaf"
    assert "cell [5]" in hint.cause
