import torch
x = torch.tensor(2.0, requires_grad=True)
y = x ** 4
g, = torch.autograd.grad(y, x, create_graph=True)
g2, = torch.autograd.grad(g, x, create_graph=True)
g3, = torch.autograd.grad(g2, x)
print(g, g2, g3)
z = torch.sin(x) * torch.exp(-x)
for i in range(3):
    z, = torch.autograd.grad(z, x, create_graph=True)
    print(i, z)
