import numpy as np
import torch
from torch import nn

features = torch.from_numpy(np.random.default_rng(0).normal(size=(4, 2)))
net = nn.Linear(2, 1)
net(features)
