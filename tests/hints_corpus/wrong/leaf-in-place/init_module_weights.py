import torch
from torch import nn

layer = nn.Linear(3, 2)
layer.weight.fill_(0.5)  # <- cause
layer.bias.zero_()
