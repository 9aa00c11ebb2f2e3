import torch

x = torch.arange(1.0, 4.0)
w = torch.ones(1, requires_grad=True)
losses = []
for x_i in x:
    losses.append(((w * x_i - 2) ** 2).sum())
    torch.stack(losses).mean().backward()
