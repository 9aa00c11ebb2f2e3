"""The loss surface of the lab against PyTorch's closed form and eigenvalues."""

import pytest
import torch

from linreg_lib import least_squares, squared_loss, synthetic_data
from linreg_lib.widgets.training_lab import TRUE_B, TRUE_W

BODY = """
const s = m.surface(args.x.flat(), args.y);
const at = [0.5, -1, 2];
const ring = m.ellipses(s, [0, 2], [1.5])[0];
const point = [...s.best];
point[0] += ring.rx * Math.cos(ring.angle);
point[2] += ring.rx * Math.sin(ring.angle);
return { best: s.best, floor: s.floor, largest: s.largest, loss: s.loss(at), rim: s.loss(point) };
"""


@pytest.mark.parametrize("n", [10, 200])
def test_surface(js, seeded, n):
    X, y = synthetic_data(TRUE_W, TRUE_B, n, noise_std=0.5, generator=seeded(n))
    X, y = X.double(), y.double()
    got = js("lab/surface.js", BODY, {"x": X.tolist(), "y": y.reshape(-1).tolist()})
    w, b = least_squares(X, y)
    assert got["best"] == pytest.approx([*w.reshape(-1).tolist(), b.item()])
    floor = squared_loss(X @ w + b, y).mean().item()
    assert got["floor"] == pytest.approx(floor)
    design = torch.cat([X, torch.ones(n, 1, dtype=X.dtype)], 1)
    largest = torch.linalg.eigvalsh(design.T @ design / n).max().item()
    assert got["largest"] == pytest.approx(largest)
    at = torch.tensor([[0.5], [-1.0]], dtype=X.dtype)
    assert got["loss"] == pytest.approx(squared_loss(X @ at + 2, y).mean().item())
    assert got["rim"] == pytest.approx(floor + 1.5)  # a contour is where the loss is what it says
