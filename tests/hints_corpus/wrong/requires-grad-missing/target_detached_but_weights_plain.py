import torch

w = torch.randn(3)
target_net = torch.randn(3, requires_grad=True)
x = torch.randn(5, 3)
target = (x @ target_net).detach()
loss = ((x @ w - target) ** 2).mean()
loss.backward()
