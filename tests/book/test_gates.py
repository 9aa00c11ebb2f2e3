"""What must fail a build, or run a chapter anew."""

import shutil

from building import FRONT, ROOT, cell


def test_a_failing_assert_fails_the_build_even_without_strictness(book):
    book.write(good=cell("print(6 * 7)"), wrong=cell("assert 6 * 9 == 42", "remove-cell"))
    done = book.build()
    assert done.returncode != 0
    assert "a cell of wrong failed" in done.stdout
    assert "AssertionError" in done.stdout
    assert "a cell of good failed" not in done.stdout


def test_an_error_that_is_the_point_is_shown_and_does_not_fail(book):
    book.write(page=cell("int('four')", "raises-exception") + cell("print('went on')"))
    assert book.strictly().returncode == 0
    assert "invalid literal for int()" in book.html("page")
    assert "went on" in book.html("page")


def test_an_edit_of_the_package_runs_the_chapters_anew_and_nothing_else_does(book, tmp_path):
    package = tmp_path / "root" / "linreg_lib"
    shutil.copytree(ROOT / "linreg_lib", package, ignore=shutil.ignore_patterns("__pycache__"))
    book.env["LINREG_LIB_ROOT"] = str(package.parent)
    show = cell("import linreg_lib\nprint('marker', getattr(linreg_lib, 'MARKER', 'absent'))")
    book.write(page=show)
    assert book.strictly().returncode == 0
    assert "marker absent" in book.html("page")

    book.write(page=show + "More prose.\n")
    done = book.strictly()
    assert done.returncode == 0
    assert "More prose." in book.html("page")
    assert "running" not in done.stdout

    with (package / "__init__.py").open("a") as file:
        file.write("\nMARKER = 'edited'\n")
    assert book.strictly().returncode == 0
    assert "marker edited" in book.html("page")
    caches = list((book.folder / "_build" / ".jupyter_cache").iterdir())
    assert len(caches) == 1, "the cache of the former package is still there"


def test_a_line_that_arrives_in_pieces_stays_one_line(book):
    code = "import sys, time\nfor piece in ('one ', 'two ', 'three'):\n"
    code += "    print(piece, end='', flush=True)\n    sys.stdout.flush()\n    time.sleep(0.3)"
    book.write(page=cell(code))
    assert book.strictly().returncode == 0
    assert "one two three" in book.html("page")


def test_what_a_cell_writes_to_stderr_fails(book):
    book.write(page=cell("import warnings\nwarnings.warn('beware')"))
    done = book.strictly()
    assert done.returncode != 0
    assert "stderr was found" in done.stdout


def test_a_page_without_description_fails(book):
    book.write(page="Text.\n", front=FRONT.replace("description: A page.\n", ""))
    done = book.strictly()
    assert done.returncode != 0
    assert "no description" in done.stdout


def test_a_broken_reference_fails(book):
    book.write(page="See [there](#nowhere).\n")
    done = book.strictly()
    assert done.returncode != 0
    assert "nowhere" in done.stdout


def test_a_picture_without_words_fails_and_one_with_them_passes(book):
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    book.write(page=cell(draw))
    done = book.strictly()
    assert done.returncode != 0
    assert "without alternative text" in done.stdout
    options = "---\nmystnb: {image: {alt: A rising line.}}\n---\n"
    book.write(page=cell(draw).replace("ipython3\n", "ipython3\n" + options))
    assert book.strictly().returncode == 0
    assert 'alt="A rising line."' in book.html("page")


def test_mathematics_that_cannot_be_converted_fails(book):
    book.write(page="$\\notacommand{x}$\n")
    done = book.strictly()
    assert done.returncode != 0
    assert "notacommand" in done.stdout


def test_an_exercise_numbers_itself_and_folds_its_solution(book):
    book.write(
        page="```{exercise} Doubling\n:label: ex-double\nDouble 21.\n```\n\n"
        "```{solution-start} ex-double\n```\n\nLike so:\n\n"
        + cell("print('answer', 2 * 21)")
        + "```{solution-end}\n```\n\n```{exercise}\n:label: ex-more\nSee {ref}`ex-double`.\n```\n"
    )
    assert book.strictly().returncode == 0
    html = book.html("page")
    solution = html[html.index("<details") : html.index("</details>")]
    assert "<summary>Solution to exercise 1</summary>" in solution
    assert "answer 42" in solution
    assert "Exercise 1: Doubling" in html
    assert '<a class="reference internal" href="#ex-double">' in html
    assert "Exercise 2" in html


def test_a_solution_left_open_fails(book):
    book.write(
        page="```{exercise}\n:label: ex-a\nDo.\n```\n\n```{solution-start} ex-a\n```\n\nText.\n"
    )
    done = book.strictly()
    assert done.returncode != 0
    assert "solution-start without solution-end" in done.stdout
