import torch
import torch.nn as nn
torch.manual_seed(0)
D = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
x = torch.randn(3, 2, requires_grad=True)
out = D(x)
g = torch.autograd.grad(outputs=out, inputs=x, grad_outputs=torch.ones_like(out), create_graph=True)[0]
gp = ((g.norm(2, dim=1) - 1) ** 2).mean()
print(gp)
gp.backward()
print(D[0].weight.grad)
