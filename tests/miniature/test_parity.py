"""The miniature does what PyTorch does, or refuses by name.

All programs run in one process of each: loading PyTorch takes longer than most of them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT
from miniature.fuzzing import program
from miniature.recordings import alike, unlike

from linreg_lib.pitfalls import PITFALLS

RUNNER = Path(__file__).with_name("run_programs.py")
REAL, MINIATURE = [ROOT], [ROOT / "inpage", ROOT]
# As many random programs as every run can afford; the weekly run asks for more, and for all
# recordings.
SEEDS = int(os.environ.get("LINREG_FUZZ", "40"))
EACH = 8 if SEEDS <= 40 else 1  # of so many programs one is recorded


def answers(folders: list[Path], run, record=(), plant: str | None = None) -> dict:
    """Run and record programs with these folders first on the path.

    plant: a bug in the miniature.
    """
    done = subprocess.run(
        [sys.executable, RUNNER],
        input=json.dumps({"run": list(run), "record": list(record)}),
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


def sources(files) -> dict[str, str]:
    """Programs by name."""
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


def of_pitfalls() -> dict[str, str]:
    programs = {}
    for name, pitfall in PITFALLS.items():
        programs[f"{name} wrong"], programs[f"{name} right"] = pitfall.wrong, pitfall.right
        for i, lookalike in enumerate(pitfall.lookalikes):
            programs[f"{name} lookalike {i}"] = pitfall.edited(lookalike)
    return programs


GROUPS = {
    "pitfalls": of_pitfalls(),
    "chapters": sources(sorted((ROOT / "book" / "programs").glob("*.py"))),
    "corpus": sources(sorted((ROOT / "tests" / "hints_corpus" / "wrong").rglob("*.py"))[::8]),
    "threads": sources(sorted(RUNNER.with_name("programs").glob("*.py"))),
    "random": {f"seed {seed}": program(seed) for seed in range(SEEDS)},
}
ALL = {name: source for programs in GROUPS.values() for name, source in programs.items()}
RECORDED = dict(list(GROUPS["threads"].items())[::EACH])


@pytest.fixture(scope="module")
def real():
    """What PyTorch does with each program, and its recordings of some."""
    return answers(REAL, ALL.values(), RECORDED.values())


@pytest.fixture(scope="module")
def mini():
    """The same of the miniature."""
    return answers(MINIATURE, ALL.values(), RECORDED.values())


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


# At least so many programs, of which at most this share is refused.
@pytest.mark.parametrize(
    ("group", "least", "share"),
    [
        ("pitfalls", 100, 0.05),
        ("chapters", 4, 0),
        ("corpus", 40, 0.17),
        ("threads", 180, 1 / 6),
        ("random", 40, 1 / 6),
    ],
)
def test_programs_do_the_same(real, mini, group, least, share):
    names = list(ALL)
    chosen = [names.index(name) for name in GROUPS[group]]
    assert len(chosen) >= least
    parts = [[answer["run"][i] for i in chosen] for answer in (real, mini)]
    found, refused = compared(GROUPS[group], *parts)
    assert found == []
    assert refused <= share * len(chosen)


def test_whole_recordings_are_the_same(real, mini):
    pairs = zip(RECORDED, real["record"], mini["record"], strict=True)
    compared = [
        (name, unlike(one["recording"], other["recording"]))
        for name, one, other in pairs
        if not other.get("refused")
    ]
    assert len(compared) >= 5 / 6 * len(RECORDED)
    assert [(name, found[:3]) for name, found in compared if found] == []


@pytest.mark.parametrize("bug", ["broadcast gradient", "version check", "view"])
def test_a_planted_bug_is_found(real, bug):
    names = list(ALL)
    chosen = [names.index(name) for name in (*GROUPS["threads"], *GROUPS["random"])]
    spoilt = answers(MINIATURE, (ALL[names[i]] for i in chosen), plant=bug)["run"]
    assert compared([names[i] for i in chosen], [real["run"][i] for i in chosen], spoilt)[0] != []
