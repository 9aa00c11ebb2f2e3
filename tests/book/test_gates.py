"""What must fail a build, or run a chapter anew.

One book holds all faults that a build reports together; a cell that fails ends a build at once.
"""

import re
import shutil

import book_execution
import book_widgets
import pytest
from building import FRONT, ROOT, SmallBook, cell

DRAW = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
LOOSE_END = "```{exercise}\n:label: ex-a\nDo.\n```\n\n```{solution-start} ex-a\n```\n\nText.\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """What the build of a book with a fault of each kind printed, a line each."""
    book = SmallBook(tmp_path_factory.mktemp("faulty") / "book")
    book.write(front=FRONT.replace("description: A page.\n", ""), nameless="Text.\n")
    book.write(
        formula="$\\notacommand{x}$\n",
        loose=LOOSE_END,
        noisy=cell("import warnings\nwarnings.warn('beware')"),
        picture="Text.\n\n" + cell(DRAW),
        reference="Text.\n\nSee [there](#nowhere).\n",
    )
    (book.folder / "forgotten.md").write_text(f"{FRONT}\n# A page that no contents name\n")
    done = book.strictly()
    assert done.returncode != 0
    return done.stdout.splitlines()


def test_a_build_ends_with_what_is_to_be_mended_and_nothing_else(log):
    last = log[log.index("To be mended:") + 1 :]
    named = [re.search(r"(\w+)\.md(?::\d+)?: (?:WARNING|ERROR): ", line) for line in last if line]
    assert all(named), last
    faulty = {"forgotten", "formula", "loose", "nameless", "noisy", "picture", "reference"}
    assert {match[1] for match in named} == faulty
    assert len(named) == len(faulty)


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (r"forgotten.md:1", "not in _toc.yml"),
        (r"formula.md:9", "notacommand"),
        (r"loose.md:14", "solution-start without solution-end"),
        (r"nameless.md", "no description"),
        (r"noisy.md:1\d", "stderr was found"),
        (r"picture.md:1[123]", "without alternative text"),
        (r"reference.md:11", "nowhere"),
    ],
)
def test_a_fault_is_named_with_its_page_and_line(log, page, fault):
    last = log[log.index("To be mended:") + 1 :]
    assert any(re.search(f"(^|/){page}: .*{fault}", line) for line in last), last


def test_a_failing_cell_ends_the_build_and_its_line_is_named_last(tmp_path):
    book = SmallBook(tmp_path / "book")
    fails = "def check(value):\n    assert value == 42, 'not the answer'"
    book.write(
        good=cell("print(6 * 7)"),
        wrong=cell(fails) + "Text.\n\n" + cell("x = 6\ncheck(x * 9)", "remove-cell"),
    )
    done = book.build()
    assert done.returncode != 0
    line = 1 + (book.folder / "wrong.md").read_text().split("\n").index("check(x * 9)")
    message = f"wrong.md:{line}: ERROR: a cell failed: AssertionError: not the answer"
    assert done.stdout.strip().split("\n")[-1].endswith(message)
    assert not [line for line in done.stdout.split("\n") if "good.md" in line and "ERROR" in line]


def test_a_failing_cell_without_a_kernel_ends_the_build_too(tmp_path):
    book = SmallBook(tmp_path / "book")
    front = "---\ndescription: A page.\n---\n"
    after = "```{cell}\nprint(x)\n```\n"
    book.write(front, page="```{cell}\n:hidden:\n\nx = 1\nassert x == 2, 'no'\n```\n\n" + after)
    for done in (book.build(), book.build()):  # nor does the second build take it for done
        assert done.returncode != 0
        last = done.stdout[done.stdout.index("To be mended:") :].strip().split("\n")[1:]
        assert len(last) == 1
        assert last[0].endswith("page.md:11: ERROR: a cell failed: AssertionError: no")


def test_what_is_right_is_shown(tmp_path):
    book = SmallBook(tmp_path / "book")
    options = "---\nmystnb: {image: {alt: A rising line.}}\n---\n"
    pieces = "import sys, time\nfor piece in ('one ', 'two ', 'three'):\n"
    pieces += "    print(piece, end='', flush=True)\n    sys.stdout.flush()\n    time.sleep(0.3)"
    book.write(
        error=cell("int('four')", "raises-exception") + cell("print('went on')"),
        exercise="```{exercise} Doubling\n:label: ex-double\nDouble 21.\n```\n\n"
        "```{solution-start} ex-double\n```\n\nLike so:\n\n"
        + cell("print('answer', 2 * 21)")
        + "```{solution-end}\n```\n\n```{exercise}\n:label: ex-more\nSee {ref}`ex-double`.\n```\n",
        picture=cell(DRAW).replace("ipython3\n", "ipython3\n" + options),
        pieces=cell(pieces),
    )
    book.env["LINREG_BOOK_URL"] = "https://ada.example.org/linreg"
    done = book.strictly()
    assert done.returncode == 0
    assert "To be mended" not in done.stdout
    assert "invalid literal for int()" in book.html("error")
    assert "went on" in book.html("error")
    assert "one two three" in book.html("pieces")
    assert 'alt="A rising line."' in book.html("picture")
    html = book.html("exercise")
    solution = html[html.index("<details") : html.index("</details>")]
    assert "<summary>Solution to exercise 1</summary>" in solution
    assert "answer 42" in solution
    assert "Exercise 1: Doubling" in html
    assert '<a class="reference internal" href="#ex-double">' in html
    assert "Exercise 2" in html
    address = "https://ada.example.org/linreg/exercise.html"
    assert f'<link rel="canonical" href="{address}"' in html
    assert f'<meta property="og:url" content="{address}">' in html
    lost = book.html("404")  # shown at any depth: its addresses begin at the site's root
    assert "canonical" not in lost
    assert "og:url" not in lost
    assert '<meta name="robots" content="noindex">' in lost
    assert 'data-content_root="/linreg/"' in lost
    assert 'href="/linreg/exercise.html"' in lost
    assert not re.search(r'(?:href|src)="(?![/#]|https?:)', lost)


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

    styles = book.folder / "_build" / "html" / "_static" / "styles"
    before = {path.name: path.read_text() for path in styles.iterdir()}
    assert "pydata-sphinx-theme.css" in before
    assert book.strictly().returncode == 0  # there is nothing to do, and nothing is undone
    assert {path.name: path.read_text() for path in styles.iterdir()} == before

    with (package / "__init__.py").open("a") as file:
        file.write("\nMARKER = 'edited'\n")
    assert book.strictly().returncode == 0
    assert "marker edited" in book.html("page")
    caches = list((book.folder / "_build" / ".jupyter_cache").iterdir())
    assert len(caches) == 1, "the cache of the former package is still there"


def test_the_package_is_known_by_the_paths_of_its_files(tmp_path, monkeypatch):
    monkeypatch.setenv("LINREG_LIB_ROOT", str(tmp_path))
    for name, text in (("one", "x = 1"), ("two", "x = 2")):
        (tmp_path / "linreg_lib" / name).mkdir(parents=True)
        (tmp_path / "linreg_lib" / name / "same.py").write_text(text)
    before = book_execution.fingerprint()
    assert before == book_execution.fingerprint()
    for name, new in (("one", "1"), ("two", "2")):  # the same names and texts, in this order
        (tmp_path / "linreg_lib" / name).rename(tmp_path / "linreg_lib" / f"other{new}")
    assert before != book_execution.fingerprint()


def test_no_cell_of_a_chapter_uses_the_exercises():
    chapters = [p for p in (ROOT / "book").rglob("*.md") if "kernelspec:" in p.read_text()]
    assert len(chapters) > 10
    for chapter in chapters:
        cells = re.findall(r"^```{code-cell}.*?^```$", chapter.read_text(), re.M | re.S)
        assert cells and not any("linreg_lib.exercises" in cell for cell in cells), chapter


def test_files_that_no_page_names_any_more_are_removed(tmp_path):
    class App:
        outdir = str(tmp_path)

        class builder:
            format = "html"

    name = book_widgets.share(App, "p { color: red }", ".css")
    old = book_widgets.share(App, "p { color: blue }", ".css")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "page.html").write_text(f'<link href="../_static/widgets/{name}.css">')
    book_widgets.forget_old_files(App, None)
    assert (tmp_path / "_static" / "widgets" / f"{name}.css").is_file()
    assert not (tmp_path / "_static" / "widgets" / f"{old}.css").exists()
