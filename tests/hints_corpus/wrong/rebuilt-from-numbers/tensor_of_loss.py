import torch
from torch import nn

model = nn.Linear(2, 1)
x, y = torch.randn(4, 2), torch.randn(4, 1)
losses = []
for i in range(4):
    pred = model(x[i])
    losses.append(((pred - y[i]) ** 2).mean())
loss = torch.tensor(losses).mean()  # <- cause
loss.backward()
