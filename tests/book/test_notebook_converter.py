"""The converter: every construct that chapters use, as plain Markdown, and cells as they are."""

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import nbformat
import pytest
from notebook_names import missing_names

EXTENSIONS = Path(__file__).resolve().parents[2] / "book" / "_ext"
GITHUB = {"GITHUB_REPOSITORY": "ada/linreg", "GITHUB_SHA": "abc123", "GITHUB_REF_NAME": "main"}
CONF = f"""
import sys
sys.path.insert(0, {str(EXTENSIONS)!r})
extensions = ["myst_nb", "book_exercises", "book_math", "book_notebooks", "sphinxcontrib.bibtex"]
bibtex_bibfiles = ["works.bib"]
bibtex_reference_style = "author_year"
nb_execution_mode = "off"
nb_execution_raise_on_error = True
numfig = True
html_math_renderer = "mathml"
html_theme = "sphinx_book_theme"
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
"""
WORKS = """
@book{a, title = {On Engines}, author = {Ada Lovelace}, publisher = {T}, year = {1843}}
"""
FRONT = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
OTHER = FRONT + "(far)=\n# Other page\n\n```{bibliography}\n```\n"


def build(folder, page, environ=GITHUB, extra=""):
    """Build a book of two pages in a process of its own; give the process and the notebook."""
    source = folder / "source"
    (source / "sub").mkdir(parents=True, exist_ok=True)
    (source / "conf.py").write_text(CONF + extra)
    (source / "works.bib").write_text(WORKS)
    (source / "index.md").write_text("# Book\n\n```{toctree}\nsub/page\nother\n```\n")
    (source / "other.md").write_text(OTHER)
    (source / "sub" / "page.md").write_text(FRONT + dedent(page))
    env = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")} | environ
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", source, folder / "html"],
        env=env,
        capture_output=True,
        text=True,
    )
    made = folder / "html" / "sub" / "page.ipynb"
    return done, nbformat.read(made, as_version=4) if made.exists() else None


PAGE = r"""
(near)=
# The *page*

Inline $\hat y$ and {eq}`eq-one`; a [link](https://example.org), {ref}`far`, {ref}`near`,
{doc}`/other`, {cite}`a`. Plain signs: 3 * 4 * 5, `a_b`, \_x\_, \$5, \<tag>.

$$
\ell = \frac12 (\hat y - y)^2
$$ (eq-one)

$$
a &= b \\
c &= d
$$

\begin{align*}
e &= f
\end{align*}

```{code-cell} ipython3
:tags: [remove-cell]

from myst_nb import glue
glue("pi", 3.14159, display=False)
```

It is {glue:text}`pi:.2f`.[^1]

[^1]: Roughly.

- one
- two

  with a second paragraph

3. three
4. four

Term
: definition

| a | b |
|---|---|
| `x\|y` | $z$ |

> Said once.

:::{note}
A **note** with

```python
code = "`"
```
:::

:::{admonition} What `people` ask
:class: tip
Why?
:::

:::{admonition} Folded a_b
:class: tip, dropdown
Inside.
:::

```{code-cell} ipython3
:tags: [hide-input]

print("hidden code")
```

```{code-cell} ipython3
:tags: [raises-exception]

1 / 0
```

## Exercises

```{exercise} Halve $x$
:label: ex-half

Do it.
```

```{solution-start} ex-half
```

So:

```{code-cell} ipython3
1 / 2
```

Done.

```{solution-end}
```

End of {ref}`ex-half`.
"""
SITE = "https://ada.github.io/linreg/"
FAR = f"[Other page]({SITE}other.html#far)"
NEAR = f"[The page]({SITE}sub/page.html#near)"
DOC = f"[Other page]({SITE}other.html)"
CITED = rf"\[[Lovelace, 1843]({SITE}other.html#id2)\]"
SIGNS = r"Plain signs: 3 \* 4 \* 5, `a_b`, \_x\_, \$5, \<tag\>."
PROSE = [
    "# The *page*",
    f"You can also [read this page on the book's site]({SITE}sub/page.html).",
    rf"""
Inline $\hat y$ and (1); a [link](https://example.org), {FAR}, {NEAR}, {DOC}, {CITED}. {SIGNS}

$$
\ell = \frac12 (\hat y - y)^2 \tag{{1}}
$$

$$
\begin{{aligned}}a &= b \\
c &= d\end{{aligned}}
$$

\begin{{align*}}
e &= f
\end{{align*}}

It is 3.14.<sup>1</sup>

- one
- two

  with a second paragraph

3. three
4. four

- **Term**: definition

| a | b |
| --- | --- |
| `x\|y` | $z$ |

> Said once.

> **Note**
>
> A **note** with
>
> ```python
> code = "`"
> ```

> **What `people` ask**
>
> Why?

<details>
<summary>Folded a_b</summary>

Inside.

</details>
""",
    f"""
## Exercises

> **Exercise 1: Halve $x$**
>
> Do it.

<details>
<summary>Solution to exercise 1</summary>

So:

```python
1 / 2
```

Done.

</details>

End of [Exercise 1]({SITE}sub/page.html#ex-half).

**Notes**

<sup>1</sup> Roughly.

**References**

Ada Lovelace. On Engines. T, 1843.
""",
]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    done, notebook = build(
        tmp_path_factory.mktemp("book"), PAGE, extra='nb_execution_mode = "force"'
    )
    assert done.returncode == 0, done.stderr
    return notebook


