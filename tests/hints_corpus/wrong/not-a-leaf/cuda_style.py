import torch

device = torch.device("cpu")
w = torch.randn(2, requires_grad=True).to(device).double()
(w**2).sum().backward()
with torch.no_grad():
    w -= 0.1 * w.grad
