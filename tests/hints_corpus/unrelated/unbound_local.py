import torch

w = torch.ones(1)


def step():
    w -= 0.1


step()
