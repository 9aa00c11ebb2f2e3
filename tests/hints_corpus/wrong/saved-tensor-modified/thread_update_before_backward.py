import torch

w = torch.ones(2, requires_grad=True)
x = torch.randn(3, 2)
w_old_grad = torch.zeros(2)
loss = ((x @ w) ** 2).sum() + (w**2).sum()
with torch.no_grad():
    w.sub_(0.1)  # <- cause
loss.backward()
