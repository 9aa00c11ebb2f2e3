import torch
from torch import nn

net = nn.Linear(4, 2)
X, y = torch.randn(12, 4), torch.randint(0, 2, (12,))
out = net(X)
values, indices = out.max(dim=1)  # <- cause
loss = (indices != y).sum().float()  # <- cause
loss.backward()
