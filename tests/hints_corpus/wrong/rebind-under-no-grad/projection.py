import torch

x = torch.randn(5, requires_grad=True)
A = torch.randn(5, 5)
for it in range(20):
    f = x @ A @ x
    f.backward()
    with torch.no_grad():
        x = torch.clamp(x - 0.01 * x.grad, -1, 1)  # <- cause
