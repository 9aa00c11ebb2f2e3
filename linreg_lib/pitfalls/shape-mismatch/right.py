import torch

X = torch.ones(5, 2)
w = torch.ones(2, 1)
y_hat = X @ w
print(y_hat.shape)
