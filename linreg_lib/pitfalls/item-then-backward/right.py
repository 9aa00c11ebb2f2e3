import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
loss = ((x * w - 2 * x) ** 2).mean()
loss.backward()
print(loss.item(), w.grad)
