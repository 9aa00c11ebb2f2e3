import torch

W = torch.randn(3, 2, requires_grad=True)
x, y = torch.randn(5, 3), torch.randn(5, 2)
loss = ((x @ W - y) ** 2).mean(dim=0)
loss.backward()  # <- cause
