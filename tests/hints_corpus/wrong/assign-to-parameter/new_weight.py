import torch
from torch import nn

layer = nn.Linear(2, 1)
layer.weight = torch.tensor([[1.0, 2.0]])  # <- cause
