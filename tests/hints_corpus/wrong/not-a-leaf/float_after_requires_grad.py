import numpy as np
import torch

W = torch.tensor(np.random.randn(3, 1), requires_grad=True).float()  # <- cause
X = torch.randn(5, 3)
loss = (X @ W).pow(2).mean()
loss.backward()
W.data -= 0.1 * W.grad
