"""Write `torch/_mini/names.py`: the names that PyTorch has, taken from the PyTorch installed here.

    python inpage/scripts/make_names.py

A name that PyTorch has and the miniature lacks is refused; a name that neither has is missing.
"""

import importlib
from pathlib import Path

import torch

MODULES = {
    "TORCH": "torch",
    "NN": "torch.nn",
    "NN_INIT": "torch.nn.init",
    "NN_PARAMETER": "torch.nn.parameter",
    "NN_UTILS": "torch.nn.utils",
    "FUNCTIONAL": "torch.nn.functional",
    "LINALG": "torch.linalg",
    "OPTIM": "torch.optim",
    "OPTIMIZER": "torch.optim.optimizer",
    "LR_SCHEDULER": "torch.optim.lr_scheduler",
    "AUTOGRAD": "torch.autograd",
    "AUTOGRAD_FUNCTIONAL": "torch.autograd.functional",
    "AUTOGRAD_GRAPH": "torch.autograd.graph",
    "OVERRIDES": "torch.overrides",
    "RANDOM": "torch.random",
    "UTILS": "torch.utils",
    "UTILS_DATA": "torch.utils.data",
}
FILE = Path(__file__).parents[1] / "torch" / "_mini" / "names.py"


def main() -> None:
    """Collect the names and write the file."""
    groups = {
        key: {name for name in dir(importlib.import_module(module)) if not name.startswith("__")}
        for key, module in MODULES.items()
    }
    groups["TENSOR"] = {name for name in dir(torch.Tensor) if not name.startswith("__")}
    groups["MODULE"] = {name for name in dir(torch.nn.Module()) if not name.startswith("__")}
    version = torch.__version__.split("+")[0]
    lines = [
        f'"""Names that PyTorch {version} has, by inpage/scripts/make_names.py."""',
        "",
        "",
        "def _names(text):",
        "    return frozenset(text.split())",
        "",
    ]
    for key, names in groups.items():
        lines += ["", f'{key} = _names("""']
        line = ""
        for name in sorted(names):
            if len(line) + len(name) > 98:
                lines.append(line)
                line = ""
            line = f"{line} {name}".strip()
        lines += [line, '""")']
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
