"""Grading: readers' notebooks run apart from each other; what ends one does not end the table."""

import csv
import io

import nbformat
import pytest

from linreg_lib.exercises._grade import asked, grade, write_grades

IMPORT = "from linreg_lib.exercises import check"
RIGHT = "def sgd(params, lr, batch_size):\n    with torch.no_grad():\n        for p in params:\n"
RIGHT += "            p -= lr * p.grad / batch_size\n            p.grad = None\n"


@pytest.fixture
def notebook(tmp_path):
    """`notebook(name, *cells)` writes one and gives its path."""

    def write(name, *cells):
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(made, path)
        return path

    return write


def test_a_table_tells_who_passed_what_and_which_mistake(notebook, tmp_path):
    ada = notebook(
        "ada",
        "import torch\n%matplotlib inline\n" + IMPORT,
        "1 / 0",
        RIGHT + "\ncheck('write-sgd', sgd)",
        "check('sgd-accumulate', 6)",
        "# check('write-train', train)",
        "open('left.txt', 'w').write('x')\nimport sys; sys.exit()",
        "check('iterators-drop-last', 40)",
        "check('training-steps', undefined)",
    )
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{")
    out = io.StringIO()
    write_grades([ada, broken], out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [(row["exercise"], row["passed"], row["mistake"]) for row in rows] == [
        ("write-sgd", "yes", ""),
        ("sgd-accumulate", "no", "replaced"),
        ("write-train", "no", "not-started"),
        ("iterators-drop-last", "yes", ""),
        ("training-steps", "no", "not-run"),
        ("", "no", "unreadable"),
    ]
    assert "is the slope" in rows[1]["message"]
    assert [row["notebook"] for row in rows] == [str(ada)] * 5 + [str(broken)]


def test_a_cell_that_does_not_end_costs_its_own_time_only(notebook):
    path = notebook(
        "endless",
        IMPORT,
        "while True:\n    pass",
        "check('sgd-accumulate', 18)",
    )
    assert [row["passed"] for row in grade(path, cell_seconds=5)] == ["yes"]


def test_what_was_checked_before_the_memory_ran_out_counts(notebook):
    path = notebook(
        "greedy",
        IMPORT,
        "check('sgd-accumulate', 18)",
        "import os\nblock = bytearray(6 << 30)\nos._exit(1)",
        "check('sgd-accumulate', 6)\nimport os\nos._exit(1)",
        "check('training-steps', 482)",
    )
    rows = grade(path, megabytes=4096)
    assert [(row["exercise"], row["mistake"]) for row in rows] == [
        ("sgd-accumulate", "replaced"),
        ("training-steps", "not-run"),
    ]


def test_a_check_that_is_commented_out_is_not_started(notebook):
    path = notebook("one", '# check("write-sgd", sgd)', 'x = 1; check("sgd-order", [])')
    assert asked(path) == {"write-sgd": False, "sgd-order": True}
