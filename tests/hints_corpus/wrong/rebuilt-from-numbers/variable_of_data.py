import torch
from torch.autograd import Variable

w = torch.randn(2, requires_grad=True)
out = (torch.randn(5, 2) @ w).sigmoid()
loss = Variable(torch.tensor(((out - 1) ** 2).mean().item()))  # <- cause
loss.backward()
