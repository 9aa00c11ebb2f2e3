import torch

X = torch.ones(3, 2)
w = torch.tensor([[2], [-3]])
y_hat = X @ w
print(y_hat)
