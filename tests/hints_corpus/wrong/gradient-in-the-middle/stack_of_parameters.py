import torch

a = torch.tensor(1.0, requires_grad=True)
b = torch.tensor(2.0, requires_grad=True)
theta = torch.stack([a, b])  # <- cause
x = torch.tensor([3.0, 4.0])
loss = (theta @ x) ** 2
loss.backward()
theta.grad.zero_()
