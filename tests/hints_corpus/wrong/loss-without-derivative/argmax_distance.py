import torch
from torch import nn

net = nn.Linear(5, 7)
x, y = torch.randn(3, 5), torch.tensor([1, 2, 3])
classes = torch.argmax(net(x), dim=-1)  # <- cause
loss = nn.MSELoss()(classes.float(), y.float())
loss.backward()
