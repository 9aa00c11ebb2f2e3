import torch
from torch import nn

model = nn.Linear(2, 1)
params = model.parameters()  # <- cause
print(sum(p.numel() for p in params))
optimizer = torch.optim.SGD(params, lr=0.1)
