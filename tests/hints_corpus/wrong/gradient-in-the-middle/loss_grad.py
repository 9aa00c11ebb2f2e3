import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
a = w.sum()
loss = a**2  # <- cause
loss.backward()
print(loss.grad.item())
