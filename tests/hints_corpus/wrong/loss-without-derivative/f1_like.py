import torch
from torch import nn

model = nn.Sequential(nn.Linear(3, 1), nn.Sigmoid())
x, y = torch.randn(10, 3), torch.randint(0, 2, (10, 1))
pred = model(x) >= 0.5  # <- cause
tp = (pred & (y == 1)).sum()  # <- cause
loss = 1 - tp / max(len(y), 1)
loss.backward()
