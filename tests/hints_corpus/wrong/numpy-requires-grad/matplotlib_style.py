import numpy as np
import torch

w = torch.ones(1, requires_grad=True)
x = torch.linspace(0, 1, 5)


def plot(x, y):
    return np.asarray(x), np.asarray(y)  # <- cause


plot(x, w * x)
