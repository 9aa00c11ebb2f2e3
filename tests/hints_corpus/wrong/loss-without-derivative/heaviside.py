import torch

w = torch.tensor([0.5, -0.5], requires_grad=True)
x = torch.randn(10, 2)
y = torch.ones(10)
fired = torch.where(x @ w > 0, 1.0, 0.0)  # <- cause
loss = ((fired - y) ** 2).mean()
loss.backward()