def test_every_construct_becomes_plain_markdown(notebook):
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert prose == [text.strip() for text in PROSE]


def test_cells_are_those_of_the_source_without_checks_and_outputs(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code[1:]] == ['print("hidden code")', "1 / 0"]
    folded = {"jupyter": {"source_hidden": True}, "cellView": "form"}
    assert [cell.metadata for cell in code[1:]] == [folded, {"tags": ["raises-exception"]}]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    nbformat.validate(notebook)


def test_first_code_cell_installs_the_package_at_the_commit(notebook):
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert "missing, this cell installs it" in first.source
    address = "https://github.com/ada/linreg/archive/abc123.zip"
    assert f'%pip install --quiet "linreg_lib[notebook] @ {address}"' in first.source


def test_ids_are_unique_and_made_from_the_content_alone(notebook, tmp_path):
    one = "\n```{code-cell} ipython3\n1 / 0\n```\n"
    _, other = build(tmp_path, "# Another page\n" + one + "\nAgain:\n" + one)
    ids = [cell.id for cell in other.cells]
    assert len(set(ids)) == len(ids)
    first, *twice = (c.id for nb in (notebook, other) for c in nb.cells if c.source == "1 / 0")
    assert twice == [first, f"{first}-2"]


def test_without_a_repository_references_are_words_and_there_are_no_buttons(tmp_path):
    page = "# Page\n\nSee {ref}`far` and [a](https://example.org).\n\n```{code-cell}\n1\n```\n"
    # The working copy that holds the extensions may have a remote: look from an empty folder.
    alone = f"import book_notebooks, pathlib\nbook_notebooks.ROOT = pathlib.Path({str(tmp_path)!r})"
    done, made = build(tmp_path, page, {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}, alone)
    assert done.returncode == 0, done.stderr
    text = json.dumps(made)
    assert "See Other page and [a](https://example.org)." in text
    assert "github" not in text and "%pip" not in text
    assert "needs `linreg_lib`" in text
    html = (tmp_path / "html" / "sub" / "page.html").read_text()
    assert "colab" not in html.lower() and "binder" not in html.lower()
    assert 'href="page.ipynb"' in html


def test_a_new_repository_is_not_missed_by_an_incremental_build(tmp_path):
    page = "# Page\n\n```{code-cell}\n1\n```\n"
    build(tmp_path, page)
    _, made = build(tmp_path, page, GITHUB | {"GITHUB_REPOSITORY": "grace/fork"})
    assert "github.com/grace/fork/archive" in json.dumps(made)
    html = (tmp_path / "html" / "sub" / "page.html").read_text()
    assert "github/grace/fork/blob/gh-pages/sub/page.ipynb" in html
    assert "ada" not in html


HIDDEN = """
# Page

```{code-cell}
:tags: [remove-cell]

x, y = 1, 2
```

```{code-cell}
y = 3
print(x, y)
```
"""


def test_what_would_be_lost_or_missing_fails_the_build(tmp_path):
    done, _ = build(tmp_path, HIDDEN + "\n```{hlist}\n- a\n```\n")
    assert done.returncode != 0
    assert "no rule for a 'hlist' node" in done.stderr
    assert "the cell 'y = 3' uses 'x', which only a removed cell defines" in done.stderr
    assert "'y', which" not in done.stderr


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([("x = 1", False), ("x", True)], [(1, "x")]),
        ([("x = 1", True), ("x = 2", False), ("x", True)], []),
        ([("import a.b as c", False), ("c.d", True)], [(1, "c")]),
        ([("x = 1", False), ("def f(x): return x", True)], []),
        ([("x = 1", False), ("[x for x in range(3)]", True)], []),
        ([("def f(): pass", False), ("class f: pass\nf", True)], []),
        ([("x = 1", False), ("%time x", True)], []),
    ],
)
def test_missing_names(cells, found):
    assert missing_names(cells) == found


def test_a_page_without_cells_has_no_notebook(tmp_path):
    done, made = build(tmp_path, "# Page\n\nText.\n")
    assert done.returncode == 0, done.stderr
    assert made is None
    assert ".ipynb" not in (tmp_path / "html" / "sub" / "page.html").read_text()
