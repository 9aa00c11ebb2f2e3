"""A name that PyTorch has and the miniature lacks is refused; a name that neither has is missing."""

import json
import os
import subprocess
import sys

from building import ROOT

LOOK_UP = """
import importlib, json, sys
import torch
from torch._mini import names
from torch._mini.refusal import Unsupported

HOMES = {
    "TORCH": "torch", "NN": "torch.nn", "FUNCTIONAL": "torch.nn.functional", "NN_INIT": "torch.nn.init",
    "NN_UTILS": "torch.nn.utils", "OPTIM": "torch.optim", "LR_SCHEDULER": "torch.optim.lr_scheduler",
    "AUTOGRAD": "torch.autograd", "AUTOGRAD_FUNCTIONAL": "torch.autograd.functional",
    "AUTOGRAD_GRAPH": "torch.autograd.graph", "LINALG": "torch.linalg", "UTILS_DATA": "torch.utils.data",
    "RANDOM": "torch.random",
}
places = {home: importlib.import_module(home) for home in HOMES.values()}
places["a tensor"] = torch.ones(2)
places["a module"] = torch.nn.Linear(1, 1)
known = {home: getattr(names, key) for key, home in HOMES.items()}
known |= {"a tensor": names.TENSOR, "a module": names.MODULE}
found = {}
for home, place in places.items():
    counts = {"there": 0, "refused": 0}
    for name in sorted(known[home]):
        if name.startswith("_") or name in ("grad", "T", "H", "mH"):
            continue
        try:
            getattr(place, name)
            counts["there"] += 1
        except Unsupported:
            counts["refused"] += 1
    try:
        place.no_such_name
    except AttributeError as error:
        counts["missing"] = str(error)
    found[home] = counts
imports = {}
for name in ("torch.cuda", "torch.jit", "torch.utils.tensorboard", "torch.nn.modules.rnn", "numpy.fft",
             "torchvision.datasets", "matplotlib.pyplot", "sklearn.datasets", "torch.no_such_module"):
    try:
        importlib.import_module(name)
        imports[name] = "there"
    except Unsupported:
        imports[name] = "refused"
    except Exception as error:
        imports[name] = type(error).__name__
json.dump([found, imports], sys.stdout)
"""
MISSING = {
    "torch": "module 'torch' has no attribute 'no_such_name'",
    "torch.nn": "module 'torch.nn' has no attribute 'no_such_name'",
    "a tensor": "'Tensor' object has no attribute 'no_such_name'",
    "a module": "'Linear' object has no attribute 'no_such_name'",
}


def test_every_name_is_there_or_refused():
    path = os.pathsep.join(map(str, [ROOT / "inpage", ROOT]))
    done = subprocess.run(
        [sys.executable, "-c", LOOK_UP],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    found, imports = json.loads(done.stdout)
    assert found["torch"]["there"] > 150
    assert all(counts["refused"] for home, counts in found.items())
    for home, text in MISSING.items():
        assert found[home]["missing"] == text
    assert all("no_such_name" in counts["missing"] for counts in found.values())
    assert all(answer in ("there", "refused") for answer in imports.values())
    assert (
        imports["torch.jit"] == imports["numpy.fft"] == imports["torchvision.datasets"] == "refused"
    )
