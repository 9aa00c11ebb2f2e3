import torch

w = torch.tensor([2.0, -3.0], requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
print(w.grad)
