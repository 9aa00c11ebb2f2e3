import torch

w = torch.ones(2, requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
with torch.no_grad():
    w.add_(5)
print(w.grad)
