import torch
from torch import nn

backbone = nn.Linear(4, 4)
head = nn.Linear(4, 1)
for p in backbone.parameters():
    p.requires_grad = False
out = head(backbone(torch.randn(2, 4))).sum()
out.backward()
norms = [p.grad.norm() for m in (head, backbone) for p in m.parameters()]
