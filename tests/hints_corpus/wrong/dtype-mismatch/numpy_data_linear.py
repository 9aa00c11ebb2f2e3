import numpy as np
import torch
from torch import nn

X = torch.from_numpy(np.random.rand(10, 2))
model = nn.Linear(2, 1)
out = model(X)  # <- cause
