"""Widgets and their messages in a real kernel, under today's ipywidgets and under Colab's 7.7.1."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from jupyter_core.utils import run_sync
from nbclient import NotebookClient

from linreg_lib.widgets.training_lab import DEFAULTS, train_with

ROOT = Path(__file__).resolve().parents[2]
CELLS = [
    "import ipywidgets; print(ipywidgets.__version__)",
    "from linreg_lib.widgets import TrainingLab; lab = TrainingLab(); lab",
    "from linreg_lib.widgets import MinibatchViewer; MinibatchViewer()",
    "lab.lr = 0.1; print(lab.run.lr, lab.run.num_steps)",
]
VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module", params=["installed", "7.7.1"])
def ipywidgets(request, tmp_path_factory):
    """The folder to put before all others, so that kernels import this ipywidgets; or none."""
    if request.param == "installed":
        return request.param, []
    folder = tmp_path_factory.mktemp("ipywidgets")
    options = ["-q", "--disable-pip-version-check", "--no-deps", "--target", folder]
    packages = [f"ipywidgets=={request.param}", "ipython_genutils==0.2.0"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, *packages], check=True)
    return request.param, [str(folder)]


class Kernel:
    """A notebook's kernel, and the messages of its widgets."""

    def __init__(self, client, version):
        self.client = client
        self.version = version
        self.ran = []

    def run(self, index):
        cell = self.client.execute_cell(self.client.nb.cells[index], index)
        self.ran.append(cell)
        return cell.outputs

    def send(self, model, content):
        """Send what a view would send; return the widget's next message and its buffers."""
        kc = self.client.kc
        data = {"method": "custom", "content": content}
        kc.shell_channel.send(kc.session.msg("comm_msg", {"comm_id": model, "data": data}))
        while True:
            message = run_sync(kc.get_iopub_msg)(timeout=30)
            kind, body = message["msg_type"], message["content"]
            assert kind not in ("error", "stream"), f"a callback wrote: {body}"
            ours = kind == "comm_msg" and body["comm_id"] == model
            if ours and body["data"]["method"] == "custom":
                return body["data"]["content"], message["buffers"]


@pytest.fixture
def kernel(ipywidgets):
    version, folders = ipywidgets
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    client = NotebookClient(nb, timeout=120, kernel_name="python3")
    path = os.pathsep.join([*folders, str(ROOT)])
    env = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    with client.setup_kernel(env=env):
        kernel = Kernel(client, version)
        first = kernel.run(0)[0].text.strip()
        assert first == version or version == "installed"
        yield kernel


def test_the_lab_answers_its_view(kernel):
    shown, kept = kernel.run(1)
    assert "image/svg+xml" not in shown.data, "it would stand in the notebook twice"
    assert "data:image/svg+xml;base64," in kept.data["text/html"]
    assert "ends at loss" in kept.data["text/html"]
    model = shown.data[VIEW]["model_id"]

    hello, _ = kernel.send(model, {"kind": "hello"})
    assert hello["engine"].startswith("PyTorch ")

    settings = {**DEFAULTS, "lr": 0.3, "num_epochs": 2}
    reply, buffers = kernel.send(model, {"kind": "ask", "id": "v-1", **settings})
    assert (reply["kind"], reply["id"], reply["settings"]) == ("reply", "v-1", settings)
    run, true_losses = train_with(settings)
    losses, params, grads = (np.frombuffer(b, np.float32) for b in buffers[:3])
    assert losses == pytest.approx(run.step_losses.numpy())
    assert params == pytest.approx(run.step_params.numpy().reshape(-1))
    assert grads == pytest.approx(run.step_grads.numpy().reshape(-1))
    epoch_losses, own_losses = (np.frombuffer(b, np.float64) for b in buffers[3:])
    assert epoch_losses == pytest.approx(run.epoch_losses)
    assert own_losses == pytest.approx(true_losses)

    error, _ = kernel.send(model, {"kind": "ask", "id": "v-2", **settings, "lr": -1})
    assert (error["kind"], error["id"]) == ("error", "v-2")
    assert "lr must be" in error["text"]

    (stream,) = kernel.run(3)
    assert stream.text.split() == ["0.3", "200"]
    no_errors(kernel)


def test_the_viewer_answers_its_view(kernel):
    shown, _ = kernel.run(2)
    model = shown.data[VIEW]["model_id"]
    ask = {"num_examples": 5, "batch_size": 2, "shuffle": False, "drop_last": True, "seed": 0}
    reply, _ = kernel.send(model, {"kind": "ask", "id": "v-1", **ask})
    assert reply["epochs"] == [[[0, 1], [2, 3]]] * 3
    no_errors(kernel)


def no_errors(kernel):
    """Neither a cell nor a callback (its error lands in the widget state) failed."""
    outputs = [output for cell in kernel.ran for output in cell.outputs]
    for state in kernel.client.widget_state.values():
        outputs += state.get("outputs", [])
    assert [o for o in outputs if o.get("output_type") == "error"] == []
