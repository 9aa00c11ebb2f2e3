import torch


@torch.no_grad()
def descend(weight):
    return weight - 0.01 * weight.grad


x = torch.arange(1.0, 4.0)
weight = torch.ones(1, requires_grad=True)
for i in range(2):
    loss = (weight * x).sum() ** 2
    loss.backward()
    weight = descend(weight)
