import torch
from torch import nn

net = nn.Linear(3, 1)
norms = [p.grad.norm() for p in net.parameters()]
