import torch
from torch import nn

net = nn.Linear(2, 2)
logits = net(torch.randn(6, 2))
_, predicted = torch.max(logits, 1)  # <- cause
target = torch.tensor([0, 1, 0, 1, 1, 0])
loss = nn.functional.l1_loss(predicted.float(), target.float())
loss.backward()
