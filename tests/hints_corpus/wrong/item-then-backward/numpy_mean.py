import numpy as np
import torch

w = torch.ones(2, requires_grad=True)
x = torch.randn(3, 2)
pred = (x @ w).detach().numpy()  # <- cause
loss = np.mean((pred - 1.0) ** 2)  # <- cause
loss.backward()
