"""The page's own Python tells every answer of the bank what PyTorch's tells it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from building import ROOT

# What the miniature does not carry, and so refuses by name.
LACKING = {"find-border", "write-synthetic-data"}


def test_the_miniature_tells_the_same():
    path = os.pathsep.join([str(ROOT / "inpage"), str(ROOT)])
    script = Path(__file__).with_name("run_bank.py")
    done = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert len(report) > 150
    other = [row for row in report if row[1] != row[2] and row[2] != "refused"]
    assert not other
    refused = [row[0] for row in report if row[2] == "refused"]
    assert set(refused) <= LACKING and len(refused) <= 15, refused
