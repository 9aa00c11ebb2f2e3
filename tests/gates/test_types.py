"""What type checkers of the package's users find: nothing."""

import subprocess
import sys

from building import ROOT


def test_a_typed_program_of_a_user_passes_mypy_at_its_strictest(tmp_path):
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent"]
    done = subprocess.run(
        [*command, "--cache-dir", tmp_path, "tests/typed_program.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
