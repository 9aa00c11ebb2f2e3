import numpy as np
import torch

data = np.array([[1.0, 2.0, 3.0], [2.0, 1.0, 5.0]])
X, y = torch.from_numpy(data[:, :2]), torch.from_numpy(data[:, 2:])
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(2):
    y_hat = torch.matmul(X, w) + b  # <- cause
    loss = ((y_hat - y) ** 2).mean()
    loss.backward()
