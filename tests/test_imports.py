import subprocess
import sys

import linreg_lib


def test_importing_the_package_loads_torch_and_nothing_heavier():
    heavy = "matplotlib", "ipywidgets", "anywidget", "IPython", "tqdm.auto", "tqdm.notebook"
    code = (
        "import torch, sys; before = set(sys.modules); import linreg_lib; "
        f"print([m for m in {heavy!r} if m in sys.modules and m not in before])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert result.stdout == "[]\n"


def test_every_public_name_is_there_with_a_docstring():
    assert sorted(set(linreg_lib.__all__)) == sorted(linreg_lib.__all__)
    for name in linreg_lib.__all__:
        assert getattr(linreg_lib, name).__doc__, name
