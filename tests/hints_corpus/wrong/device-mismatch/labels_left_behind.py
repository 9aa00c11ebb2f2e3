import torch

device = "meta"
w = torch.zeros(3, device=device, requires_grad=True)
X = torch.randn(5, 3, device=device)
y = torch.randn(5)
loss = ((X @ w - y) ** 2).mean()  # <- cause
