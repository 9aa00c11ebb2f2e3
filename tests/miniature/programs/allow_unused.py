import torch
x = torch.ones(1, requires_grad=True)
y = torch.ones(1, requires_grad=True)
z = x * 2
print(torch.autograd.grad(z, [x, y], allow_unused=True))
z = x * 2
torch.autograd.grad(z, y)
