import torch

w = torch.ones(1, requires_grad=True)
loss = (w * 2 - 5) ** 2
loss.backward()
w = w + (-0.1) * w.grad
loss = (w * 2 - 5) ** 2
loss.backward()
print(w.grad.item())
