import torch
from torch import nn

net = nn.Linear(3, 2)
image = torch.rand(1, 3)
delta = torch.zeros(1, 3, requires_grad=True).clamp(-0.1, 0.1)  # <- cause
loss = nn.functional.cross_entropy(net(image + delta), torch.tensor([1]))
loss.backward()
adv = image + 0.1 * delta.grad.sign()
