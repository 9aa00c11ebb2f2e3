import torch

y_hat = torch.zeros(10, 1)
y = torch.zeros(9, 1)
loss = ((y_hat - y) ** 2).sum()
