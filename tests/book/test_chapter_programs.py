"""A chapter's cells as programs: what is left out, and that the rest runs in the page's Python."""

import os
import subprocess
import sys

import pytest
from book_chapter_programs import cells, programs
from building import ROOT

CHAPTER = """
```{code-cell} python3
import matplotlib.pyplot as plt
import torch

x = torch.ones(2)
```

```{code-cell} python3
:tags: [remove-cell]

hidden = 1
```

```{code-cell} python3
fig, ax = plt.subplots()
ax.plot(x)
```

```{code-cell} python3
---
tags: [hide-input]
---
y = x + 1
print(y, fig)
print(y)
z = hidden
```
"""


def test_cells_are_read_with_their_tags():
    assert [shown for _, shown in cells(CHAPTER)] == [True, False, True, True]
    assert cells(CHAPTER)[3][0].startswith("y = x + 1")


def test_figures_and_what_needs_them_are_left_out():
    first, last = programs(CHAPTER)
    assert first[1] == "import torch\n\nx = torch.ones(2)"
    assert last[1] == "y = x + 1\nprint(y)"
    assert last[0].endswith("z = hidden")


@pytest.mark.parametrize(
    "page",
    ["scratch/data", "scratch/iterators", "scratch/model", "scratch/sgd", "autograd-from-scratch"],
)
def test_a_chapter_runs_in_the_pages_own_python(page):
    found = programs((ROOT / "book" / f"{page}.md").read_text(encoding="utf-8"))
    assert len(found) > 8
    done = subprocess.run(
        [sys.executable, "-c", "\n\n".join(code for _, code in found)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "inpage"), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
