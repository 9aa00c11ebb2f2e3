import numpy as np
import torch
from torch import nn

net = nn.Linear(2, 1)
losses = []
for _ in range(3):
    out = net(torch.randn(4, 2))
    losses.append(out.pow(2).mean().item())  # <- cause
total = torch.tensor(np.mean(losses), requires_grad=False)  # <- cause
total.backward()
