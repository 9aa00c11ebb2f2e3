import torch

x = torch.arange(4.0)
w = torch.ones(1, requires_grad=True)
loss = ((w * x - 1) ** 2).mean()
for _ in range(3):
    loss.backward()
