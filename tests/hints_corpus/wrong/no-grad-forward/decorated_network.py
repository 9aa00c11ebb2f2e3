import torch


@torch.no_grad()
def net(x, w):
    return x * w


x = torch.arange(3.0)
w = torch.ones(1, requires_grad=True)
loss = (net(x, w) - 1).square().mean()
loss.backward()
