import numpy as np
import torch

w = torch.zeros(2, requires_grad=True)
losses = []
for _ in range(3):
    loss = ((torch.ones(4, 2) @ w - 1) ** 2).mean()
    losses.append(loss)
print(np.mean(losses))  # <-
