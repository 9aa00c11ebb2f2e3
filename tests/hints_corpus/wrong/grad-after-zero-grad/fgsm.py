import torch
from torch import nn

model = nn.Linear(4, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for batch in range(2):
    x = torch.randn(3, 4)
    y = torch.tensor([0, 1, 0])
    loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()
    opt.step()
    model.zero_grad()  # <- cause
    grads = torch.cat([p.grad.flatten() for p in model.parameters()])
