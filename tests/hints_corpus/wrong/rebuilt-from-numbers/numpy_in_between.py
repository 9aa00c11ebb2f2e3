import numpy as np
import torch
from torch import nn

net = nn.Linear(1, 1)
x = torch.linspace(0, 1, 5).reshape(-1, 1)
target = np.sin(x.numpy())
out = net(x).detach().numpy()  # <- cause
mse = torch.tensor(np.mean((out - target) ** 2))  # <- cause
mse.backward()
