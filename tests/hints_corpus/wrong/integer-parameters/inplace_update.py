import torch

w = torch.tensor([0, 0])
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
grad = x.t() @ (x @ w.float() - 1)
w -= 0.1 * grad  # <- cause
