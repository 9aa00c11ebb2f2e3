import torch
from torch import nn

net = nn.Linear(3, 2)
loss_fn = nn.CrossEntropyLoss(reduction="none")
loss = loss_fn(net(torch.randn(5, 3)), torch.randint(0, 2, (5,)))
loss.backward()  # <- cause
