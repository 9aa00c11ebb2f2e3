import math

import torch

w = torch.ones(2, requires_grad=True)
x = torch.randn(4, 2)
mse = (x @ w).pow(2).mean()
rmse = torch.tensor(math.sqrt(mse))  # <- cause
rmse.backward()
