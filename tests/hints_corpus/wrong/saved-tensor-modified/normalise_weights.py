import torch

w = torch.rand(3, requires_grad=True)
x = torch.randn(4, 3)
y = (x * w.exp()).sum()
z = y * (w**2).sum()
with torch.no_grad():
    w /= w.sum()  # <- cause
z.backward()
