import torch

p = {k: torch.randn(1, requires_grad=True) for k in ("a", "b")}
xs = torch.linspace(0, 1, 9)
for it in range(2):
    out = p["a"] * xs + p["b"]
    loss = (out - xs**2).abs().mean()
    loss.backward()
    p = {k: v - 0.1 * v.grad for k, v in p.items()}  # <- cause
