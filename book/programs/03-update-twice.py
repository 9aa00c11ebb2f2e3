# One update, and what the gradient remembers | book/scratch/sgd
import torch

w = torch.tensor([2.0, 1.0], requires_grad=True)
loss = (w * w).sum()
loss.backward()
with torch.no_grad():
    w -= 0.1 * w.grad
    w.grad.zero_()
loss = (w * w).sum()
loss.backward()
print(w.grad)
