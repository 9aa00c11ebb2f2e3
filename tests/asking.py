"""A page of questions and a small bank: what the tests of predictions and exercises share."""

import sys
from io import StringIO
from pathlib import Path
from textwrap import dedent

from building import ROOT
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

EXTENSIONS = ROOT / "book" / "_ext"
CONF = {
    "extensions": [
        "myst_nb",
        "book_exercises",
        "book_predictions",
        "book_math",
        "book_notebooks",
        "book_editing",
    ],
    "nb_execution_mode": "off",
    "html_math_renderer": "mathml",
    "html_theme": "sphinx_book_theme",
    "html_static_path": [str(ROOT / "book" / "_assets")],
    "html_css_files": ["book.css"],
    "html_context": {"default_mode": "auto"},
    "myst_enable_extensions": ["amsmath", "colon_fence", "deflist", "dollarmath"],
}
FRONT = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
BANK = {
    "shape": """
        kind = "choice"
        title = "A shape"
        task = "Which shape has `X @ w`?"
        address = "page.html#exercises"
        hints = ["Which dimensions meet?", "Those that meet vanish.", "`(5,)`"]
        [right]
        why = "The 2 meets the 2 and vanishes."
        [choices.flat]
        text = "`(5,)`"
        right = true
        [choices.column]
        text = "`(5, 1)`"
        mistake = "column"
        [choices.table]
        text = "`(5, 2)`"
        mistake = "table"
        [mistakes.column]
        did = "A column comes of a column."
        why = "`w` is flat here."
        [mistakes.table]
        did = "That is `X * w`."
        """,
    "steps": """
        kind = "number"
        title = "Steps"
        task = "How many steps?"
        address = "other.html"
        hints = ["A question", "The idea", "The line"]
        passed = "Right: a thousand."
        [right]
        value = 1000
        tolerance = 1
        why = "10 times 100."
        [unknown]
        value = "{answer} it is not."
        [mistakes.epochs]
        value = 10
        tolerance = 0.5
        did = "{answer} is the number of epochs."
        [mistakes.share]
        range = [0.3, 0.4]
        did = "{answer} is a share."
        """,
    "leaves": """
        kind = "choice"
        several = true
        title = "Leaves"
        task = "Which are leaves?"
        address = "page.html"
        hints = ["Who made it?", "The idea", "The line"]
        passed = "Right: `a` and `c`."
        [choices.a]
        text = "`a = torch.ones(2)`"
        right = true
        [choices.d]
        text = "`d = c + a`"
        mistake = "result"
        [choices.c]
        text = "`c = torch.zeros(2)`"
        right = true
        [mistakes.result]
        did = "`d` is a result."
        """,
    "step": """
        kind = "order"
        title = "A step"
        task = "Put the lines in order."
        address = "page.html"
        hints = ["When is it there?", "The idea", "The line"]
        passed = "Right: `w` moves."
        [lines]
        update = "sgd([w, b], lr, 10)"
        forward = "loss = squared_loss(linreg(X, w, b), y).sum()"
        backward = "loss.backward()"
        [mistakes.early]
        before = [["update", "backward"]]
        did = "`.grad` is None at the update."
        [mistakes.nothing]
        before = [["backward", "forward"]]
        did = "`loss` is not there yet."
        """,
}
PAGE = """
# Page

```{predict} thick
:right: 2
What will you see, with `len(X)`?

A line
: Not so, since $x_1$ is there too.

A thick band
: It is so.
```

What was covered.

```{code-cell} ipython3
print("covered")
```

```{predict-end}
```

```{predict} how-many
:number:
:right: 1
:tolerance: 2
How many steps?

66
: About 66.

33
: Half of it.

else
: The logarithm of it.
```

What was covered next.

```{predict-end}
```

## Exercises

```{exercise} Shapes
:label: ex-shape
:check: shape

Which shape?
```

```{solution-start} ex-shape
```

The 2 vanishes.

```{code-cell} ipython3
solved = 5
```

```{solution-end}
```

```{exercise} Steps
:label: ex-steps
:check: steps

How many?
```

```{exercise} Leaves
:label: ex-leaves
:check: leaves

Which?
```

```{exercise} A step
:label: ex-step
:check: step

In order, please.
```

```{exercise} Write sgd
:label: ex-sgd
:check: write-sgd

Write it.
```

```{exercise} Talk
:label: ex-talk

Why?
```

```{solution-start} ex-talk
```

Because:

```{code-cell} ipython3
talked = 1
```

```{solution-end}
```

```{code-cell} ipython3
print("the end")
```
"""


def write_bank(folder: Path) -> Path:
    """Write a package of exercises for LINREG_LIB_ROOT; the widgets and one in code are ours."""
    package = folder / "linreg_lib"
    (package / "exercises").mkdir(parents=True)
    for name, text in BANK.items():
        (package / "exercises" / name).mkdir()
        path = package / "exercises" / name / "exercise.toml"
        path.write_text(dedent(text), encoding="utf-8")
    own = ROOT / "linreg_lib"
    (package / "exercises" / "write-sgd").symlink_to(own / "exercises" / "write-sgd")
    (package / "widgets").symlink_to(own / "widgets")
    return folder


def build_page(folder: Path, text: str) -> tuple[Path, str]:
    """Build a book of two pages in this process; give its site and what Sphinx warned of."""
    if str(EXTENSIONS) not in sys.path:
        sys.path.insert(0, str(EXTENSIONS))
    source = folder / "source"
    source.mkdir(exist_ok=True)
    (source / "index.md").write_text("# Book\n\n```{toctree}\npage\nother\n```\n")
    (source / "other.md").write_text("# Other page\n")
    (source / "page.md").write_text(FRONT + text, encoding="utf-8")
    site, warnings = folder / "html", StringIO()
    with docutils_namespace():
        app = Sphinx(
            source,
            None,
            site,
            folder / "doctrees",
            "html",
            confoverrides=CONF,
            status=None,
            warning=warnings,
        )
        app.build()
    return site, warnings.getvalue()
