import torch
from torch.utils.checkpoint import checkpoint
x = torch.ones(2, requires_grad=True)
def f(t):
    return torch.tanh(t * 2)
y = checkpoint(f, x, use_reentrant=False)
y.sum().backward()
print(x.grad)
