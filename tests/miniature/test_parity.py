"""The miniature does what PyTorch does, or refuses by name."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT
from miniature.fuzzing import program
from miniature.recordings import alike

from linreg_lib.pitfalls import PITFALLS

RUNNER = Path(__file__).with_name("run_programs.py")
MINIATURE = [ROOT / "inpage", ROOT]
# As many random programs as every run can afford; the weekly run asks for more.
SEEDS = range(int(os.environ.get("LINREG_FUZZ", "40")))


def answers(programs: list[str], folders: list[Path], plant: str | None = None) -> list[dict]:
    """Run programs with these folders first on the path; plant: a bug in the miniature."""
    done = subprocess.run(
        [sys.executable, RUNNER],
        input=json.dumps(programs),
        env={
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(map(str, folders)),
            **({"MINIATURE_PLANT": plant} if plant else {}),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def differences(programs: dict[str, str]) -> tuple[list[str], int]:
    """Name the programs that do something else on the miniature, and count those it refuses."""
    real = answers(list(programs.values()), [ROOT])
    mini = answers(list(programs.values()), MINIATURE)
    return compared(programs, real, mini)


def compared(names, real, mini) -> tuple[list[str], int]:
    """Which of two lists of answers differ, and how many programs the miniature refused."""
    found, refused = [], 0
    for name, one, other in zip(names, real, mini, strict=True):
        if other.get("refused"):
            refused += 1
            continue
        same = alike(one["printed"], other["printed"]) and all(
            one[part] == other[part] for part in ("error", "warnings")
        )
        if not same:
            found.append(f"{name}: {one['error']} / {other['error']}")
    return found, refused


def test_the_pitfalls_programs():
    programs = {}
    for name, pitfall in PITFALLS.items():
        programs[f"{name} wrong"], programs[f"{name} right"] = pitfall.wrong, pitfall.right
        for i, lookalike in enumerate(pitfall.lookalikes):
            programs[f"{name} lookalike {i}"] = pitfall.edited(lookalike)
    found, refused = differences(programs)
    assert found == []
    assert refused <= 0.05 * len(programs)


def test_the_playgrounds_programs_of_the_chapters():
    files = sorted((ROOT / "book" / "programs").glob("*.py"))
    found, refused = differences({f.stem: f.read_text(encoding="utf-8") for f in files})
    assert (found, refused) == ([], 0)


def test_programs_of_the_corpus():
    folder = ROOT / "tests" / "hints_corpus" / "wrong"
    files = sorted(folder.rglob("*.py"))[::8]
    assert len(files) > 40
    programs = {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in files}
    found, refused = differences(programs)
    assert found == []
    assert refused <= 0.17 * len(programs)


@pytest.fixture(scope="module")
def forum_programs():
    """Programs in the style of forum threads, and what PyTorch does with each."""
    files = sorted(RUNNER.with_name("programs").glob("*.py"))
    programs = {file.stem: file.read_text(encoding="utf-8") for file in files}
    return programs, answers(list(programs.values()), [ROOT])


def test_programs_in_the_style_of_forum_threads(forum_programs):
    programs, real = forum_programs
    assert len(programs) > 180
    found, refused = compared(programs, real, answers(list(programs.values()), MINIATURE))
    assert found == []
    assert refused <= len(programs) / 6


@pytest.fixture(scope="module")
def random_programs():
    """Random programs, and what PyTorch does with each."""
    programs = {f"seed {seed}": program(seed) for seed in SEEDS}
    return programs, answers(list(programs.values()), [ROOT])


def test_random_programs(random_programs):
    programs, real = random_programs
    found, refused = compared(programs, real, answers(list(programs.values()), MINIATURE))
    assert found == []
    assert refused <= len(programs) / 6


@pytest.mark.parametrize("bug", ["broadcast gradient", "version check", "view"])
def test_a_planted_bug_is_found(forum_programs, random_programs, bug):
    programs = {**forum_programs[0], **random_programs[0]}
    real = forum_programs[1] + random_programs[1]
    mini = answers(list(programs.values()), MINIATURE, plant=bug)
    assert compared(programs, real, mini)[0] != []
