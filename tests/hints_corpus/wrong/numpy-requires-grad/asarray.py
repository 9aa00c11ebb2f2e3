import numpy as np
import torch
from torch import nn

net = nn.Linear(1, 1)
values = np.asarray(net(torch.ones(3, 1)))
