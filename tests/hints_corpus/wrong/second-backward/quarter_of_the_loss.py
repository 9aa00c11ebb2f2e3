import torch, torch.nn as nn

net = nn.Linear(2, 1)
loss = net(torch.randn(5, 2)).pow(2).mean()  # <-
for _ in range(4):
    (loss / 4).backward()
