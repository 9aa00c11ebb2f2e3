import torch

w = torch.ones(2, requires_grad=True)
loss = (w**2).sum()
loss.backward()
assert loss < 1, "did not converge"
