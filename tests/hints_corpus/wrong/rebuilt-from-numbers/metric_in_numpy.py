import torch, numpy as np
from torch import nn


def rmse(a, b):
    return np.sqrt(((a - b) ** 2).mean())


net = nn.Linear(2, 1)
out = net(torch.randn(4, 2))
loss = rmse(out.detach().numpy(), np.zeros((4, 1)))  # <- cause
loss = torch.tensor(loss)
loss.backward()
