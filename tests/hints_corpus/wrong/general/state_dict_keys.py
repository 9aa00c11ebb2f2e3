import torch
from torch import nn

a = nn.Linear(2, 1)
b = nn.Sequential(nn.Linear(2, 1))
b.load_state_dict(a.state_dict())
