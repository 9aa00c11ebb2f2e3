import torch

lin = torch.nn.Linear(2, 1)
x = torch.randn(4, 2)
loss = lin(x).pow(2).mean()
loss.backward()
lin.zero_grad()  # <- cause
with torch.no_grad():
    for p in lin.parameters():
        p -= 0.01 * p.grad
