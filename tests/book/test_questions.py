"""Predictions and exercises: what the directives make of them, on the page and in the notebook."""

import itertools
import json
import re
import tomllib

import nbformat
import pytest
from asking import PAGE, build_page, write_bank
from bs4 import BeautifulSoup

from linreg_lib.exercises import check, exercises


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The site of the page of questions: its pages parsed, and the notebook."""
    folder = tmp_path_factory.mktemp("questions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINREG_LIB_ROOT", str(write_bank(folder / "bank")))
        site, warnings = build_page(folder, PAGE)
    assert warnings == ""
    page = BeautifulSoup((site / "page.html").read_text(), "html.parser")
    return site, page, nbformat.read(site / "page.ipynb", as_version=4)


@pytest.fixture
def build(tmp_path, monkeypatch):
    """`build(text)` gives what Sphinx says of a page."""
    monkeypatch.setenv("LINREG_LIB_ROOT", str(write_bank(tmp_path / "bank")))
    return lambda text: build_page(tmp_path, f"# Page\n\n{text}")


def test_a_prediction_lists_its_options_and_covers_what_follows_with_the_reasons_last(built):
    _, page, _ = built
    first, second = page.select("[data-predict]")
    assert [item.text.strip() for item in first.select(".predict-options li")] == [
        "A line",
        "A thick band",
    ]
    assert "Not so" not in first.text
    assert first["data-right"] == "1"
    cover = first.find_next_sibling()
    assert cover["class"] == ["predict-cover"]
    assert "What was covered." in cover.text and "covered next" not in cover.text
    assert 'print("covered")' in cover.text
    assert cover.find_all(recursive=False)[-1].name == "dl"
    assert [dt.text for dt in cover.select("dl dt")] == ["A line", "A thick band"]
    assert second["data-values"] == "66|33|else" and second["data-tolerance"] == "2.0"
    assert second.find_next_sibling().select("dt")[2].text == "Any other number"


def test_the_page_knows_what_each_answer_is_told_and_no_code_s_solution(built):
    site, page, _ = built
    known = json.loads(page.find(id="linreg-asks").string)
    assert list(known) == ["shape", "steps", "leaves", "step", "write-sgd"]
    assert {one["key"]: one["told"] for one in known["shape"]["choices"]} == {
        "flat": "",
        "column": "A column comes of a column. `w` is flat here.",
        "table": "That is `X * w`.",
    }
    shown = [item.text.strip() for item in page.select("[data-ask=shape] li")]
    texts = {"flat": "(5,)", "column": "(5, 1)", "table": "(5, 2)"}
    assert shown == [texts[one["key"]] for one in known["shape"]["choices"]]
    assert known["steps"]["right"] == {"low": 999, "high": 1001}
    assert known["steps"]["mistakes"][1] == {
        "low": 0.3,
        "high": 0.4,
        "told": "{answer} is a share.",
    }
    assert known["steps"]["address"] == "other.html"
    assert known["step"]["mistakes"][0]["before"] == [[0, 2]]
    assert "zero_" not in str(page.select_one("[data-ask=write-sgd]"))
    file = (site / "_static" / known["write-sgd"]["file"]).read_text()
    assert file.startswith('linregAsk.code("write-sgd", {"start": "import torch')
    assert len(json.loads(file[file.index("{") : file.rindex("}") + 1])["solutions"]) >= 3


def test_where_several_answers_are_asked_for_each_has_its_title(build):
    task = "```{exercise} Two\n:label: ex-two\n:check: shape steps\n\nWhich, and how many?\n```\n"
    site, _ = build(task)
    page = BeautifulSoup((site / "page.html").read_text(), "html.parser")
    assert [title.text for title in page.select(".ask-title")] == ["A shape", "Steps"]
    assert [form["aria-label"] for form in page.select("[role=group]")] == ["A shape", "Steps"]


def test_pages_without_questions_load_the_marks_alone(built):
    site, page, _ = built
    scripts = [tag["src"] for tag in page.select("script[src]")]
    assert [
        name
        for name in ("answers", "ask", "ask-order", "ask-code")
        if any(f"_static/{name}.js" in src for src in scripts)
    ] == ["answers", "ask", "ask-order"]
    other = (site / "other.html").read_text()
    assert "_static/answers.js" in other and "_static/ask.js" not in other


def test_a_notebook_asks_in_cells_of_the_reader_s_own_and_tells_no_solution(built):
    _, _, notebook = built
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert "from linreg_lib.exercises import check, solution" in code[0]
    own = [cell.source for cell in notebook.cells if "linreg" in cell.metadata]
    assert 'check("steps", ...)' in own[1]
    assert "one of" in own[0] and all(f'"{key}"' in own[0] for key in ("flat", "column", "table"))
    assert "a list out of" in own[2] and '"update"' in own[3]
    assert own[4].endswith('check("write-sgd", sgd)')
    assert "solved = 5" not in str(code) and "talked = 1" not in str(code)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert 'solution("shape")' in prose
    talk = prose[prose.index("<summary>Solution to exercise 6") :]
    assert "```python\ntalked = 1\n```" in talk


def test_a_prediction_in_a_notebook_folds_what_became_of_each_answer(built):
    _, _, notebook = built
    sources = [cell.source for cell in notebook.cells]
    question = next(i for i, text in enumerate(sources) if "What will you see" in text)
    assert "- A thick band" in sources[question] and "It is so" not in sources[question]
    assert 'print("covered")' in sources[question + 1]
    assert re.search(r"<summary>What became.*\n\n- \*\*A line\*\*: Not so", sources[question + 2])


def test_for_a_class_no_solution_is_in_the_notebook(build, monkeypatch):
    monkeypatch.setenv("LINREG_SOLUTIONS", "no")
    site, _ = build(PAGE)
    text = (site / "page.ipynb").read_text()
    assert "olution" not in text and "talked = 1" not in text
    assert 'from linreg_lib.exercises import check"' in text


def test_a_start_does_not_take_a_name_that_later_cells_need(build):
    later = "\n```{code-cell} ipython3\nsgd([], 0.1, 1)\n```\n"
    task = "```{exercise} Write\n:label: ex-sgd\n:check: write-sgd\n\nDo.\n```\n"
    site, warnings = build(task + later)
    assert warnings == ""
    notebook = nbformat.read(site / "page.ipynb", as_version=4)
    own = next(cell.source for cell in notebook.cells if "linreg" in cell.metadata)
    assert all(line.startswith("#") for line in own.split("\n"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("```{predict} a\n:right: 1\nWhat?\n\nThis\n: So.\n```\n", "predict without predict-end"),
        ("```{predict-end}\n```\n", "predict-end without predict"),
        ("```{predict} a\nWhat?\n\nThis\n: So.\n```\n\n```{predict-end}\n```\n", ":right: 2"),
        ("```{predict} a\n:right: 1\nWhat?\n```\n\n```{predict-end}\n```\n", "ends in its options"),
        (
            "```{predict} a\n:right: 3\nWhat?\n\nThis\n: So.\n```\n\n```{predict-end}\n```\n",
            "right: 3, but there are 1 options",
        ),
        ("```{exercise} A\n:label: ex-a\n:check: nowhere\n\nDo.\n```\n", "no exercise 'nowhere'"),
    ],
)
def test_what_is_amiss_is_told(build, text, says):
    _, warnings = build(text)
    assert says in warnings


def known(name):
    """What the page knows of an exercise of ours, as Python's own check has it."""
    from book_asks import knowledge, told

    facts = tomllib.loads((exercises()[name].folder / "exercise.toml").read_text())
    mistakes = {told(facts, one): one for one in facts["mistakes"]}
    return knowledge(facts, str), mistakes


