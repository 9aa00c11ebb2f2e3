import torch
from torch import nn

net = nn.Linear(2, 1)
params = net.parameters()  # <- cause
opt1 = torch.optim.SGD(params, lr=0.1)
opt2 = torch.optim.Adam(params, lr=0.1)
