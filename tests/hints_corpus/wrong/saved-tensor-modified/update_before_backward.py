import torch

w = torch.ones(2, requires_grad=True)
loss = (w**3).sum()
with torch.no_grad():
    w.mul_(0.9)
loss.backward()
