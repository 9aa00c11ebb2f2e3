import torch

w = torch.ones(2, requires_grad=True)
loss = (w ** 2).sum()
w.data.add_(5)
loss.backward()
print(w.grad)
