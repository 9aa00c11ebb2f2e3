import torch

w = torch.randn(2, requires_grad=True)
stats = {"total": 0.0, "n": 0}
for i in range(3):
    x = torch.randn(5, 2)
    stats["total"] = stats["total"] + (x @ w).pow(2).sum()  # <- cause
    stats["n"] += len(x)
    stats["total"].backward()
