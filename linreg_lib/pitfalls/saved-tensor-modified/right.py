import torch

w = torch.ones(2, requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
with torch.no_grad():
    w -= 0.1
print(w.grad)
