"""The workflows on GitHub: pinned, with the least rights, and calling targets that exist."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text()


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def workflow(request):
    return yaml.safe_load(request.param.read_text())


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


def test_there_are_three():
    assert [path.stem for path in FILES] == ["publish", "test", "weekly"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_actions_are_pinned_to_a_commit_and_say_which_version_it_is(path):
    for line in re.findall(r"uses: +(.*)", path.read_text()):
        assert re.match(r"\./|[\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+$", line), line


def test_everything_may_read_and_only_publishing_may_write(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        writes = "write" in str(job.get("permissions", ""))
        assert writes == (name == "publish")
        assert all(
            "persist-credentials" in s["with"] for s in steps(workflow) if "checkout" in str(s)
        )


def test_jobs_end_by_themselves(workflow):
    assert all("timeout-minutes" in job or "uses" in job for job in workflow["jobs"].values())


def test_make_targets_exist(workflow):
    for step in steps(workflow):
        for target in re.findall(r"^make ([\w./-]+)", step.get("run", ""), re.MULTILINE):
            target = target.replace(".venv", "$(VENV)")
            assert re.search(rf"^{re.escape(target)}:", MAKEFILE, re.MULTILINE), target


def test_publishing_waits_for_the_tests_and_takes_place_on_main_alone():
    publish = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text())
    job = publish["jobs"]["publish"]
    assert publish["jobs"]["test"]["uses"] == "./.github/workflows/test.yml"
    assert job["needs"] == "test" and job["if"] == "github.ref == 'refs/heads/main'"
    assert publish[True] == {"push": {"branches": ["main"]}}  # YAML reads the key `on` as true


def test_every_supported_python_is_tested_and_newest_torch_may_fail():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text())["jobs"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert jobs["newest-torch"]["continue-on-error"] is True
