import torch

use_double = True
w = torch.zeros(2, requires_grad=True)
w = w.double() if use_double else w  # <- cause
loss = ((torch.ones(3, 2).double() @ w) - 1).pow(2).sum()
loss.backward()
w.data -= 0.1 * w.grad
