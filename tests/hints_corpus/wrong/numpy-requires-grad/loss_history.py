import numpy as np
import torch

w = torch.ones(1, requires_grad=True)
history = []
for i in range(3):
    loss = (w * i - 1).pow(2).sum()
    history.append(loss)
arr = np.array([l.numpy() for l in history])  # <- cause
