import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 2), nn.Tanh())
opt = torch.optim.SGD(net.parameters(), lr=0.1)


def grad_norm(loss):
    grads = torch.autograd.grad(loss, list(net.parameters()))  # <- first
    return sum(g.norm() for g in grads)


for i in range(2):
    loss = net(torch.randn(3, 2)).pow(2).mean()
    print(grad_norm(loss))
    opt.zero_grad()
    loss.backward()
    opt.step()
