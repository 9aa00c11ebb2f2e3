import torch

net = torch.nn.Linear(2, 1)
mask = None
net(torch.ones(1, 2)).sum().backward()
for p in net.parameters():
    p.grad = p.grad * mask
