import torch
import torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
for p in net[0].parameters():
    p.requires_grad = False
opt = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1)
before = net[0].weight.clone()
loss = net(torch.randn(4, 2)).pow(2).mean()
loss.backward()
opt.step()
print(torch.equal(before, net[0].weight), net[0].weight.grad, net[2].weight.grad.shape)
print([n for n, p in net.named_parameters() if p.requires_grad])
