import torch
w = torch.randn(3, requires_grad=True) * 0.01
y = (w * 2).sum()
y.backward()
print(w.grad)
print(w.is_leaf)
