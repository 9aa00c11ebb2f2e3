import torch

w = torch.ones(1, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
best = None
for epoch in range(3):
    loss = (w**2).sum()
    loss.backward()
    opt.step()
    opt.zero_grad()
    if loss.item() < best - 1e-3:
        best = loss.item()
