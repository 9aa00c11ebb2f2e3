import torch

x = torch.arange(3.0)
w = torch.ones(1, requires_grad=True)
prediction = (w * x).detach()
loss = (prediction - 1).square().mean()
loss.backward()
