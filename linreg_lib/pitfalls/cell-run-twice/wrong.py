import torch

# the first cell
x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
loss = ((x * w - 2 * x) ** 2).mean()
# the second cell
loss.backward()
print(w.grad)
# the second cell, run again
loss.backward()
print(w.grad)
