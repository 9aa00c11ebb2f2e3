import torch
import torch.nn as nn
m = nn.Linear(1, 1)
opt = torch.optim.SGD(m.parameters(), lr=0.1)
m(torch.ones(1, 1)).sum().backward()
print(m.bias.grad)
opt.zero_grad()
print(m.bias.grad)
m(torch.ones(1, 1)).sum().backward()
opt.zero_grad(set_to_none=False)
print(m.bias.grad, m.weight.grad)
m.zero_grad()
print(m.weight.grad)
