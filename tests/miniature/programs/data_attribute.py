import torch
w = torch.ones(2, requires_grad=True)
w.data = w.data - 0.5
print(w)
w.data -= 0.1
print(w, w.is_leaf, w._version)
y = (w ** 2).sum()
w.data.mul_(2)
y.backward()
print(w.grad)
