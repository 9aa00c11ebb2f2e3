import torch
from torch import nn
torch.manual_seed(1)
net = nn.Sequential(
    nn.Linear(2, 8),
    nn.ReLU(),
    nn.Linear(8, 8),
    nn.Tanh(),
    nn.Linear(8, 1),
    nn.Sigmoid(),
)
print(net)
X = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
y = torch.tensor([[0.], [1.], [1.], [0.]])
opt = torch.optim.Adam(net.parameters(), lr=0.05)
for step in range(60):
    loss = nn.functional.binary_cross_entropy(net(X), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
print(loss)
print(sum(p.numel() for p in net.parameters() if p.requires_grad))
for name, p in net.named_parameters():
    print(name, tuple(p.shape), p.grad.abs().sum())
