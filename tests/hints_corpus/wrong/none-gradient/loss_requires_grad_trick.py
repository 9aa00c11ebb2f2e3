import torch
from torch import nn

model = nn.Linear(2, 1)
x, y = torch.randn(5, 2), torch.randn(5, 1)
with torch.no_grad():
    pred = model(x)
loss = ((pred - y) ** 2).mean()
loss.requires_grad = True
loss.backward()
for p in model.parameters():
    p.data = p.data - 0.1 * p.grad.data
