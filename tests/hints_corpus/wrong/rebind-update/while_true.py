import torch

w: torch.Tensor = torch.tensor([5.0], requires_grad=True)
step = 0
while True:
    cost = (w - 2) ** 2
    cost.backward()
    if cost.item() < 1e-3 or step > 5:
        break
    g, step = w.grad, step + 1
    w = w - 0.1 * g  # <- cause
