"""What a user writes: data, a loop of their own, a training run with a hook, a recording."""

import torch

import linreg_lib
from linreg_lib import TrainingRun, data_iter, init_params, linreg, sgd, squared_loss
from linreg_lib.autograd import Trace, autograd_graph, trace


def trained(lr: float, num_epochs: int = 3) -> TrainingRun:
    """Train, and hear of each step."""
    generator = torch.Generator().manual_seed(0)
    features, labels = linreg_lib.synthetic_data([2, -3.4], 4.2, 1000, generator=generator)
    losses: list[float] = []

    def note(step: linreg_lib.Step) -> None:
        losses.append(step.loss)

    return linreg_lib.train(
        features, labels, lr=lr, num_epochs=num_epochs, generator=generator, on_step=note
    )


run = trained(0.03)
last: float = run.epoch_losses[-1]
w, b = init_params(2)
for X, y in data_iter(10, torch.rand(20, 2), torch.rand(20, 1), generator=torch.Generator()):
    loss: torch.Tensor = squared_loss(linreg(X, w, b), y)
    sgd([w, b], lr=0.1, batch_size=len(y))
nodes: int = len(autograd_graph(w=w, b=b).nodes)
recording: Trace = trace("import torch\nx = torch.ones(2)\n")
