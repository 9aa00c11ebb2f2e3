"""What make says, in one line with the cure, where something is missing or in the way."""

import shutil
import socket
import subprocess

import pytest
from building import ROOT


def make(*arguments):
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True)


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_taken_port_is_said_before_anything_is_built():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = make("serve", f"PORT={port}")
    assert done.returncode
    assert f"Port {port} is taken by another program: write make serve PORT={port + 1}" in (
        done.stdout + done.stderr
    )


def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    python = script(tmp_path / "python", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = make("lint", f"VENV={tmp_path / 'new'}", f"PYTHON={python}")
    assert done.returncode and "apt-get install python3-venv" in done.stdout


def test_an_environment_that_does_not_run_is_made_anew(tmp_path):
    environment = tmp_path / "broken"
    script(environment / "bin" / "python", "exit 1")
    (environment / "pyvenv.cfg").touch()
    done = make("-n", "lint", f"VENV={environment}")
    assert "does not run any more: it is made anew" in done.stdout
    assert f"-m venv {environment}" in done.stdout and not environment.exists()


@pytest.mark.parametrize("target", ["clean", "distclean"])
def test_a_broken_environment_is_no_reason_to_remove_it_where_nothing_runs(tmp_path, target):
    (tmp_path / "pyvenv.cfg").touch()
    make("-n", target, f"VENV={tmp_path}")
    assert (tmp_path / "pyvenv.cfg").exists()


def test_distclean_removes_no_folder_that_is_no_environment(tmp_path):
    (tmp_path / "thesis.tex").touch()
    # -o: as if clean had been done, for it would remove the site that other tests look at
    done = make("distclean", "-o", "clean", f"VENV={tmp_path}")
    assert done.returncode and "no environment of Python: it stays" in done.stdout
    assert (tmp_path / "thesis.tex").exists()


@pytest.fixture
def torch_steps(tmp_path):
    """`torch_steps(answer)`: what make asks pip for, where the CPU index answers 0 or 1."""

    def run(answer, *arguments):
        log = tmp_path / "log"
        script(
            tmp_path / "venv" / "bin" / "python",
            f'echo "$@" >> {log}; case "$*" in *whl/cpu*) exit {answer};; esac',
        )
        tools = tmp_path / "tools"  # all that the rule calls, on a machine without nvidia-smi
        tools.mkdir(exist_ok=True)
        for tool in ("make", "sh", "grep", "uname", "touch"):
            (tools / tool).symlink_to(shutil.which(tool))
        script(tools / "python3", "exit 0")
        target = f"{tmp_path}/venv/torch-installed"
        done = subprocess.run(
            ["make", target, f"VENV={tmp_path}/venv", *arguments],
            cwd=ROOT, capture_output=True, text=True, env={"PATH": str(tools)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return log.read_text().splitlines(), done.stdout

    return run


def test_pytorch_comes_alone_from_the_index_of_cpu_wheels(torch_steps):
    asked, _ = torch_steps(0)
    assert len(asked) == 1 and "--no-deps --index-url" in asked[0] and "+cpu" in asked[0]


def test_without_that_index_pip_s_default_is_taken_and_said(torch_steps):
    asked, said = torch_steps(1)
    assert len(asked) == 2 and "whl/cpu" not in asked[1] and "torch==" in asked[1]
    assert "taking pip's default" in said


def test_pip_args_decide(torch_steps):
    asked, _ = torch_steps(0, "PIP_ARGS=--no-cache-dir")
    assert len(asked) == 1 and "--no-cache-dir" in asked[0] and "whl/cpu" not in asked[0]
