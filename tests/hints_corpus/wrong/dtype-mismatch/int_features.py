import torch

X = torch.tensor([[1, 2], [3, 4]])
w = torch.zeros(2, 1, requires_grad=True)
y_hat = X @ w  # <- cause