CLOSED = {name: one.kind for name, one in exercises().items() if one.kind in ("number", "order")}


@pytest.mark.parametrize("name", [name for name, kind in CLOSED.items() if kind == "number"])
def test_the_page_judges_a_number_as_python_does(name):
    table, mistakes = known(name)
    rows = [table["right"], *table["mistakes"]]
    for row in rows:
        wide = row["high"] - row["low"]
        for number in (row["low"] + s * wide for s in (-0.3, 0.1, 0.5, 0.9, 1.3)):
            found = next((r for r in rows if r["low"] <= number <= r["high"]), None)
            said = check(name, number)
            assert said.passed == (found is rows[0]), number
            if found is not rows[0]:
                assert said.mistake == (mistakes[found["told"]] if found else None), number


@pytest.mark.parametrize("name", [name for name, kind in CLOSED.items() if kind == "order"])
def test_the_page_judges_an_order_as_python_does(name):
    table, mistakes = known(name)
    keys = list(exercises()[name].lines)
    for order in itertools.permutations(range(len(keys))):
        found = next(
            (
                row
                for row in table["mistakes"]
                if all(order.index(a) < order.index(b) for a, b in row["before"])
            ),
            None,
        )
        said = check(name, [keys[i] for i in order])
        assert said.passed == (found is None)
        assert said.mistake == (mistakes[found["told"]] if found else None)
